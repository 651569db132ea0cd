// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub Actions look like this
import { afterEach, describe, expect, it } from 'vitest';
import { openConcurrencyGroups } from '../../../../bot/sandbox/runner/concurrency-groups.ts';
import { type RunnerWorld, startRunnerWorld } from '../../../fakes/runner-world.ts';

const worlds: RunnerWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

function claim(group: string, cancelInProgress = false) {
  const cancellation = new AbortController();
  return { group, cancelInProgress, cancel: () => cancellation.abort(), signal: cancellation.signal };
}

describe('openConcurrencyGroups', () => {
  it('lets one run, one wait, and cancels the older one that waits', async () => {
    const groups = openConcurrencyGroups();

    const leave = await groups.enter(claim('Retrain'));
    const older = groups.enter(claim('retrain'));
    const newer = groups.enter(claim('retrain'));
    const elsewhere = await groups.enter(claim('other'));
    leave?.();

    expect(await older).toBeNull();
    expect(await newer).toBeTypeOf('function');
    expect(elsewhere).toBeTypeOf('function');
  });

  it('cancels what runs when the newcomer asks for it', async () => {
    const groups = openConcurrencyGroups();
    const first = claim('gate');
    const leave = await groups.enter(first);

    const second = groups.enter(claim('gate', true));

    expect(first.signal.aborted).toBe(true);
    leave?.();
    expect(await second).toBeTypeOf('function');
  });

  it('frees the group when nobody waits', async () => {
    const groups = openConcurrencyGroups();
    (await groups.enter(claim('a')))?.();

    const again = await groups.enter(claim('a'));

    expect(again).toBeTypeOf('function');
  });
});

describe('concurrency of runs', () => {
  it('kills the running job of an older run, and always() jobs still report', async () => {
    const workflow = `on: workflow_dispatch
permissions: {}
concurrency: { group: gate, cancel-in-progress: true }
jobs:
  slow: { runs-on: x, steps: [{ run: 'if [ "$GITHUB_RUN_ID" = 1 ]; then sleep 60; fi' }] }
  gate: { needs: slow, if: always(), runs-on: x, steps: [{ env: { R: '\${{ needs.slow.result }}' }, run: 'test "$R" = success' }] }
`;
    const world = await startRunnerWorld({ '.github/workflows/gate.yml': workflow });
    worlds.push(world);

    const first = world.dispatch('gate.yml');
    while (!world.service.jobs.some((job) => job.log.includes('sleep 60'))) await new Promise((resolve) => setTimeout(resolve, 10));
    await world.dispatch('gate.yml');
    await first;

    const ends = world.service.jobs.map((job) => [job.runId, job.name, job.result?.conclusion]);
    expect(ends).toContainEqual([1, 'slow', 'cancelled']);
    expect(ends).toContainEqual([1, 'gate', 'failure']);
    expect(ends).toContainEqual([2, 'gate', 'success']);
    expect(world.service.runs.map((run) => run.conclusion)).toEqual(['cancelled', 'success']);
  }, 30_000);
});

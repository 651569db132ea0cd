import { describe, expect, it } from 'vitest';
import { gateFailed, trainingFailed } from '../../fakes/crash-trials.ts';
import type { LoopWorld } from '../../fakes/loop-world.ts';

const runsOf = (world: LoopWorld, name: string) => world.host.dispatches.filter(({ workflow }) => workflow === name).length;
const firstLine = (world: LoopWorld) => world.host.pulls[0]?.body.split('\n')[1] ?? '';
const issueOf = (world: LoopWorld) => world.host.issues.find(({ title }) => title.includes('AUC'))?.body ?? '';

describe('runs that die before anybody was judged', () => {
  it('trains again twice, says which attempt it is, then gives up without a refusal', async () => {
    const world = await trainingFailed(2);
    await world.reconcile({ observe: 'nothing' });
    expect(runsOf(world, 'retrain.yml')).toBe(3);
    await world.reconcile({ observe: 'nothing' });
    expect(world.host.pulls[0]?.body).toContain('Attempt 3: the run before ended without a result.');
    world.host.finishRun(world.host.dispatches.at(-1)?.runId ?? 0, 'cancelled');

    await world.reconcile({ observe: 'nothing' });
    await world.reconcile({ observe: 'nothing' });

    const state = await world.model();
    const last = world.host.dispatches.at(-1)?.runId ?? 0;
    expect(runsOf(world, 'retrain.yml')).toBe(3);
    expect(state.proposals).toMatchObject([
      { outcome: 'abandoned', evidence: null, abandoned: { run: `https://host.example/runs/${last}` } },
    ]);
    expect(state.retraining).toBeNull();
    expect(state.pending).toEqual({});
    expect(firstLine(world)).toBe('▲ **Not judged: its runs could not be finished. Not for merging.**');
    expect(world.host.pulls[0]?.state).toBe('closed');
    expect(world.state.events.at(-1)).toMatchObject({ action: 'retraining-closed', evidence: null });
    expect(world.state.events.at(-1)?.because[0]).toContain('abandoned, not judged');
    expect(world.state.verdicts).toEqual({});
  });

  it('tells it on the pull request and on the incident: what happened, the run, what to do', async () => {
    const world = await trainingFailed(3);

    await world.reconcile({ observe: 'nothing' });

    const last = world.host.dispatches.at(-1)?.runId ?? 0;
    const comment = world.host.commentsHeld.at(-1)?.body ?? '';
    for (const text of [comment, issueOf(world)]) {
      expect(text).toContain('the training ended 3 times without a version; the last run ended with failure');
      expect(text).toContain(`([run](https://host.example/runs/${last}))`);
      expect(text).toContain('`/holdfast retrain`');
    }
    expect(comment).toContain('no gate refused it');
    expect(comment).not.toMatch(/gate failed|is not promoted/);
  });

  it('judges again when the gate left no verdict, and takes the verdict of the later run', async () => {
    const world = await gateFailed(2);
    await world.reconcile({ observe: 'nothing' });
    expect(runsOf(world, 'gate.yml')).toBe(3);

    world.judge('pass');
    await world.reconcile({ observe: 'nothing' });

    expect(firstLine(world)).toContain('The gate passed');
    expect((await world.model()).proposals[0]?.outcome).toBe('open');
  });

  it('is no refusal when the gate died three times', async () => {
    const world = await gateFailed(3);

    await world.reconcile({ observe: 'nothing' });

    expect(runsOf(world, 'gate.yml')).toBe(3);
    expect((await world.model()).proposals[0]?.outcome).toBe('abandoned');
    expect(world.host.commentsHeld.at(-1)?.body).toContain('the gate ended 3 times without a judgement');
  });

  it('counts an unreadable verdict, and a pass whose check is not green, as no judgement', async () => {
    const world = await gateFailed(0);
    await world.reconcile({ observe: 'nothing' });
    const first = world.host.dispatches.at(-1)?.runId ?? 0;
    world.host.artifacts.set(`${first}/gate-verdict`, new Uint8Array(Buffer.from('{"half":')));
    world.host.finishRun(first, 'success');
    await world.reconcile({ observe: 'nothing' });
    world.judge('pass');
    world.host.finishRun(world.host.dispatches.at(-1)?.runId ?? 0, 'failure');

    await world.reconcile({ observe: 'nothing' });

    expect(runsOf(world, 'gate.yml')).toBe(3);
    expect(world.host.pulls[0]?.state).toBe('open');
  });

  it('still refuses a challenger that a run judged, though another run died before', async () => {
    const world = await gateFailed(1);
    await world.reconcile({ observe: 'nothing' });
    world.judge('fail');

    await world.reconcile({ observe: 'nothing' });

    expect((await world.model()).proposals[0]?.outcome).toBe('refused');
    expect(world.host.commentsHeld.at(-1)?.body).toContain('v2 is not promoted');
  });

  it('sees a version that is pushed while it reads', async () => {
    const world = await trainingFailed(0);
    const runs = world.host.runs.bind(world.host);
    world.host.runs = async (workflow, headSha) => {
      if (workflow === 'retrain.yml') await world.train();
      return runs(workflow, headSha);
    };

    await world.reconcile({ observe: 'nothing' });

    expect(world.host.dispatches.map(({ workflow }) => workflow)).toEqual(['retrain.yml', 'gate.yml']);
  });

  it('proposes the next challenger on the same branch, after a day and not after the cooldown', async () => {
    const world = await trainingFailed(3);
    await world.reconcile();
    world.pass(1, { skill: 0.2 });
    await world.reconcile();
    await world.reconcile({ observe: 'nothing' });

    const state = await world.model();
    expect(state.proposals.map(({ version, outcome }) => [version, outcome])).toEqual([
      ['v2', 'abandoned'],
      ['v3', 'open'],
    ]);
    expect(world.host.pulls.map(({ title, state: is }) => [title, is])).toEqual([
      ['Retrain loan: v1 → v2', 'closed'],
      ['Retrain loan: v1 → v3', 'open'],
    ]);
  });

  it('closes the old pull request first when the next challenger is wanted in the same run', async () => {
    const world = await trainingFailed(3);
    world.pass(2, { skill: 0.2 });

    for (let run = 0; run < 3; run += 1) await world.reconcile();

    expect(world.host.pulls.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect((await world.model()).pending).toEqual({});
  });
});

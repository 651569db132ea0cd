import { afterEach, describe, expect, it } from 'vitest';
import { matchPatterns } from '../../../../bot/sandbox/runner/match-pattern.ts';
import { resolveInputs } from '../../../../bot/sandbox/runner/resolve-inputs.ts';
import { type RunnerWorld, startRunnerWorld } from '../../../fakes/runner-world.ts';

const worlds: RunnerWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const JOBS = 'jobs:\n  a:\n    runs-on: x\n    steps: [{ run: echo }]\n';

async function start(files: Readonly<Record<string, string>>, options = {}): Promise<RunnerWorld> {
  const workflows = Object.entries(files).map(([name, on]) => [`.github/workflows/${name}`, `on: ${on}\npermissions: {}\n${JOBS}`]);
  const world = await startRunnerWorld(Object.fromEntries(workflows), options);
  worlds.push(world);
  return world;
}

function started(world: RunnerWorld): readonly string[] {
  return world.service.runs.map((run) => run.workflowPath.replace('.github/workflows/', '')).sort();
}

describe('matchPatterns', () => {
  it.each([
    ['models/flight-delay/deployment.yml', ['models/*/deployment.yml'], true],
    ['models/a/b/deployment.yml', ['models/*/deployment.yml'], false],
    ['docs/a/b.md', ['**/*.md'], true],
    ['b.md', ['**/*.md'], true],
    ['b.md', ['*.md', '!b.md'], false],
    ['retrain/flight', ['retrain/**'], true],
    ['a.b', ['a?b'], false],
    ['v1', ['v[12]'], true],
  ])('%s against %s', (name, patterns, expected) => {
    expect(matchPatterns(name, patterns)).toBe(expected);
  });
});

describe('triggers', () => {
  it('starts on push by branch and by changed path', async () => {
    const files = {
      'all.yml': 'push',
      'main.yml': '{ push: { branches: [main] } }',
      'path.yml': "{ push: { branches: [main], paths: ['models/*/deployment.yml'] } }",
    };
    const world = await start(files);

    await world.push({ 'README.md': 'x' }, 'side');
    await world.push({ 'README.md': 'y' });
    await world.push({ 'models/a/deployment.yml': 'z' });

    expect(started(world)).toEqual(['all.yml', 'all.yml', 'all.yml', 'main.yml', 'main.yml', 'path.yml']);
  });

  it('reads the file from the commit of the event and from no other', async () => {
    const world = await start({});

    await world.push({ '.github/workflows/new.yml': `on: push\npermissions: {}\n${JOBS}` }, 'side');
    await world.push({ '.github/workflows/new.yml': null });

    expect(started(world)).toEqual(['new.yml']);
  });

  it('starts on the types of pull_request, reports at the head, and waits for approval of those by a job token', async () => {
    const world = await start({ 'default.yml': 'pull_request', 'ready.yml': '{ pull_request: { types: [ready_for_review] } }' });
    const pull = { base: { ref: 'main', sha: world.git('rev-parse', 'main') }, head: { ref: 'side', sha: 'f'.repeat(40) } };
    const event = { event: 'pull_request', ref: 'refs/pull/1/merge', payload: { pull_request: pull } } as const;

    await world.trigger({ ...event, action: 'opened' });
    await world.trigger({ ...event, action: 'ready_for_review' });
    await world.trigger({ ...event, action: 'labeled' });
    await world.trigger({ ...event, action: 'synchronize', approvalRequired: true });

    expect(world.service.runs.map((run) => [run.workflowPath.slice(18), run.status, run.headBranch, run.headSha])).toEqual([
      ['default.yml', 'completed', 'side', 'f'.repeat(40)],
      ['ready.yml', 'completed', 'side', 'f'.repeat(40)],
      ['default.yml', 'waiting', 'side', 'f'.repeat(40)],
    ]);
  });

  it('starts a schedule on demand, and leaves switched-off workflows alone', async () => {
    const world = await start(
      { 'timed.yml': "{ schedule: [{ cron: '17 * * * *' }] }", 'ci.yml': 'push' },
      { disabledWorkflows: ['ci.yml'] },
    );

    await world.runner.schedule('timed.yml');
    await world.runner.idle();
    await world.push({ a: 'b' });

    expect(started(world)).toEqual(['timed.yml']);
  });

  it('shows an invalid file as a failed run', async () => {
    const world = await start({});

    await world.push({ '.github/workflows/bad.yml': 'on: push\njobs: {}\nextra: 1\n' });

    expect(world.service.runs).toMatchObject([{ workflowPath: '.github/workflows/bad.yml', conclusion: 'failure' }]);
    expect(world.job('.github/workflows/bad.yml').log).toContain('Invalid workflow file');
  });

  it('fails a dispatch with an unknown input and one of a file that is not there', async () => {
    const world = await start({ 'a.yml': '{ workflow_dispatch: { inputs: { model: { type: string } } } }' });
    const gone = world.service.createRun({ workflowPath: 'x', event: 'workflow_dispatch', headBranch: 'main', headSha: 'x', actor: 'ada' });

    await world.dispatch('a.yml', { modell: 'x' });
    await world.trigger({ event: 'workflow_dispatch', workflowPath: '.github/workflows/gone.yml', runId: gone });

    expect(world.service.runs.map((run) => run.conclusion)).toEqual(['failure', 'failure']);
    expect(world.service.jobs.map((job) => job.log).join()).toContain('Unexpected inputs provided: modell');
  });
});

describe('resolveInputs', () => {
  const declared = {
    model: { type: 'string', required: true },
    full: { type: 'boolean' },
    weeks: { type: 'number', default: 4 },
    kind: { type: 'choice', options: ['a', 'b'], default: 'a' },
  } as const;

  it('types what is given and fills in defaults', () => {
    const inputs = resolveInputs({ ...declared, kind: { ...declared.kind, options: ['a', 'b'] } }, { model: 'm', full: 'true' });

    expect(inputs).toEqual({ model: 'm', full: true, weeks: 4, kind: 'a' });
  });

  it.each([
    [{}, 'Required input model'],
    [{ model: 'm', full: 'yes' }, 'true or false'],
    [{ model: 'm', weeks: 'few' }, 'must be a number'],
    [{ model: 'm', kind: 'c' }, 'one of a, b'],
    [{ model: 'm', other: 'c' }, 'Unexpected inputs provided: other'],
  ])('refuses %s', (given, message) => {
    expect(() => resolveInputs({ ...declared, kind: { ...declared.kind, options: ['a', 'b'] } }, given)).toThrow(message);
  });
});

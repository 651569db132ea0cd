import { describe, expect, it } from 'vitest';
import { openGitHubRepository } from '../../../bot/github/open-github-repository.ts';
import { readChampion } from '../../../bot/reconcile/champion-files.ts';
import { loadPredictor } from '../../../pipelines/adapters/tfjs/load-predictor.ts';
import { canonicalJson } from '../../../pipelines/core/digest/canonical-json.ts';
import { servingLoader } from '../../../pipelines/stages/check-serving.ts';
import { watchModel } from '../../../pipelines/stages/watch.ts';
import { LoopWorld } from '../../fakes/loop-world.ts';

async function openedRetraining(): Promise<LoopWorld> {
  const world = await LoopWorld.open();
  world.pass(15, { skill: 0.2 });
  await world.reconcile();
  return world;
}

describe('a challenger that is not promoted', () => {
  it('is refused with its verdict, and the incident stays open', async () => {
    const world = await openedRetraining();
    await world.train();
    await world.reconcile({ observe: 'nothing' });
    world.judge('fail');

    await world.reconcile({ observe: 'nothing' });

    const state = await world.model();
    expect(world.host.pulls[0]?.state).toBe('closed');
    expect(world.host.pulls[0]?.body).toContain('The gate failed. Not for merging.');
    expect(world.host.pulls[0]?.body).not.toContain('the gate is judging');
    expect(world.host.commentsHeld.at(-1)?.body).toContain('v1 goes on serving');
    expect(state.retraining).toBeNull();
    expect(state.proposals[0]?.outcome).toBe('refused');
    expect(state.incidents.filter(({ status, kind }) => kind === 'realised-performance' && status === 'open').length).toBeGreaterThan(0);
    expect(world.state.events.map(({ action }) => action)).toContain('retraining-closed');
    expect(Object.keys(world.state.verdicts)).toHaveLength(1);
    expect(Object.keys(world.state.evaluations)).toEqual(Object.keys(world.state.verdicts));
  });

  it('is refused when the verdict judged other bytes', async () => {
    const world = await openedRetraining();
    await world.train();
    await world.reconcile({ observe: 'nothing' });
    world.judge('pass');
    const run = world.host.dispatches.at(-1)?.runId ?? 0;
    const forged = Buffer.from(world.host.artifacts.get(`${run}/gate-verdict`) ?? [])
      .toString('utf8')
      .replace(/"challenger":"sha256:[0-9a-f]{4}/, '"challenger":"sha256:0000');
    world.host.artifacts.set(`${run}/gate-verdict`, new Uint8Array(Buffer.from(forged)));

    await world.reconcile({ observe: 'nothing' });

    expect(world.host.commentsHeld.at(-1)?.body).toContain('the verdict judged other bytes than those on the branch');
    expect(world.host.pulls[0]?.state).toBe('closed');
  });

  it('stays open when the gate needs a person', async () => {
    const world = await openedRetraining();
    await world.train();
    await world.reconcile({ observe: 'nothing' });
    world.judge('needs-human');

    await world.reconcile({ observe: 'nothing' });

    expect(world.host.pulls[0]?.state).toBe('open');
    expect(world.host.pulls[0]?.body).toContain('The gate could not decide');
  });

  it('is forgotten when a person closes its pull request', async () => {
    const world = await openedRetraining();
    await world.host.updatePull(world.host.pulls[0]?.number ?? 0, { state: 'closed' });

    await world.reconcile({ observe: 'nothing' });

    expect((await world.model()).proposals[0]?.outcome).toBe('refused');
    expect(world.host.commentsHeld).toHaveLength(0);
  });
});

describe('what belongs to others', () => {
  it('leaves a branch alone that holds a stranger’s commit', async () => {
    const world = await LoopWorld.open();
    world.pass(15, { skill: 0.2 });
    world.host.branches.set('retrain/loan', world.host.branches.get('main') ?? '');
    const theirs = world.host.push('retrain/loan', { 'notes.md': 'mine' }, 'stranger');

    const { applied } = await world.reconcile();

    expect(applied.find(({ kind }) => kind === 'open-retraining')?.result).toBe('blocked');
    expect(world.host.branches.get('retrain/loan')).toBe(theirs);
    expect(world.host.pulls).toHaveLength(0);
  });

  it('makes its own issue when a stranger copied its marker', async () => {
    const world = await openedRetraining();
    const [first] = world.host.issues;
    const state = await world.model();
    const incident = Object.entries(state.issues).find(([, number]) => number === first?.number)?.[0] ?? '';
    world.host.login = 'stranger';
    const copy = await world.host.createIssue({ title: first?.title ?? '', body: first?.body ?? '' });
    world.host.login = 'holdfast[bot]';
    const snapshot = await world.state.read();
    await world.state.commit(snapshot, {
      message: 'planted',
      models: { loan: { ...state, issues: { ...state.issues, [incident]: copy.number } } },
    });

    await world.reconcile({ observe: 'nothing' });

    expect((await world.model()).issues[incident]).not.toBe(copy.number);
    expect(world.host.issues.find(({ number }) => number === copy.number)?.body).toBe(first?.body);
  });

  it('mutes an incident whose issue a person closed as not planned', async () => {
    const world = await openedRetraining();
    const number = world.host.issues[0]?.number ?? 0;
    await world.host.updateIssue(number, { state: 'closed', closedAs: 'not_planned' });

    await world.reconcile({ observe: 'nothing' });
    world.pass(2, { skill: 0.2 });
    await world.reconcile();

    expect(world.host.issues[0]?.state).toBe('closed');
    const state = await world.model();
    expect(state.incidents.find(({ id }) => state.issues[id] === number)?.status).toBe('muted');
  });
});

describe('two shells', () => {
  it('lets the one act that holds the lease, and the other when it ran out', async () => {
    const world = await LoopWorld.open();
    world.pass(7);
    await world.reconcile();

    const early = await world.reconcile({ holder: 'action:1' });
    world.wall = '2026-01-01T02:00:00Z';
    const late = await world.reconcile({ holder: 'action:1' });

    expect([early.standing, late.standing]).toEqual(['lease-held', 'acted']);
    expect((await world.state.read()).index.lease?.holder).toBe('action:1');
  });

  it('comes to the same state whether the App looks at the log or a workflow’s report is taken', async () => {
    const app = await LoopWorld.open();
    const actions = await LoopWorld.open({
      logs: { format: 'csv', path: 'p.csv', columns: { id: 'id', timestamp: 'ts', score: 'score' }, reach: 'actions' },
    });
    for (const world of [app, actions]) world.pass(15, { skill: 0.2 });

    await app.reconcile();
    await actions.reconcile();
    expect(actions.host.dispatches.map(({ workflow }) => workflow)).toEqual(['watch.yml']);
    await reportByWorkflow(actions);
    await actions.reconcile({ observe: 'nothing' });

    const [one, other] = [await app.model(), await actions.model()];
    expect(withoutRuns(other)).toEqual(withoutRuns(one));
    expect(actions.host.issues.map(({ title }) => title)).toEqual(app.host.issues.map(({ title }) => title));
  });

  it('ignores a report that is of another form, or too old', async () => {
    const world = await LoopWorld.open();
    world.pass(15, { skill: 0.2 });

    const broken = await world.reconcile({ report: new Uint8Array(Buffer.from('{"models":[{"report":{}}]}')) });

    expect(broken.report).toBeNull();
    expect(world.host.issues).toHaveLength(0);
  });
});

/** What the observe job of watch.yml does. */
async function reportByWorkflow(world: LoopWorld): Promise<void> {
  const run = world.host.dispatches.at(-1);
  const repository = openGitHubRepository(world.host.objects(), world.host.branches.get('main') ?? '');
  const [definition, deployment] = [await repository.definition('loan'), await repository.deployment('loan')];
  if (run === undefined || deployment === null) throw new Error('nothing to watch');
  const champion = await readChampion(repository, deployment);
  const { reference, championVersion } = champion;
  const logs = { log: world.log, labels: world.log, artifacts: world.artifacts };
  const state = await world.model();
  const serving = servingLoader(repository, 'loan', loadPredictor);
  const asOf = run.inputs['as_of'] ?? '';
  const result = await watchModel({ definition, deployment, reference, championVersion, state, ...logs, serving, asOf });
  world.host.artifacts.set(`${run.runId}/monitoring-report`, new Uint8Array(Buffer.from(canonicalJson({ models: [result] }))));
  world.host.finishRun(run.runId, 'success');
}

function withoutRuns(state: Awaited<ReturnType<LoopWorld['model']>>) {
  return {
    ...state,
    retraining: { ...state.retraining, dispatchedRun: null },
    promotions: state.promotions.map((one) => ({ ...one, mergeSha: '' })),
  };
}

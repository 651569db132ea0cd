import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AppDependencies, createHoldfastApp, type StartedApp, startHoldfastApp } from '../../../bot/app.ts';
import { firstBrokenEvent } from '../../../bot/effects/audit-chain.ts';
import { type HeadlessSettings, runHeadless } from '../../../bot/headless.ts';
import { readChampion } from '../../../bot/reconcile/champion-files.ts';
import { loadPredictor } from '../../../pipelines/adapters/tfjs/load-predictor.ts';
import { canonicalJson } from '../../../pipelines/core/digest/canonical-json.ts';
import { emptyModelState, type ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { servingLoader } from '../../../pipelines/stages/check-serving.ts';
import { watchModel } from '../../../pipelines/stages/watch.ts';
import { LoopWorld } from '../../fakes/loop-world.ts';
import { FULL_NAME, SandboxWorld, SECRET, SILENT } from '../../fakes/sandbox-world.ts';

/** The project's own files: what the bot dispatches must be what they take. */
const workflow = (name: string) => readFile(new URL(`../../../.github/workflows/${name}.yml`, import.meta.url), 'utf8');

let loop: LoopWorld;
let world: SandboxWorld;
let app: StartedApp | null = null;

async function openWorlds(reach: 'app' | 'actions' = 'app'): Promise<void> {
  loop = await LoopWorld.open({ logs: { format: 'csv', path: 'p.csv', columns: { id: 'id', timestamp: 'ts', score: 'score' }, reach } });
  const files = Object.fromEntries(loop.host.commits.get(loop.host.branches.get('main') ?? '')?.files ?? []);
  const names = ['retrain', 'gate', 'watch', 'dashboard'];
  const workflows = Object.fromEntries(
    await Promise.all(names.map(async (name) => [`.github/workflows/${name}.yml`, await workflow(name)])),
  );
  world = await SandboxWorld.open({ ...files, ...workflows });
}

function dependencies(changes: Partial<AppDependencies> = {}): AppDependencies {
  const { appId, privateKey, apiUrl } = world.sandbox;
  return {
    appId,
    privateKey,
    webhookSecret: SECRET,
    baseUrl: apiUrl,
    pace: 'none',
    openLogs: async () => Object.assign(loop.log, { close() {} }),
    artifacts: loop.artifacts,
    clock: { asOf: () => loop.asOf, wall: () => loop.wall },
    random: { nonce: () => '0'.repeat(32) },
    logger: { ...SILENT, error: (line, data) => errors.push(`${line} ${JSON.stringify(data)}`) },
    leaseSeconds: 3600,
    ...changes,
  };
}

const errors: string[] = [];

async function startApp(): Promise<StartedApp> {
  app = await startHoldfastApp(dependencies(), { host: '127.0.0.1', port: 0 });
  world.sandbox.setWebhookUrl(app.webhookUrl);
  return app;
}

async function quiet(started: StartedApp): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await world.sandbox.settled();
    await started.idle();
  }
}

async function stateOf(): Promise<ModelState> {
  return (await world.shell().state.read()).models['loan'] ?? emptyModelState('loan');
}

beforeEach(() => {
  errors.length = 0;
});
afterEach(async () => {
  await app?.close();
  app = null;
  await world.close();
});

describe('the App behind signed webhooks', () => {
  it('records the champion on installation, opens issue and pull request on a sweep, answers a comment', async () => {
    await openWorlds();
    const started = await startApp();

    world.sandbox.announceInstallation();
    await quiet(started);
    expect((await stateOf()).champion).toBe('v1');

    loop.pass(15, { skill: 0.2 });
    await started.sweep();
    await quiet(started);
    const client = world.as('writer');
    const repository = { owner: 'acme', repo: 'models' };
    const { data: pulls } = await client.rest.pulls.list({ ...repository, state: 'open' });
    expect(pulls.map(({ title, user }) => [title, user?.login])).toEqual([['Retrain loan: v1 → v2', 'holdfast[bot]']]);
    const { data: runs } = await client.rest.actions.listWorkflowRunsForRepo(repository);
    expect(runs.workflow_runs.map(({ path }) => path)).toEqual(['.github/workflows/retrain.yml']);

    const issue = Object.values((await stateOf()).issues)[0] ?? 0;
    await client.rest.issues.createComment({ ...repository, issue_number: issue, body: '/holdfast status' });
    await quiet(started);
    const { data: comments } = await client.rest.issues.listComments({ ...repository, issue_number: issue });
    expect(comments.at(-1)?.body).toContain('**loan: ');
    expect(comments.at(-1)?.user?.login).toBe('holdfast[bot]');
    expect((await world.shell().state.read()).index.lease?.holder).toBe('app');
    expect(errors).toEqual([]);
  });

  it('refuses a forged signature and a body that is too large', async () => {
    await openWorlds();
    const started = await startApp();
    const headers = {
      'x-github-event': 'push',
      'x-github-delivery': 'one',
      'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
      'content-type': 'application/json',
    };

    const forged = await fetch(started.webhookUrl, { method: 'POST', headers, body: '{}' });
    const large = await fetch(started.webhookUrl, { method: 'POST', headers, body: 'x'.repeat(25_000_001) }).then(
      ({ status }) => status,
      () => 413,
    );

    expect(forged.status).toBe(400);
    expect(large).toBe(413);
  });

  it.each(['', 'development', 'short'])('refuses to start with the webhook secret "%s"', async (webhookSecret) => {
    await openWorlds();

    expect(() => createHoldfastApp(dependencies({ webhookSecret }))).toThrow(/WEBHOOK_SECRET/);
  });
});

describe('the two shells', () => {
  it('leave the same state, the same audit trail and the same issues behind', async () => {
    await openWorlds();
    loop.pass(15, { skill: 0.2 });
    const started = await startApp();
    await started.sweep();
    await quiet(started);
    const byApp = await remains();
    await started.close();
    await world.close();

    await openWorlds('actions');
    loop.pass(15, { skill: 0.2 });
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-report-'));
    const reportFile = join(folder, 'monitoring-report.json');
    await writeFile(reportFile, await reportOf());
    const results = await runHeadless(settings({ reportFile }), SILENT);
    await runHeadless(settings({}), SILENT);
    const byAction = await remains();
    await rm(folder, { recursive: true, force: true });

    expect(results.get('loan')?.standing).toBe('acted');
    expect(byAction).toEqual(byApp);
  });

  it('does nothing headless while the App holds the lease', async () => {
    await openWorlds();
    loop.pass(7);
    loop.wall = '2099-01-01T00:00:00Z';
    const started = await startApp();
    await started.sweep();

    const results = await runHeadless(settings({}), SILENT);

    expect(results.get('loan')?.standing).toBe('lease-held');
  });
});

function settings(changes: Partial<HeadlessSettings>): HeadlessSettings {
  return {
    token: world.sandbox.tokenFor('github-actions[bot]'),
    repository: FULL_NAME,
    baseUrl: world.sandbox.apiUrl,
    runId: '1',
    dataRoot: null,
    artifactFolder: '.',
    markerKey: null,
    trustedAuthors: ['github-actions[bot]', 'holdfast[bot]'],
    reportFile: null,
    asOf: loop.asOf,
    pace: 'none',
    ...changes,
  };
}

/** What `holdfast watch --out` writes. */
async function reportOf(): Promise<string> {
  const { host, state, openRepository } = world.shell();
  const repository = openRepository((await host.repository()).head);
  const deployment = await repository.deployment('loan');
  if (deployment === null) throw new Error('not deployed');
  const { reference, championVersion } = await readChampion(repository, deployment);
  const definition = await repository.definition('loan');
  const known = (await state.read()).models['loan'] ?? emptyModelState('loan');
  const serving = servingLoader(repository, 'loan', loadPredictor);
  const logs = { log: loop.log, labels: loop.log, artifacts: loop.artifacts, serving };
  return canonicalJson({
    models: [await watchModel({ definition, deployment, reference, championVersion, state: known, ...logs, asOf: loop.asOf })],
  });
}

/** State, events and issues, without the numbers that a code host makes up. */
async function remains() {
  const shell = world.shell();
  const snapshot = await shell.state.read();
  const state = snapshot.models['loan'] ?? emptyModelState('loan');
  const tree = await world.app().rest.git.getTree({ owner: 'acme', repo: 'models', tree_sha: snapshot.head ?? '', recursive: 'true' });
  const months = tree.data.tree.filter(({ path }) => path.endsWith('.ndjson'));
  const texts = await Promise.all(
    months.map(async ({ sha }) =>
      Buffer.from((await world.app().rest.git.getBlob({ owner: 'acme', repo: 'models', file_sha: sha })).data.content, 'base64').toString(),
    ),
  );
  const events = texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line));
  const issues = await shell.host.openIssues('holdfast');
  return {
    state: {
      ...state,
      promotions: state.promotions.map((one) => ({ ...one, mergeSha: '' })),
      retraining: { ...state.retraining, dispatchedRun: null },
    },
    actions: events.map(({ action, target }) => [action, target]),
    broken: firstBrokenEvent(events),
    issues: issues.map(({ title, body }) => [title, body.slice(body.indexOf('\n'))]),
  };
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunnerWorld, startRunnerWorld } from '../fakes/runner-world.ts';
import { ACTIONS, WORKFLOWS } from './workflow-sources.ts';

// The real YAML on the real runner; only the commands that it calls are stand-ins, which print what they were given.
const CLI = `
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
const [command, ...rest] = process.argv.slice(2);
const option = (name) => rest[rest.indexOf(name) + 1];
console.log('called:', command, ...rest, '| data root', process.env.HOLDFAST_DATA_ROOT ?? 'none', '| token', process.env.GITHUB_TOKEN ? 'yes' : 'no');
if (command === 'watch') {
  console.log('state:', existsSync('.holdfast/state/state/v1/index.json') ? 'there' : 'none');
  writeFileSync(option('--out'), '{"report":1}');
}
if (command === 'train') {
  mkdirSync(option('--out'), { recursive: true });
  writeFileSync(option('--out') + '/weights.bin', 'weights');
  writeFileSync(option('--out') + '/training-spec.json', readFileSync(option('--spec')));
  if (existsSync('spoil')) writeFileSync(option('--out') + '/training-spec.json', 'other');
}
if (command === 'deployment') writeFileSync('models/' + rest[1] + '/deployment.yml', 'production: ' + rest[2] + '\\n');
if (command === 'gate') {
  writeFileSync(option('--out'), '{"verdict":1}');
  writeFileSync(option('--report'), '{"report":1}');
  console.log('changed:', readFileSync(option('--changed'), 'utf8').split('\\0').join(' ').trim());
  const bad = existsSync(option('--head') + '/bad');
  console.log(bad ? 'verdict: fail' : 'verdict: pass');
  process.exitCode = bad ? 1 : 0;
}
`;
const HEADLESS = `
import { readFileSync } from 'node:fs';
const at = process.argv.indexOf('--report');
console.log('reconcile:', at === -1 ? 'no report' : readFileSync(process.argv[at + 1], 'utf8'), process.env.GITHUB_TOKEN ? 'with token' : 'without');
`;
const DASHBOARD = {
  name: '@holdfast/dashboard',
  private: true,
  scripts: { build: 'mkdir -p dist && echo "$HOLDFAST_BASE $(ls "$HOLDFAST_STATE_DIR")" > dist/index.html' },
};

const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...WORKFLOWS, ...ACTIONS].map((source) => [source.path, source.text])),
  'package-lock.json': readFileSync(resolve(import.meta.dirname, '../../package-lock.json'), 'utf8'),
  'package.json': JSON.stringify({ name: 'holdfast', private: true, workspaces: ['dashboard'], type: 'module' }),
  'dashboard/package.json': JSON.stringify(DASHBOARD),
  'bot/cli.ts': CLI,
  'bot/headless.ts': HEADLESS,
  'models/shop/deployment.yml': 'production: v1\n',
};

const worlds: RunnerWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function start(): Promise<RunnerWorld> {
  const world = await startRunnerWorld(FILES, { disabledWorkflows: ['ci.yml'], variables: { HOLDFAST_DATA_ROOT: '/data' } });
  worlds.push(world);
  return world;
}

function conclusions(world: RunnerWorld): readonly (readonly [string, string | undefined])[] {
  return world.service.jobs.map((job) => [job.name, job.result?.conclusion] as const);
}

describe('watch.yml', () => {
  it('watches from an empty state, and hands the report to a job without data', async () => {
    const world = await start();

    await world.dispatch('watch.yml', { model: 'shop', as_of: '2001-02-12T00:00:00Z', request: 'r1' });

    expect(conclusions(world)).toEqual([
      ['observe', 'success'],
      ['reconcile', 'success'],
    ]);
    expect(world.job('observe').log).toContain('No branch holdfast/state yet');
    expect(world.job('observe').log).toContain('--as-of 2001-02-12T00:00:00Z -- shop | data root /data | token no');
    expect(world.job('reconcile').log).toContain('reconcile: {"report":1} with token');
    expect(world.service.runs[0]?.shownTitle).toBe('watch shop r1');
  });

  it('fetches the state branch when there is one, and starts by its timer without inputs', async () => {
    const world = await start();
    await world.push({ 'state/v1/index.json': '{}' }, 'holdfast/state');

    await world.runner.schedule('watch.yml');
    await world.runner.idle();

    const { log } = world.job('observe');
    expect(log).toContain('state: there');
    expect(log).toContain('called: watch --state-dir .holdfast/state --out monitoring-report.json |');
  });
});

describe('retrain.yml', () => {
  const SPEC = 'models/shop/versions/v2/training-spec.json';
  const inputs = (head_sha: string) => ({ model: 'shop', version: 'v2', branch: 'retrain/shop', head_sha });

  it('trains from the spec of the branch and pushes the version and the deployment, nothing else', async () => {
    const world = await start();
    const head = await world.push({ [SPEC]: '{"spec":1}' }, 'retrain/shop');

    await world.dispatch('retrain.yml', inputs(head));

    expect(conclusions(world)).toEqual([
      ['plan', 'success'],
      ['train', 'success'],
      ['propose', 'success'],
    ]);
    const changed = world.git('diff', '--name-only', head, 'retrain/shop').split('\n');
    expect(changed).toEqual(['models/shop/deployment.yml', 'models/shop/versions/v2/weights.bin']);
    expect(world.git('show', 'retrain/shop:models/shop/deployment.yml')).toBe('production: v2');
    expect(world.git('log', '-1', '--format=%an: %s', 'retrain/shop')).toBe('github-actions[bot]: Train shop v2');
    expect(world.job('propose').log).toContain('data root none');
  });

  it('refuses a branch that has moved on, a missing spec and a name that is none', async () => {
    const world = await start();
    const old = await world.push({ [SPEC]: '{}' }, 'retrain/shop');
    const head = await world.push({ other: 'x' }, 'retrain/shop');

    await world.dispatch('retrain.yml', inputs(old));
    await world.dispatch('retrain.yml', { ...inputs(head), version: 'v3' });
    await world.dispatch('retrain.yml', { ...inputs(head), model: '../shop' });

    const plans = world.service.jobs.filter((job) => job.name === 'plan').map((job) => job.log);
    expect(plans[0]).toContain(`the branch has moved on from ${old}`);
    expect(plans[1]).toContain('versions/v3/training-spec.json is not on the branch');
    expect(plans[2]).toContain('not a name of a model or version: ../shop');
    expect(world.service.runs.map((run) => run.conclusion)).toEqual(['failure', 'failure', 'failure']);
    expect(world.git('rev-parse', 'retrain/shop')).toBe(head);
  });

  it('does not push a version that was made from another spec', async () => {
    const world = await start();
    const head = await world.push({ [SPEC]: '{}', spoil: 'x' }, 'retrain/shop');

    await world.dispatch('retrain.yml', inputs(head));

    expect(world.job('propose').log).toContain('not made from the training spec of the branch');
    expect(world.git('rev-parse', 'retrain/shop')).toBe(head);
  });
});

describe('gate.yml', () => {
  async function dispatchGate(files: Readonly<Record<string, string>>, headSha?: string): Promise<RunnerWorld> {
    const world = await start();
    const head = await world.push(files, 'retrain/shop');
    const inputs = { model: 'shop', pull_request: '2', head_sha: headSha ?? head };
    const payload = { inputs, repository: { default_branch: 'main' } };
    const workflowPath = '.github/workflows/gate.yml';
    await world.trigger({ event: 'workflow_dispatch', ref: 'refs/heads/retrain/shop', sha: head, workflowPath, inputs, payload });
    return world;
  }

  it('passes on a passing verdict, keeps it and summarises it', async () => {
    const world = await dispatchGate({ 'models/shop/deployment.yml': 'production: v2\n' });

    expect(conclusions(world)).toEqual([
      ['evaluate', 'success'],
      ['gate', 'success'],
    ]);
    expect(world.job('evaluate').log).toContain(
      'called: gate --head head --base . --changed changed.txt --out verdict.json --report evaluation-report.json -- shop | data root /data | token no',
    );
    expect(world.job('evaluate').log).toContain('changed: models/shop/deployment.yml\n');
    expect(world.job('evaluate').result?.summary).toContain('verdict: pass');
    expect(world.service.listArtifacts(1).map((artifact) => artifact.name)).toEqual(['gate-verdict', 'gate-evaluation']);
  });

  it('fails the required check on a failing verdict, and still keeps and summarises it', async () => {
    const world = await dispatchGate({ bad: 'x' });

    expect(conclusions(world)).toEqual([
      ['evaluate', 'failure'],
      ['gate', 'failure'],
    ]);
    expect(world.job('evaluate').result?.summary).toContain('verdict: fail');
    expect(world.service.listArtifacts(1)).toHaveLength(2);
  });

  it('refuses to judge another commit than the one its check is reported at', async () => {
    const world = await dispatchGate({ 'a.txt': 'x' }, 'a'.repeat(40));

    expect(world.job('evaluate').log).toContain('dispatch again for its head');
    expect(world.job('gate').result?.conclusion).toBe('failure');
  });

  it('judges with the code of the base: a pull request cannot rewrite its judge', async () => {
    const world = await start();
    const sha = await world.push({ 'bot/cli.ts': 'console.log("everything passes")', bad: 'x' }, 'side');
    const pull = { number: 3, base: { ref: 'main' }, head: { ref: 'side', sha } };

    const payload = { pull_request: pull, repository: { default_branch: 'main' } };
    await world.trigger({ event: 'pull_request', action: 'opened', ref: 'refs/pull/3/merge', sha, payload });

    expect(world.job('evaluate').log).not.toContain('everything passes');
    expect(world.job('gate').result?.conclusion).toBe('failure');
  });
});

describe('promote.yml and dashboard.yml', () => {
  it('verifies and records when a deployment changes on main', async () => {
    const world = await start();

    await world.push({ 'README.md': 'x' });
    await world.push({ 'models/shop/deployment.yml': 'production: v2\n' });

    expect(world.service.runs.map((run) => run.workflowPath)).toEqual(['.github/workflows/promote.yml']);
    expect(world.job('verify').log).toContain('called: verify-version |');
    expect(world.job('record').log).toContain('reconcile: no report with token');
  });

  it('builds the site from the state branch and publishes it', async () => {
    const world = await start();
    await world.push({ 'state/v1/index.json': '{}' }, 'holdfast/state');

    await world.dispatch('dashboard.yml');

    expect(conclusions(world)).toEqual([
      ['build', 'success'],
      ['deploy', 'success'],
    ]);
    const [site = ''] = world.service.published;
    expect(readFileSync(`${site}/index.html`, 'utf8')).toMatch(/^\/pages\/acme\/shop\/ .*state/s);
  });
});

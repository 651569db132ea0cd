import { cpSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GateFolders } from '../fakes/gate-folders.ts';
import { type RunnerWorld, startRunnerWorld } from '../fakes/runner-world.ts';
import { day } from '../fakes/version-world.ts';

// gate.yml itself, on the host runner, with the real command line, the real training and real git: nothing stands in but the host.
const PROJECT = resolve(import.meta.dirname, '../..');
const CODE = ['pipelines/**/*', 'bot/**/*', '.github/actions/*/*', '.github/workflows/gate.yml', 'package.json', 'package-lock.json'];
const folders = new GateFolders();
const variables: Record<string, string> = { HOLDFAST_DATA_ROOT: folders.data };
let world: RunnerWorld;

function filesBelow(root: string, patterns: readonly string[]): Record<string, Uint8Array> {
  const paths = globSync([...patterns], { cwd: root }).filter(
    (path) => !path.includes('node_modules') && statSync(join(root, path)).isFile(),
  );
  return Object.fromEntries(paths.map((path) => [path, new Uint8Array(readFileSync(join(root, path)))]));
}

beforeAll(async () => {
  await folders.open();
  await folders.train(folders.head, folders.nextSpec());
  folders.deploy(folders.head, 'v2');
  const base = filesBelow(folders.base, ['models/**/*']);
  world = await startRunnerWorld({ ...filesBelow(PROJECT, CODE), ...base }, { variables });
});
afterAll(async () => {
  await world.close();
  folders.close();
});

/** Opens a pull request for the files and judges it at a moment, or by the clock on the wall. Returns what the job printed. */
async function judge(asOf: string | null, files: Readonly<Record<string, Uint8Array>>, branch = 'side') {
  delete variables['HOLDFAST_AS_OF'];
  if (asOf !== null) variables['HOLDFAST_AS_OF'] = asOf;
  const sha = await world.push(files, branch);
  const pull = { number: 1, base: { ref: 'main' }, head: { ref: branch, sha } };
  const payload = { pull_request: pull, repository: { default_branch: 'main' } };
  await world.trigger({ event: 'pull_request', action: 'opened', ref: 'refs/pull/1/merge', sha, payload });
  return { conclusion: world.job('gate').result?.conclusion, log: world.job('evaluate').log };
}

describe('gate.yml, executed', () => {
  const version = () => filesBelow(folders.head, ['models/**/*']);

  it('passes an honest retraining in time, trained again in the job', async () => {
    const { conclusion, log } = await judge(day(57), version());

    expect(log).toContain('verdict: pass');
    expect(log).toContain('Trained again with holdfast-linear ');
    expect(conclusion).toBe('success');
  });

  it.each([
    ['stale', day(64), 'FAIL  the spec is recent'],
    ['from the future', day(55), 'FAIL  the spec is not from the future'],
    ['of 2001, by the clock on the wall', null, 'FAIL  the spec is recent'],
  ])('fails a spec that is %s', async (_, asOf, line) => {
    const { conclusion, log } = await judge(asOf, version());

    expect(log).toContain(line);
    expect(conclusion).toBe('failure');
  });

  it('fails other bytes of the champion on a branch that deploys nothing', async () => {
    folders.branchOff();
    folders.negateWeights('v1');
    folders.rebind('v1');

    const { conclusion, log } = await judge(day(57), { ...filesBelow(folders.head, ['models/**/*']) }, 'tampered');

    expect(log).toContain('models/loan/versions/v1/weights.bin');
    expect(conclusion).toBe('failure');
  });

  it('knows from the history of the base what served', async () => {
    cpSync(join(folders.base, 'models'), join(folders.head, 'models'), { recursive: true });
    const v1 = readFileSync(join(folders.base, 'models/loan/deployment.yml'));
    folders.copyVersion(folders.path('base', 'v1', ''), 'v2');
    folders.renameVersion('v2');
    folders.deploy(folders.head, 'v2');
    await world.push(filesBelow(folders.head, ['models/**/*']), 'main');

    const { conclusion, log } = await judge(day(57), { 'models/loan/deployment.yml': new Uint8Array(v1) }, 'rollback');

    expect(log).toContain('v1 served with these bytes.');
    expect(conclusion).toBe('success');
  });
});

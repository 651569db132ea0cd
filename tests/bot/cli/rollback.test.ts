import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rollbackCommand } from '../../../bot/cli/rollback.ts';
import { openTestSandbox, REPOSITORY, type TestSandbox } from '../../fakes/open-test-sandbox.ts';

let world: TestSandbox;
let seed = '';

beforeAll(async () => {
  seed = await mkdtemp(join(tmpdir(), 'holdfast-rollback-'));
  for (const version of ['v1', 'v2']) {
    await mkdir(join(seed, 'models/a/versions', version), { recursive: true });
    await writeFile(join(seed, 'models/a/versions', version, 'version.json'), '{}\n');
  }
  await writeFile(join(seed, 'models/a/deployment.yml'), '# who serves\nschemaVersion: 1\nmodel: a\nproduction: v2\nfallback: v1\n');
  world = await openTestSandbox({ repository: { owner: REPOSITORY.owner, name: REPOSITORY.repo, seedFrom: seed } });
});

afterAll(async () => {
  await world.close();
  await rm(seed, { recursive: true });
});

async function rollback(...positionals: readonly string[]): Promise<{ number: number; url: string }> {
  const printed: string[] = [];
  const environment = {
    GITHUB_TOKEN: world.sandbox.tokenFor('approver'),
    GITHUB_REPOSITORY: `${REPOSITORY.owner}/${REPOSITORY.repo}`,
    GITHUB_API_URL: world.sandbox.apiUrl,
  };
  const options = { json: true, reason: 'scores of <b>v2</b> were @wrong' };
  await rollbackCommand.run({
    positionals,
    options,
    environment,
    workingDirectory: '/',
    print: (line) => printed.push(line),
    note: () => undefined,
  });
  return JSON.parse(printed.join('\n')) as { number: number; url: string };
}

describe('holdfast rollback', () => {
  it('opens one pull request that changes only deployment.yml, however often it is called', async () => {
    const first = await rollback('a', 'v1');
    const again = await rollback('a', 'v1');

    const api = world.as('approver').rest.pulls;
    const { data: pull } = await api.get({ ...REPOSITORY, pull_number: first.number });
    const { data: files } = await api.listFiles({ ...REPOSITORY, pull_number: first.number });
    expect(again).toEqual(first);
    expect(pull.title).toBe('Roll back a: v2 → v1');
    expect(pull.body).not.toMatch(/<b>|@wrong/);
    expect(files.map(({ filename }) => filename)).toEqual(['models/a/deployment.yml']);
    expect(await world.git(world.sandbox.repositoryPath, 'show', 'rollback/a:models/a/deployment.yml')).toContain(
      '# who serves\nschemaVersion: 1\nmodel: a\nproduction: v1\nfallback: v2',
    );
  }, 30_000);

  it.each([
    [['a', 'v9'], 'VERSION_MISSING'],
    [['b', 'v1'], 'VERSION_MISSING'],
    [['a', 'v2'], 'ALREADY_SERVING'],
    [['a'], 'BAD_ARGUMENTS'],
  ])('refuses %j and says what to do', async (positionals, code) => {
    await expect(rollback(...positionals)).rejects.toMatchObject({ code, hint: expect.stringMatching(/\w/) });
  });
});

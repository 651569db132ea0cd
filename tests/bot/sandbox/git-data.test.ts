import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  COMMIT_MUTATION,
  commitInput,
  headOf,
  openTestSandbox,
  REPOSITORY,
  refusalOf,
  type TestSandbox,
} from '../../fakes/open-test-sandbox.ts';

let test: TestSandbox;
const NOTHING = '0'.repeat(40);

const UPDATE_REFS = 'mutation Move($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }';

beforeAll(async () => {
  test = await openTestSandbox();
});

afterAll(() => test.close());

describe('compare-and-swap', () => {
  it('lets exactly one of ten racing commits through', async () => {
    const main = await headOf(test.bot, 'main');
    await test.bot.rest.git.createRef({ ...REPOSITORY, ref: 'refs/heads/race', sha: main });

    const racers = Array.from({ length: 10 }, (_, index) =>
      test.bot.graphql(COMMIT_MUTATION, commitInput('race', main, { 'who.txt': `${index}` })),
    );
    const results = await Promise.allSettled(racers);

    const lost = results.filter((result) => result.status === 'rejected');
    expect(results.length - lost.length).toBe(1);
    for (const one of lost) expect(String(one.reason)).toContain('Expected branch to point to');
  });

  it('writes author, verification and a tree that git reads', async () => {
    const sha = await test.branch('written', { 'deep/er/file.txt': 'text', 'deep/other.txt': 'more' });

    const commit = await test.bot.rest.git.getCommit({ ...REPOSITORY, commit_sha: sha });
    const tree = await test.bot.rest.git.getTree({ ...REPOSITORY, tree_sha: sha, recursive: '1' });
    const raw = await test.bot.rest.repos.getContent({
      ...REPOSITORY,
      path: 'deep/er/file.txt',
      ref: 'written',
      mediaType: { format: 'raw' },
    });

    expect(commit.data.author.name).toBe('holdfast[bot]');
    expect(commit.data.verification.verified).toBe(true);
    expect(tree.data.tree.map((entry) => entry.path)).toEqual(expect.arrayContaining(['README.md', 'deep/er/file.txt', 'deep/other.txt']));
    expect(raw.data).toBe('text');
  });

  it('moves several refs or none', async () => {
    const main = await headOf(test.bot, 'main');
    const state = await test.branch('holdfast/state', { 'state/v1/index.json': '{}\n' });
    const move = (beforeOid: string) =>
      test.bot.graphql(UPDATE_REFS, {
        input: {
          repositoryId: 'R_x',
          refUpdates: [
            { name: 'refs/tags/model/a@v2', beforeOid: NOTHING, afterOid: main },
            { name: 'refs/heads/holdfast/state', beforeOid, afterOid: main, force: true },
          ],
        },
      });

    await expect(move(main)).rejects.toThrow('expected');
    const untouched = await refusalOf(test.bot.rest.git.getRef({ ...REPOSITORY, ref: 'tags/model/a@v2' }));
    await move(state);

    expect(untouched.status).toBe(404);
    expect(await headOf(test.bot, 'holdfast/state')).toBe(main);
    await expect(move(main)).rejects.toThrow('expected');
  });

  it('makes an orphan branch by git data, fast-forwards it, and refuses anything else', async () => {
    const tree = await test.bot.rest.git.createTree({
      ...REPOSITORY,
      tree: [{ path: 'a/b.json', mode: '100644', type: 'blob', content: '{}\n' }],
    });
    const first = await test.bot.rest.git.createCommit({ ...REPOSITORY, message: 'one', tree: tree.data.sha, parents: [] });
    const second = await test.bot.rest.git.createCommit({ ...REPOSITORY, message: 'two', tree: tree.data.sha, parents: [first.data.sha] });
    await test.bot.rest.git.createRef({ ...REPOSITORY, ref: 'refs/heads/orphan', sha: first.data.sha });

    const again = await refusalOf(test.bot.rest.git.createRef({ ...REPOSITORY, ref: 'refs/heads/orphan', sha: first.data.sha }));
    await test.bot.rest.git.updateRef({ ...REPOSITORY, ref: 'heads/orphan', sha: second.data.sha });
    const back = await refusalOf(test.bot.rest.git.updateRef({ ...REPOSITORY, ref: 'heads/orphan', sha: first.data.sha }));

    expect(first.data.parents).toEqual([]);
    expect(again).toMatchObject({ status: 422, message: expect.stringContaining('Reference already exists') });
    expect(back).toMatchObject({ status: 422, message: expect.stringContaining('not a fast forward') });
  });

  it('keeps the protected branch from the bot', async () => {
    const main = await headOf(test.bot, 'main');

    await expect(test.bot.graphql(COMMIT_MUTATION, commitInput('main', main, { x: '1' }))).rejects.toThrow('Protected branch');
    await expect(
      test.bot.graphql(COMMIT_MUTATION, commitInput('written', await headOf(test.bot, 'written'), { '.github/workflows/x.yml': '' })),
    ).rejects.toThrow('workflows');

    expect(await headOf(test.bot, 'main')).toBe(main);
  });
});

describe('GraphQL', () => {
  it('reads with variables, aliases, fragments and nested fields', async () => {
    const answer = await test.bot.graphql<Record<string, unknown>>(
      `query Read($owner: String!, $name: String!) {
        repository(owner: $owner, name: $name) { ...Names main: ref(qualifiedName: "refs/heads/main") { name target { oid } }
          file: object(expression: "main:README.md") { ... on Blob { text isBinary } } missing: object(expression: "main:no") { oid } }
      }
      fragment Names on Repository { nameWithOwner }`,
      { owner: 'acme', name: 'models' },
    );

    expect(answer).toEqual({
      repository: {
        nameWithOwner: 'acme/models',
        main: { name: 'main', target: { oid: await headOf(test.bot, 'main') } },
        file: { text: '# Models\n', isBinary: false },
        missing: null,
      },
    });
  });

  it('says which field or operation it does not know', async () => {
    await expect(test.bot.graphql('{ viewer { shoeSize } }')).rejects.toThrow("Field 'shoeSize' doesn't exist on type 'Bot'");
    await expect(test.bot.graphql('mutation { deleteTheInternet(input: {}) { clientMutationId } }')).rejects.toThrow(
      "Field 'deleteTheInternet'",
    );
    await expect(test.bot.graphql('{ viewer {')).rejects.toThrow('Parse error');
  });
});

describe('git over HTTP', () => {
  it('clones, pushes a branch, and is refused on main', async () => {
    const clone = join(test.folder, 'clone');
    mkdirSync(clone);
    await test.git(clone, 'clone', '-q', test.remote(test.sandbox.tokenFor('approver')), '.');
    writeFileSync(join(clone, 'new.txt'), 'new\n');
    await test.git(clone, 'add', 'new.txt');
    await test.git(clone, 'commit', '-q', '-m', 'New');
    const pushed = await test.git(clone, 'rev-parse', 'HEAD');

    await test.git(clone, 'push', '-q', 'origin', 'HEAD:refs/heads/by-hand');
    const refusal = await test.git(clone, 'push', '-q', 'origin', 'HEAD:refs/heads/main').catch((problem: Error) => problem.message);

    expect(await headOf(test.bot, 'by-hand')).toBe(pushed);
    expect(refusal).toContain('Protected branch update failed for refs/heads/main');
  });

  it('refuses pushes of readers, and lets admins push to main', async () => {
    const clone = join(test.folder, 'clone-2');
    mkdirSync(clone);
    await test.git(clone, 'clone', '-q', test.remote(test.sandbox.tokenFor('reader')), '.');
    await test.git(clone, 'commit', '-q', '--allow-empty', '-m', 'Empty');

    const byReader = await test.git(clone, 'push', '-q', 'origin', 'HEAD:refs/heads/mine').catch((problem: Error) => problem.message);
    await test.git(clone, 'push', '-q', test.remote(test.sandbox.tokenFor('boss')), 'HEAD:refs/heads/main');

    expect(byReader).toMatch(/403|not granted/);
    expect(await headOf(test.bot, 'main')).toBe(await test.git(clone, 'rev-parse', 'HEAD'));
    expect(await test.git(test.sandbox.repositoryPath, 'fsck', '--full', '--strict', '--no-dangling')).toBe('');
  });
});

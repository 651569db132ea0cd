import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headOf, openTestSandbox, REPOSITORY, refusalOf, type TestSandbox } from '../../fakes/open-test-sandbox.ts';

let test: TestSandbox;

beforeAll(async () => {
  test = await openTestSandbox();
});

afterAll(() => test.close());

async function openPull(branch: string, body = '') {
  const head = await test.branch(branch, { [`models/${branch}.txt`]: `${branch}\n` });
  const { data } = await test.bot.rest.pulls.create({ ...REPOSITORY, title: branch, head: branch, base: 'main', body });
  return { number: data.number, head, data };
}

async function makeGreen(head: string, conclusion: 'success' | 'failure' = 'success') {
  await test.bot.rest.checks.create({ ...REPOSITORY, name: 'gate', head_sha: head, status: 'completed', conclusion });
}

describe('opening', () => {
  it('refuses a second pull request for the same head and base', async () => {
    await openPull('twice');

    const refusal = await refusalOf(test.bot.rest.pulls.create({ ...REPOSITORY, title: 'again', head: 'twice', base: 'main' }));

    expect(refusal.status).toBe(422);
    expect(refusal.message).toContain('A pull request already exists for acme:twice.');
  });

  it('refuses a head that does not exist and a head without commits', async () => {
    await test.bot.rest.git.createRef({ ...REPOSITORY, ref: 'refs/heads/empty', sha: await headOf(test.bot, 'main') });

    const missing = await refusalOf(test.bot.rest.pulls.create({ ...REPOSITORY, title: 'x', head: 'nowhere', base: 'main' }));
    const empty = await refusalOf(test.bot.rest.pulls.create({ ...REPOSITORY, title: 'x', head: 'empty', base: 'main' }));

    expect(missing.status).toBe(422);
    expect(missing.message).toContain('"field":"head"');
    expect(empty.message).toContain('No commits between main and empty');
  });

  it('counts files, shows their patch, and is found by head', async () => {
    const { number, data } = await openPull('counted');

    const files = await test.bot.rest.pulls.listFiles({ ...REPOSITORY, pull_number: number });
    const found = await test.bot.rest.pulls.list({ ...REPOSITORY, head: 'acme:counted', state: 'open' });

    expect(data).toMatchObject({ changed_files: 1, additions: 1, commits: 1, mergeable: true, mergeable_state: 'blocked' });
    expect(files.data[0]).toMatchObject({ filename: 'models/counted.txt', status: 'added', patch: '@@ -0,0 +1 @@\n+counted' });
    expect(found.data.map((pull) => pull.number)).toEqual([number]);
  });
});

describe('protection', () => {
  it('refuses without the check, with a red check, and without approval, for person and bot alike', async () => {
    const { number, head } = await openPull('guarded');
    const merge = (who: typeof test.bot) => refusalOf(who.rest.pulls.merge({ ...REPOSITORY, pull_number: number }));

    const noCheck = await merge(test.as('approver'));
    await makeGreen(head, 'failure');
    const redCheck = await merge(test.as('approver'));
    await makeGreen(head);
    const noApproval = await merge(test.as('approver'));
    const byBot = await merge(test.bot);
    const byAdmin = await merge(test.as('boss'));

    expect(noCheck).toMatchObject({ status: 405, message: expect.stringContaining('"gate" is expected') });
    expect(redCheck).toMatchObject({ status: 405, message: expect.stringContaining('"gate" is failing') });
    for (const refusal of [noApproval, byBot, byAdmin])
      expect(refusal).toMatchObject({ status: 405, message: expect.stringContaining('At least 1 approving review') });
  });

  it('does not let the author approve, nor a reader count', async () => {
    const { number, head } = await openPull('approved-by-whom');
    await makeGreen(head);

    const own = await refusalOf(test.bot.rest.pulls.createReview({ ...REPOSITORY, pull_number: number, event: 'APPROVE' }));
    await test.as('reader').rest.pulls.createReview({ ...REPOSITORY, pull_number: number, event: 'APPROVE' });
    const still = await refusalOf(test.as('approver').rest.pulls.merge({ ...REPOSITORY, pull_number: number }));

    expect(own.status).toBe(422);
    expect(own.message).toContain('Can not approve your own pull request');
    expect(still.status).toBe(405);
  });

  it('merges when green and approved, and closes the issue that the body names', async () => {
    const issue = await test.bot.rest.issues.create({ ...REPOSITORY, title: 'incident' });
    const { number, head } = await openPull('good', `Closes #${issue.data.number}`);
    await makeGreen(head);
    const approver = test.as('approver');
    await approver.rest.pulls.createReview({ ...REPOSITORY, pull_number: number, event: 'APPROVE' });

    const merged = await approver.rest.pulls.merge({ ...REPOSITORY, pull_number: number, sha: head });

    const pull = await test.bot.rest.pulls.get({ ...REPOSITORY, pull_number: number });
    const closed = await test.bot.rest.issues.get({ ...REPOSITORY, issue_number: issue.data.number });
    const commit = await test.bot.rest.git.getCommit({ ...REPOSITORY, commit_sha: merged.data.sha });
    expect(pull.data).toMatchObject({ merged: true, merge_commit_sha: merged.data.sha, merged_by: { login: 'approver' } });
    expect(closed.data).toMatchObject({ state: 'closed', state_reason: 'completed' });
    expect(commit.data.parents.map((parent) => parent.sha)).toContain(head);
    expect(await headOf(test.bot, 'main')).toBe(merged.data.sha);
  });

  it('refuses a stale head with 409 and a conflict with 405', async () => {
    const first = await test.branch('left', { 'models/a/model.yml': 'name: left\n' });
    await test.branch('right', { 'models/a/model.yml': 'name: right\n' });
    const left = await test.bot.rest.pulls.create({ ...REPOSITORY, title: 'left', head: 'left', base: 'main' });
    const right = await test.bot.rest.pulls.create({ ...REPOSITORY, title: 'right', head: 'right', base: 'main' });
    const approver = test.as('approver');
    for (const pull of [left.data, right.data]) {
      await makeGreen(pull.head.sha);
      await approver.rest.pulls.createReview({ ...REPOSITORY, pull_number: pull.number, event: 'APPROVE' });
    }

    const stale = await refusalOf(approver.rest.pulls.merge({ ...REPOSITORY, pull_number: right.data.number, sha: first }));
    await approver.rest.pulls.merge({ ...REPOSITORY, pull_number: left.data.number, merge_method: 'squash' });
    const conflict = await refusalOf(approver.rest.pulls.merge({ ...REPOSITORY, pull_number: right.data.number }));

    expect(stale).toMatchObject({ status: 409 });
    expect(conflict).toMatchObject({ status: 405, message: expect.stringContaining('not mergeable') });
    const after = await test.bot.rest.pulls.get({ ...REPOSITORY, pull_number: right.data.number });
    expect(after.data).toMatchObject({ mergeable: false, mergeable_state: 'dirty' });
  });

  it('leaves nothing broken in the repository', async () => {
    const complaints = await test.git(test.sandbox.repositoryPath, 'fsck', '--full', '--strict', '--no-dangling');

    expect(complaints).toBe('');
  });
});

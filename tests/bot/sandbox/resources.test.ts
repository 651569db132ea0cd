import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headOf, openTestSandbox, REPOSITORY, refusalOf, type TestSandbox } from '../../fakes/open-test-sandbox.ts';

let test: TestSandbox;

beforeAll(async () => {
  test = await openTestSandbox();
});

afterAll(() => test.close());

describe('issues', () => {
  it('are listed by label, state and creator', async () => {
    const { data: mine } = await test.bot.rest.issues.create({ ...REPOSITORY, title: 'by bot', labels: ['drift', 'model:a'] });
    await test.as('approver').rest.issues.create({ ...REPOSITORY, title: 'by hand', labels: ['drift'] });
    await test.as('reader').rest.issues.create({ ...REPOSITORY, title: 'by a reader', labels: ['drift'] });

    const both = await test.bot.rest.issues.listForRepo({ ...REPOSITORY, labels: 'drift' });
    const bots = await test.bot.rest.issues.listForRepo({ ...REPOSITORY, labels: 'drift', creator: 'holdfast[bot]' });
    await test.bot.rest.issues.update({ ...REPOSITORY, issue_number: mine.number, state: 'closed', state_reason: 'not_planned' });
    const open = await test.bot.rest.issues.listForRepo({ ...REPOSITORY, labels: 'drift,model:a' });
    const closed = await test.bot.rest.issues.listForRepo({ ...REPOSITORY, labels: 'drift,model:a', state: 'closed' });

    // The reader's label was silently dropped, as on GitHub.
    expect(both.data.map((issue) => issue.title)).toEqual(['by hand', 'by bot']);
    expect(bots.data.map((issue) => issue.number)).toEqual([mine.number]);
    expect(bots.data[0]?.performed_via_github_app?.slug).toBe('holdfast');
    expect(open.data).toEqual([]);
    expect(closed.data[0]).toMatchObject({ state_reason: 'not_planned', closed_by: { login: 'holdfast[bot]' } });
  });

  it('are edited by their author and by those with triage, not by readers', async () => {
    const { data: issue } = await test.bot.rest.issues.create({ ...REPOSITORY, title: 'mine' });
    const { data: comment } = await test.bot.rest.issues.createComment({ ...REPOSITORY, issue_number: issue.number, body: 'first' });

    const edit = await refusalOf(test.as('reader').rest.issues.update({ ...REPOSITORY, issue_number: issue.number, title: 'theirs' }));
    const reword = await refusalOf(test.as('reader').rest.issues.updateComment({ ...REPOSITORY, comment_id: comment.id, body: 'other' }));
    await test.bot.rest.issues.updateComment({ ...REPOSITORY, comment_id: comment.id, body: 'second' });
    await test.as('approver').rest.reactions.createForIssueComment({ ...REPOSITORY, comment_id: comment.id, content: 'rocket' });
    const { data: again } = await test.bot.rest.issues.getComment({ ...REPOSITORY, comment_id: comment.id });

    expect([edit.status, reword.status]).toEqual([403, 403]);
    expect(again).toMatchObject({ body: 'second', reactions: { rocket: 1, total_count: 1 } });
  });

  it('share their numbers with pull requests, and labels are made once', async () => {
    await test.bot.rest.issues.createLabel({ ...REPOSITORY, name: 'incident', color: 'b60205' });
    const again = await refusalOf(test.bot.rest.issues.createLabel({ ...REPOSITORY, name: 'Incident', color: 'b60205' }));
    const { data: issue } = await test.bot.rest.issues.create({ ...REPOSITORY, title: 'n' });
    await test.branch('numbered', { 'n.txt': 'n' });
    const { data: pull } = await test.bot.rest.pulls.create({ ...REPOSITORY, title: 'n + 1', head: 'numbered', base: 'main' });
    await test.bot.rest.issues.addLabels({ ...REPOSITORY, issue_number: pull.number, labels: ['incident', 'new'] });

    const asIssue = await test.bot.rest.issues.get({ ...REPOSITORY, issue_number: pull.number });

    expect(again).toMatchObject({ status: 422, message: expect.stringContaining('already_exists') });
    expect(pull.number).toBe(issue.number + 1);
    expect(asIssue.data.pull_request).toBeDefined();
    expect(asIssue.data.labels).toMatchObject([{ name: 'incident', color: 'b60205' }, { name: 'new' }]);
  });
});

describe('pull requests', () => {
  it('follow their branch, become ready, and close when the branch goes', async () => {
    const head = await test.branch('moving', { 'm.txt': '1' });
    const { data: pull } = await test.bot.rest.pulls.create({ ...REPOSITORY, title: 'moving', head: 'moving', base: 'main', draft: true });
    const tree = await test.bot.rest.git.createTree({
      ...REPOSITORY,
      base_tree: head,
      tree: [{ path: 'm.txt', mode: '100644', type: 'blob', sha: null }],
    });
    const { data: commit } = await test.bot.rest.git.createCommit({ ...REPOSITORY, message: 'next', tree: tree.data.sha, parents: [head] });
    await test.bot.rest.git.updateRef({ ...REPOSITORY, ref: 'heads/moving', sha: commit.sha });
    const moved = await test.bot.rest.pulls.get({ ...REPOSITORY, pull_number: pull.number });
    await test.bot.graphql(
      'mutation ($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft number } } }',
      { id: pull.node_id },
    );
    const ready = await test.bot.rest.pulls.get({ ...REPOSITORY, pull_number: pull.number });
    await test.bot.rest.git.deleteRef({ ...REPOSITORY, ref: 'heads/moving' });
    const gone = await test.bot.rest.pulls.get({ ...REPOSITORY, pull_number: pull.number });
    const reopened = await refusalOf(test.bot.rest.pulls.update({ ...REPOSITORY, pull_number: pull.number, state: 'open' }));

    expect(moved.data).toMatchObject({ draft: true, head: { sha: commit.sha }, commits: 2, changed_files: 0 });
    expect(ready.data.draft).toBe(false);
    expect(gone.data.state).toBe('closed');
    expect(reopened).toMatchObject({ status: 422 });
  });

  it('may be merged by those alone whom the protection names', async () => {
    const strict = await openTestSandbox({
      protection: { branch: 'main', requiredChecks: [], requiredApprovals: 0, restrictedTo: ['boss'] },
    });
    await strict.branch('any', { 'x.txt': 'x' });
    const { data: pull } = await strict.bot.rest.pulls.create({ ...REPOSITORY, title: 'any', head: 'any', base: 'main' });

    const byBot = await refusalOf(strict.bot.rest.pulls.merge({ ...REPOSITORY, pull_number: pull.number }));
    const byBoss = await strict.as('boss').rest.pulls.merge({ ...REPOSITORY, pull_number: pull.number });
    await strict.close();

    expect(byBot).toMatchObject({ status: 405, message: expect.stringContaining('not authorized') });
    expect(byBoss.data.merged).toBe(true);
  });
});

describe('deployments, releases and comparisons', () => {
  it('keep one active deployment for an environment', async () => {
    const deploy = async () => {
      const { data } = await test.bot.rest.repos.createDeployment({
        ...REPOSITORY,
        ref: 'main',
        environment: 'production',
        auto_merge: false,
        required_contexts: [],
      });
      const id = (data as { id: number }).id;
      await test.bot.rest.repos.createDeploymentStatus({ ...REPOSITORY, deployment_id: id, state: 'success' });
      return id;
    };
    const first = await deploy();
    const second = await deploy();
    const merging = await refusalOf(test.bot.rest.repos.createDeployment({ ...REPOSITORY, ref: 'main' }));

    const newest = async (deployment_id: number) =>
      (await test.bot.rest.repos.listDeploymentStatuses({ ...REPOSITORY, deployment_id })).data[0]?.state;

    expect([await newest(first), await newest(second)]).toEqual(['inactive', 'success']);
    expect(merging.status).toBe(409);
  });

  it('tag with a release and refuse the second of its name', async () => {
    const { data } = await test.bot.rest.repos.createRelease({ ...REPOSITORY, tag_name: 'model/a@v1', target_commitish: 'main' });
    const again = await refusalOf(test.bot.rest.repos.createRelease({ ...REPOSITORY, tag_name: 'model/a@v1' }));

    const tag = await test.bot.rest.git.getRef({ ...REPOSITORY, ref: 'tags/model/a@v1' });

    expect(data.tag_name).toBe('model/a@v1');
    expect(tag.data.object.sha).toBe(await headOf(test.bot, 'main'));
    expect(again.status).toBe(422);
  });

  it('compare branches and list commits of a path', async () => {
    await test.branch('compared', { 'c.txt': 'c' });

    const { data } = await test.bot.rest.repos.compareCommitsWithBasehead({ ...REPOSITORY, basehead: 'main...compared' });
    const commits = await test.bot.rest.repos.listCommits({ ...REPOSITORY, sha: 'compared', path: 'c.txt' });
    const combined = await test.as('approver').rest.repos.getCombinedStatusForRef({ ...REPOSITORY, ref: 'compared' });

    expect(data).toMatchObject({ status: 'ahead', ahead_by: 1, behind_by: 0, files: [{ filename: 'c.txt', status: 'added' }] });
    expect(commits.data).toHaveLength(1);
    expect(combined.data.state).toBe('pending');
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes } from '../../bot/sandbox/rest/all-routes.ts';
import { type ContractWorld, openContractWorld } from '../fakes/contract-world.ts';
import { headOf, REPOSITORY } from '../fakes/open-test-sandbox.ts';
import { askForDeployments } from './ask-for-deployments.ts';
import { askForPullRequests } from './ask-for-pull-requests.ts';
import { readRestContract } from './contract.ts';
import { REST_DIFFERENCES } from './known-differences.ts';
import { operationPath, SANDBOX_ONLY_PATHS } from './operation-path.ts';
import { refusals } from './refusals.ts';
import { unexplained, unused } from './weigh-differences.ts';

const contract = readRestContract();
let world: ContractWorld;

beforeAll(async () => {
  world = await openContractWorld(contract);
});

afterAll(() => world.test.close());

describe('the sandbox, held against what GitHub publishes', () => {
  it('as an App and its installation', async () => {
    const { app, bot } = world;
    const { installationId: installation_id } = world.test.sandbox;

    await app.rest.apps.getAuthenticated();
    await app.rest.apps.listInstallations();
    await app.rest.apps.getInstallation({ installation_id });
    await app.rest.apps.getRepoInstallation({ ...REPOSITORY });
    await app.rest.apps.getOrgInstallation({ org: 'acme' });
    await app.rest.apps.getUserInstallation({ username: 'acme' });
    await bot.rest.apps.listReposAccessibleToInstallation();
    const narrow = await app.rest.apps.createInstallationAccessToken({
      installation_id,
      repositories: ['models'],
      permissions: { contents: 'read', checks: 'write' },
    });
    const narrowed = world.withToken(narrow.data.token);
    await narrowed.rest.git.getRef({ ...REPOSITORY, ref: 'heads/main' });
    await narrowed.rest.apps.revokeInstallationAccessToken();

    expect(
      await refusals(
        app.rest.apps.getInstallation({ installation_id: 1 }),
        app.rest.apps.createInstallationAccessToken({ installation_id, repositories: ['other'] }),
        narrowed.rest.git.getRef({ ...REPOSITORY, ref: 'heads/main' }),
      ),
    ).toEqual([404, 422, 401]);
  });

  it('as a repository with branches, rules and people', async () => {
    const { bot } = world;
    const boss = world.as('boss');

    await bot.rest.meta.get();
    await bot.rest.rateLimit.get();
    await boss.rest.users.getAuthenticated();
    await bot.rest.users.getByUsername({ username: 'approver' });
    await bot.rest.repos.get({ ...REPOSITORY });
    await boss.rest.repos.get({ ...REPOSITORY });
    await bot.rest.repos.listBranches({ ...REPOSITORY });
    await bot.rest.repos.getBranch({ ...REPOSITORY, branch: 'main' });
    await boss.rest.repos.getBranchProtection({ ...REPOSITORY, branch: 'main' });
    await bot.rest.repos.getBranchRules({ ...REPOSITORY, branch: 'main' });
    await bot.rest.repos.listCollaborators({ ...REPOSITORY });
    for (const username of ['approver', 'reader', 'boss']) await bot.rest.repos.getCollaboratorPermissionLevel({ ...REPOSITORY, username });

    expect(
      await refusals(
        bot.rest.repos.getBranch({ ...REPOSITORY, branch: 'none' }),
        bot.rest.users.getByUsername({ username: 'nobody' }),
        bot.rest.users.getAuthenticated(),
      ),
    ).toEqual([404, 404, 403]);
  });

  it('as issues, labels, comments and reactions', async () => {
    const { bot } = world;
    const { issues, reactions } = bot.rest;
    await issues.createLabel({ ...REPOSITORY, name: 'holdfast', color: '112233', description: 'ours' });
    const { data: issue } = await issues.create({
      ...REPOSITORY,
      title: 'Drift',
      body: 'why',
      labels: ['holdfast', 'new'],
      assignees: ['boss'],
    });
    const one = { ...REPOSITORY, issue_number: issue.number };
    const { data: comment } = await issues.createComment({ ...one, body: 'first' });
    const said = { ...REPOSITORY, comment_id: comment.id };

    await issues.listLabelsForRepo({ ...REPOSITORY });
    await issues.getLabel({ ...REPOSITORY, name: 'holdfast' });
    await issues.listForRepo({ ...REPOSITORY, state: 'all', labels: 'holdfast', sort: 'created', direction: 'desc', per_page: 1 });
    await issues.get(one);
    await issues.addLabels({ ...one, labels: ['more'] });
    await issues.listLabelsOnIssue(one);
    await issues.setLabels({ ...one, labels: ['holdfast', 'more'] });
    await issues.removeLabel({ ...one, name: 'more' });
    await issues.updateComment({ ...said, body: 'second' });
    await issues.getComment(said);
    await issues.listComments({ ...one, per_page: 100 });
    await issues.listCommentsForRepo({ ...REPOSITORY, sort: 'created', direction: 'desc', since: '2020-01-01T00:00:00Z' });
    await reactions.createForIssueComment({ ...said, content: 'eyes' });
    await reactions.createForIssueComment({ ...said, content: 'eyes' });
    await reactions.listForIssueComment(said);
    await reactions.createForIssue({ ...one, content: '+1' });
    await issues.update({ ...one, title: 'Drifted', state: 'closed', state_reason: 'completed' });
    await issues.get(one);
    await issues.deleteComment(said);

    expect(
      await refusals(
        issues.get({ ...REPOSITORY, issue_number: 9999 }),
        issues.create({ ...REPOSITORY, title: '' }),
        issues.createLabel({ ...REPOSITORY, name: 'holdfast' }),
        issues.createComment({ ...one, body: '' }),
        issues.removeLabel({ ...one, name: 'never' }),
        world.as('reader').rest.issues.update({ ...one, title: 'mine' }),
      ),
    ).toEqual([404, 422, 422, 422, 404, 403]);
  });

  it('as git objects, refs, files and commits', async () => {
    const { bot } = world;
    const { git, repos } = bot.rest;
    const main = await headOf(bot, 'main');

    const { data: blob } = await git.createBlob({ ...REPOSITORY, content: 'aGVsbG8=', encoding: 'base64' });
    await git.getBlob({ ...REPOSITORY, file_sha: blob.sha });
    const tree = await git.createTree({
      ...REPOSITORY,
      base_tree: main,
      tree: [
        { path: 'docs/a.txt', mode: '100644', type: 'blob', sha: blob.sha },
        { path: 'docs/b.txt', mode: '100644', type: 'blob', content: 'b' },
      ],
    });
    await git.getTree({ ...REPOSITORY, tree_sha: main, recursive: '1' });
    const { data: commit } = await git.createCommit({ ...REPOSITORY, message: 'Add', tree: tree.data.sha, parents: [main] });
    await git.getCommit({ ...REPOSITORY, commit_sha: commit.sha });
    await git.createTag({ ...REPOSITORY, tag: 'model/a@v1', message: 'one', object: commit.sha, type: 'commit' });
    await git.createRef({ ...REPOSITORY, ref: 'refs/heads/work', sha: main });
    await git.updateRef({ ...REPOSITORY, ref: 'heads/work', sha: commit.sha, force: false });
    await git.listMatchingRefs({ ...REPOSITORY, ref: 'heads/' });
    await repos.getContent({ ...REPOSITORY, path: 'docs/a.txt', ref: 'work' });
    await repos.getContent({ ...REPOSITORY, path: '' });
    await repos.getContent({ ...REPOSITORY, path: 'models' });
    await repos.getCommit({ ...REPOSITORY, ref: 'work' });
    await repos.listCommits({ ...REPOSITORY, sha: 'work', path: 'docs/a.txt' });
    await repos.compareCommitsWithBasehead({ ...REPOSITORY, basehead: 'main...work' });
    await git.createRef({ ...REPOSITORY, ref: 'refs/heads/gone', sha: main });
    await git.deleteRef({ ...REPOSITORY, ref: 'heads/gone' });

    expect(
      await refusals(
        git.createRef({ ...REPOSITORY, ref: 'refs/heads/work', sha: main }),
        git.updateRef({ ...REPOSITORY, ref: 'heads/work', sha: main, force: false }),
        git.getRef({ ...REPOSITORY, ref: 'heads/gone' }),
        git.createCommit({ ...REPOSITORY, message: 'x', tree: main, parents: ['0'.repeat(40)] }),
        repos.getContent({ ...REPOSITORY, path: 'nothing.txt' }),
      ),
    ).toEqual([422, 422, 404, 422, 404]);
  });

  it('as pull requests, reviews, checks and a merge', async () => {
    expect(await askForPullRequests(world)).toEqual([404, 405, 422, 404, 422, 422]);
  });

  it('as workflows, runs, jobs and artifacts', async () => {
    const { bot } = world;
    const { actions } = bot.rest;
    const file = { ...REPOSITORY, workflow_id: 'gate.yml' };
    const route = 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches';
    await actions.listRepoWorkflows({ ...REPOSITORY });
    await actions.getWorkflow(file);
    await actions.enableWorkflow(file);
    await actions.createWorkflowDispatch({ ...file, ref: 'main', inputs: { pr: '1' } });
    const { data } = await bot.request(route, { ...file, ref: 'main', inputs: { pr: '2' }, return_run_details: true });
    const run = { ...REPOSITORY, run_id: (data as unknown as { workflow_run_id: number }).workflow_run_id };
    const service = world.test.sandbox.actions;
    service.updateRun(run.run_id, { status: 'in_progress', name: 'gate' });
    const { jobId } = service.createJobCheck(run.run_id, { name: 'gate' });
    service.updateJob(jobId, { steps: [{ name: 'Evaluate', number: 1, status: 'completed', conclusion: 'success' }] });
    service.appendLog(jobId, 'one\n');
    const running = await actions.listJobsForWorkflowRun(run);
    service.completeJobCheck(jobId, { conclusion: 'success', summary: '## Passed' });
    service.updateRun(run.run_id, { status: 'completed', conclusion: 'success' });
    mkdirSync(join(world.test.folder, 'out'));
    writeFileSync(join(world.test.folder, 'out/verdict.json'), '{}');
    const { id: artifact_id } = service.storeArtifact(run.run_id, 'gate-verdict', { folder: join(world.test.folder, 'out') });

    await actions.listWorkflowRuns({ ...file, branch: 'main', event: 'workflow_dispatch', status: 'completed', per_page: 30 });
    await actions.listWorkflowRunsForRepo({ ...REPOSITORY });
    await actions.getWorkflowRun(run);
    await actions.listWorkflowRunArtifacts({ ...run, name: 'gate-verdict' });
    await actions.getJobForWorkflowRun({ ...REPOSITORY, job_id: jobId });
    const log = await actions.downloadJobLogsForWorkflowRun({ ...REPOSITORY, job_id: jobId });
    await actions.listArtifactsForRepo({ ...REPOSITORY });
    await actions.getArtifact({ ...REPOSITORY, artifact_id });
    const zip = await actions.downloadArtifact({ ...REPOSITORY, artifact_id, archive_format: 'zip' });
    await bot.rest.repos.createDispatchEvent({ ...REPOSITORY, event_type: 'data-arrived', client_payload: { week: 7 } });

    expect(running.data.jobs[0]?.steps).toHaveLength(1);
    expect(log.data).toBe('one\n');
    expect(
      Buffer.from(zip.data as ArrayBuffer)
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect(
      await refusals(
        actions.createWorkflowDispatch({ ...file, ref: 'main', inputs: { unknown: 'x' } }),
        actions.getWorkflowRun({ ...REPOSITORY, run_id: 1 }),
        world.as('reader').rest.actions.createWorkflowDispatch({ ...file, ref: 'main', inputs: { pr: '1' } }),
      ),
    ).toEqual([422, 404, 403]);
  });

  it('as deployments, Pages, releases, variables and deliveries', async () => {
    expect(await askForDeployments(world)).toEqual([404, 422, 401]);
  });
});

describe('the contract', () => {
  it('covers every operation of the sandbox, and each was asked for', () => {
    const served = allRoutes().filter(({ path }) => !SANDBOX_ONLY_PATHS.includes(path));
    const described = new Set(contract.operations.map(({ method, path }) => `${method} ${operationPath(path)}`));

    expect(served.map(({ method, path }) => `${method} ${operationPath(path)}`).filter((route) => !described.has(route))).toEqual([]);
    expect(contract.operations.length).toBeGreaterThanOrEqual(90);
    expect(contract.operations.map(({ id }) => id).filter((id) => !world.recorder.called.has(id))).toEqual([]);
  });

  it('is kept, but for the known differences', () => {
    const differences = world.recorder.differences();

    expect(unexplained(differences, REST_DIFFERENCES)).toEqual([]);
    expect(unused(differences, REST_DIFFERENCES)).toEqual([]);
  });
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readZip, writeZip } from '../../../bot/sandbox/actions/zip.ts';
import { openTestSandbox, REPOSITORY, refusalOf, type TestSandbox } from '../../fakes/open-test-sandbox.ts';

let test: TestSandbox;

beforeAll(async () => {
  test = await openTestSandbox();
});

afterAll(() => test.close());

function newRun(sha = test.sandbox.firstCommit) {
  return test.sandbox.actions.createRun({
    workflowPath: '.github/workflows/gate.yml',
    event: 'workflow_dispatch',
    headBranch: 'main',
    headSha: sha,
    actor: 'holdfast[bot]',
  });
}

describe('runs and jobs', () => {
  it('are check runs of github-actions, with steps, log and summary', async () => {
    const { actions } = test.sandbox;
    const runId = newRun();
    actions.updateRun(runId, { status: 'in_progress', name: 'gate' });
    const { jobId, checkRunId } = actions.createJobCheck(runId, { name: 'gate' });
    actions.updateJob(jobId, { steps: [{ name: 'Evaluate', number: 1, status: 'completed', conclusion: 'success' }] });
    actions.appendLog(jobId, 'one\n');
    actions.appendLog(jobId, 'two\n');
    const pending = await test.bot.rest.checks.get({ ...REPOSITORY, check_run_id: checkRunId });
    actions.completeJobCheck(jobId, { conclusion: 'success', summary: '## Passed' });
    actions.updateRun(runId, { status: 'completed', conclusion: 'success' });

    const checks = await test.bot.rest.checks.listForRef({ ...REPOSITORY, ref: 'main', check_name: 'gate' });
    const run = await test.bot.rest.actions.getWorkflowRun({ ...REPOSITORY, run_id: runId });
    const jobs = await test.bot.rest.actions.listJobsForWorkflowRun({ ...REPOSITORY, run_id: runId });
    const log = await test.bot.rest.actions.downloadJobLogsForWorkflowRun({ ...REPOSITORY, job_id: jobId });
    const page = await (await fetch(`${test.sandbox.repositoryUrl}/actions/runs/${runId}`)).text();

    expect(pending.data.status).toBe('in_progress');
    expect(checks.data.check_runs[0]).toMatchObject({
      conclusion: 'success',
      app: { slug: 'github-actions' },
      output: { summary: '## Passed' },
    });
    expect(run.data).toMatchObject({ status: 'completed', conclusion: 'success', event: 'workflow_dispatch' });
    expect(jobs.data.jobs[0]?.steps).toHaveLength(1);
    expect(log.data).toBe('one\ntwo\n');
    expect(page).toContain('<h2>Passed</h2>');
  });

  it('hand out artifacts as zips with their digest', async () => {
    const { actions } = test.sandbox;
    const runId = newRun();
    const folder = join(test.folder, 'report');
    mkdirSync(join(folder, 'deep'), { recursive: true });
    writeFileSync(join(folder, 'deep', 'a.json'), '{"a":1}\n');

    const stored = actions.storeArtifact(runId, 'report', { folder });
    const list = await test.bot.rest.actions.listWorkflowRunArtifacts({ ...REPOSITORY, run_id: runId, name: 'report' });
    const zip = await test.bot.rest.actions.downloadArtifact({ ...REPOSITORY, artifact_id: stored.id, archive_format: 'zip' });
    actions.extractArtifact(runId, 'report', join(test.folder, 'out'));

    expect(list.data.artifacts[0]).toMatchObject({ digest: stored.digest, size_in_bytes: stored.sizeInBytes });
    const entries = readZip(new Uint8Array(zip.data as ArrayBuffer));
    expect(entries.map((entry) => [entry.path, Buffer.from(entry.bytes).toString('utf8')])).toEqual([['deep/a.json', '{"a":1}\n']]);
    expect(readFileSync(join(test.folder, 'out', 'deep', 'a.json'), 'utf8')).toBe('{"a":1}\n');
    expect(() => actions.storeArtifact(runId, 'report', { folder })).toThrow('already has an artifact');
  });

  it('give tokens of exactly the permissions of the job, which approve nothing', async () => {
    const { actions } = test.sandbox;
    const token = actions.mintJobToken(newRun(), { contents: 'read', 'pull-requests': 'write' });
    const job = test.withToken(token);
    await test.branch('job', { 'j.txt': 'j' });
    const { data: pull } = await test.bot.rest.pulls.create({ ...REPOSITORY, title: 'job', head: 'job', base: 'main' });

    const comment = await job.rest.issues.createComment({ ...REPOSITORY, issue_number: pull.number, body: 'from a job' });
    const write = await refusalOf(job.rest.git.createRef({ ...REPOSITORY, ref: 'refs/heads/x', sha: test.sandbox.firstCommit }));
    const approve = await refusalOf(job.rest.pulls.createReview({ ...REPOSITORY, pull_number: pull.number, event: 'APPROVE' }));
    actions.revokeJobToken(token);
    const revoked = await refusalOf(job.rest.repos.get(REPOSITORY));

    expect(comment.data.user?.login).toBe('github-actions[bot]');
    expect([write.status, approve.status, revoked.status]).toEqual([403, 422, 401]);
  });

  it('publish a site, in process and by REST with the id token of their own run', async () => {
    const { actions, pagesUrl } = test.sandbox;
    const runId = newRun();
    const site = join(test.folder, 'site');
    mkdirSync(join(site, 'models'), { recursive: true });
    writeFileSync(join(site, 'index.html'), '<p>first</p>');
    writeFileSync(join(site, 'models', 'index.html'), '<p>models</p>');

    const address = actions.publishPages(runId, site);
    const first = await (await fetch(pagesUrl)).text();
    const inner = await fetch(`${pagesUrl}models`);
    const outside = await fetch(`${pagesUrl}..%2f..%2frepository.git%2fconfig`);
    const stored = actions.storeArtifact(runId, 'github-pages', writeZip([{ path: 'index.html', bytes: Buffer.from('<p>second</p>') }]));
    const job = test.withToken(actions.mintJobToken(runId, { pages: 'write', 'id-token': 'write' }));
    const deployment = { ...REPOSITORY, artifact_id: stored.id, pages_build_version: test.sandbox.firstCommit };
    const foreign = await refusalOf(
      job.rest.repos.createPagesDeployment({ ...deployment, oidc_token: actions.mintIdToken(newRun(), 'github-pages') }),
    );
    await job.rest.repos.createPagesDeployment({ ...deployment, oidc_token: actions.mintIdToken(runId, 'github-pages') });

    expect(address).toBe(pagesUrl);
    expect(first).toBe('<p>first</p>');
    expect([inner.status, inner.url, outside.status]).toEqual([200, `${pagesUrl}models/`, 404]);
    expect(foreign.status).toBe(400);
    expect(await (await fetch(pagesUrl)).text()).toBe('<p>second</p>');
  });
});

describe('zip', () => {
  it('refuses paths that leave the folder and damaged bytes', () => {
    const evil = writeZip([{ path: '../evil', bytes: Buffer.from('x') }]);
    const good = writeZip([{ path: 'good.txt', bytes: Buffer.from('content') }]);
    const damaged = Buffer.from(good);
    damaged[40] = (damaged[40] ?? 0) ^ 0xff;

    expect(() => readZip(evil)).toThrow('unsafe path');
    expect(() => readZip(damaged)).toThrow('damaged');
    expect(() => readZip(Buffer.from('no zip'))).toThrow('not a zip');
  });
});

import examples from '@octokit/webhooks-examples';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Trigger } from '../../../bot/sandbox/actions-service.ts';
import { openTestSandbox, REPOSITORY, type TestSandbox, WEBHOOK_SECRET } from '../../fakes/open-test-sandbox.ts';
import { openWebhookInbox } from '../../fakes/webhook-inbox.ts';

let test: TestSandbox;
let inbox: Awaited<ReturnType<typeof openWebhookInbox>>;

beforeAll(async () => {
  test = await openTestSandbox();
  inbox = await openWebhookInbox(WEBHOOK_SECRET);
  test.sandbox.setWebhookUrl(inbox.url);
});

beforeEach(async () => {
  await test.sandbox.settled();
  inbox.received.length = 0;
});

afterAll(async () => {
  await test.close();
  inbox.close();
});

function names() {
  return inbox.received.map((one) => (typeof one.payload['action'] === 'string' ? `${one.name}.${one.payload['action']}` : one.name));
}

/** Keys that a payload of GitHub has and ours lacks, at the first level of one object. */
function missingKeys(event: string, action: string, key: string): readonly string[] {
  type Example = Readonly<Record<string, unknown>>;
  const list = examples as unknown as readonly { name: string; examples: readonly Example[] }[];
  const example = list.find((one) => one.name === event)?.examples.find((one) => one['action'] === action);
  const ours = inbox.received.find((one) => one.name === event && one.payload['action'] === action);
  if (example === undefined || ours === undefined) throw new Error(`no ${event}.${action} to compare`);
  const theirs = Object.keys(example[key] as Example);
  return theirs.filter((name) => !Object.hasOwn(ours.payload[key] as Example, name));
}

describe('webhooks', () => {
  it('are signed, in order, and name repository, installation and sender', async () => {
    test.sandbox.announceInstallation();
    const { data: issue } = await test.bot.rest.issues.create({ ...REPOSITORY, title: 'one', labels: ['holdfast'] });
    await test.as('approver').rest.issues.createComment({ ...REPOSITORY, issue_number: issue.number, body: '/holdfast status' });
    await test.bot.rest.issues.update({ ...REPOSITORY, issue_number: issue.number, state: 'closed' });
    await test.sandbox.settled();

    expect(names()).toEqual(['installation.created', 'issues.opened', 'issues.labeled', 'issue_comment.created', 'issues.closed']);
    expect(inbox.received.every((one) => one.verified)).toBe(true);
    expect(new Set(inbox.received.map((one) => one.id)).size).toBe(5);
    for (const { payload } of inbox.received)
      expect(payload).toMatchObject({ repository: { full_name: 'acme/models' }, installation: { id: test.sandbox.installationId } });
    expect(inbox.received[3]?.payload).toMatchObject({
      sender: { login: 'approver', type: 'User' },
      comment: { body: '/holdfast status' },
    });
    // `draft` belongs to pull requests; old examples carry it on issues too.
    expect(missingKeys('issues', 'opened', 'issue').filter((key) => key !== 'draft')).toEqual([]);
    expect(missingKeys('issue_comment', 'created', 'comment')).toEqual([]);
  });

  it('tell of branches, pull requests, checks and merges', async () => {
    const head = await test.branch('told', { 'a.txt': 'a' });
    const { data: pull } = await test.bot.rest.pulls.create({ ...REPOSITORY, title: 'told', head: 'told', base: 'main' });
    await test.bot.rest.checks.create({ ...REPOSITORY, name: 'gate', head_sha: head, conclusion: 'success' });
    const approver = test.as('approver');
    await approver.rest.pulls.createReview({ ...REPOSITORY, pull_number: pull.number, event: 'APPROVE' });
    await approver.rest.pulls.merge({ ...REPOSITORY, pull_number: pull.number });
    await test.sandbox.settled();

    expect(names()).toEqual(
      expect.arrayContaining([
        'create',
        'push',
        'pull_request.opened',
        'check_run.created',
        'check_run.completed',
        'pull_request_review.submitted',
        'pull_request.closed',
      ]),
    );
    const pushes = inbox.received.filter((one) => one.name === 'push');
    expect(pushes.at(-1)?.payload).toMatchObject({ ref: 'refs/heads/main', forced: false, sender: { login: 'approver' } });
    expect(pushes[1]?.payload).toMatchObject({ commits: [{ added: ['a.txt'], removed: [], modified: [] }] });
    expect(missingKeys('pull_request', 'opened', 'pull_request')).toEqual([]);
  });

  it('are never sent again by themselves, but on request under the same guid', async () => {
    inbox.answer.status = 500;
    await test.bot.rest.issues.create({ ...REPOSITORY, title: 'lost' });
    await test.sandbox.settled();
    const app = test.withToken(((await test.bot.auth({ type: 'app' })) as { token: string }).token);
    const failed = (await app.rest.apps.listWebhookDeliveries()).data.filter((delivery) => delivery.status_code === 500);
    inbox.answer.status = 200;

    await app.rest.apps.redeliverWebhookDelivery({ delivery_id: failed[0]?.id ?? 0 });
    await test.sandbox.settled();

    expect(failed).toHaveLength(1);
    expect(inbox.received.map((one) => one.id)).toEqual([failed[0]?.guid, failed[0]?.guid]);
    const after = (await app.rest.apps.listWebhookDeliveries()).data.filter((delivery) => delivery.guid === failed[0]?.guid);
    expect(after.map((delivery) => [delivery.redelivery, delivery.status_code])).toEqual([
      [true, 200],
      [false, 500],
    ]);
  });
});

describe('triggers of workflows', () => {
  it('follow pushes, pull requests and dispatches, and not the events of GITHUB_TOKEN', async () => {
    const heard: Trigger[] = [];
    const stop = test.sandbox.actions.onTrigger((trigger) => heard.push(trigger));
    await test.branch('heard', { 'h.txt': 'h' });
    await test.bot.rest.pulls.create({ ...REPOSITORY, title: 'heard', head: 'heard', base: 'main' });
    const dispatched = await test.bot.request('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', {
      ...REPOSITORY,
      workflow_id: 'gate.yml',
      ref: 'heard',
      inputs: { pr: '7' },
      return_run_details: true,
    });
    const token = test.sandbox.actions.mintJobToken((dispatched.data as { workflow_run_id: number }).workflow_run_id, {
      contents: 'write',
    });
    await test.withToken(token).rest.git.createRef({ ...REPOSITORY, ref: 'refs/heads/by-job', sha: test.sandbox.firstCommit });
    await new Promise((resolve) => setImmediate(resolve));
    stop();

    expect(heard.map((one) => `${one.event} ${one.ref}`)).toEqual([
      'push refs/heads/heard',
      'push refs/heads/heard',
      expect.stringMatching(/^pull_request refs\/pull\/\d+\/merge$/),
      'workflow_dispatch refs/heads/heard',
    ]);
    expect(heard.at(-1)).toMatchObject({
      inputs: { pr: '7', mode: 'fast' },
      runId: expect.any(Number),
      workflowPath: '.github/workflows/gate.yml',
      actor: 'holdfast[bot]',
    });
  });

  it('refuse wrong inputs and workflows without the trigger', async () => {
    const dispatch = (workflow_id: string, inputs: Record<string, string>) =>
      test.bot.rest.actions.createWorkflowDispatch({ ...REPOSITORY, workflow_id, ref: 'main', inputs });

    await expect(dispatch('gate.yml', {})).rejects.toThrow("Required input 'pr' not provided");
    await expect(dispatch('gate.yml', { pr: '1', x: 'y' })).rejects.toThrow('Unexpected inputs provided: ["x"]');
    await expect(dispatch('gate.yml', { pr: '1', mode: 'slow' })).rejects.toThrow("'slow'");
    await expect(dispatch('ci.yml', {})).rejects.toThrow("does not have 'workflow_dispatch' trigger");
    await expect(dispatch('nothing.yml', {})).rejects.toMatchObject({ status: 404 });
  });
});

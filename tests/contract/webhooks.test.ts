import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContractWorld, openContractWorld } from '../fakes/contract-world.ts';
import { COMMIT_MUTATION, commitInput, REPOSITORY, WEBHOOK_SECRET } from '../fakes/open-test-sandbox.ts';
import { openWebhookInbox } from '../fakes/webhook-inbox.ts';
import { askForDeployments } from './ask-for-deployments.ts';
import { askForPullRequests } from './ask-for-pull-requests.ts';
import { readRestContract, readWebhookContract } from './contract.ts';
import { WEBHOOK_DIFFERENCES } from './known-differences.ts';
import type { Difference } from './open-judge.ts';
import { openValidator } from './open-validator.ts';
import { WEBHOOK_NAMES } from './webhook-names.ts';
import { unexplained, unused } from './weigh-differences.ts';

const contract = readWebhookContract();
const validate = openValidator(contract.schemas);

let world: ContractWorld;
let inbox: Awaited<ReturnType<typeof openWebhookInbox>>;

beforeAll(async () => {
  world = await openContractWorld(readRestContract());
  inbox = await openWebhookInbox(WEBHOOK_SECRET);
  world.test.sandbox.setWebhookUrl(inbox.url);
});

afterAll(async () => {
  await world.test.close();
  inbox.close();
});

type Payload = Readonly<Record<string, unknown>>;

/** The key of an event in the contract. A repository dispatch carries the sender's own word as its action. */
function keyOf(name: string, payload: Payload): string {
  return typeof payload['action'] === 'string' && name !== 'repository_dispatch' ? `${name}.${payload['action']}` : name;
}

function differencesOf(operation: string, payload: Payload): readonly Difference[] {
  const schema = contract.events[operation];
  if (schema === undefined) return [{ operation, problem: 'is not in the contract' }];
  return validate(operation, schema, payload).map((problem) => ({ operation, problem }));
}

async function talk(): Promise<void> {
  const { issues } = world.bot.rest;
  const { data: issue } = await issues.create({ ...REPOSITORY, title: 'Drift', body: 'why', labels: ['holdfast'], assignees: ['boss'] });
  const one = { ...REPOSITORY, issue_number: issue.number };
  const { data: comment } = await world.as('approver').rest.issues.createComment({ ...one, body: '/holdfast status' });
  const said = { ...REPOSITORY, comment_id: comment.id };
  await issues.updateComment({ ...said, body: 'edited' });
  await issues.deleteComment(said);
  await issues.update({ ...one, title: 'Drifted', body: 'because' });
  await issues.removeLabel({ ...one, name: 'holdfast' });
  await issues.update({ ...one, state: 'closed', state_reason: 'completed' });
  await issues.update({ ...one, state: 'open' });
}

async function change(): Promise<void> {
  const { git, issues, pulls } = world.bot.rest;
  const head = await world.test.branch('told', { 'a.txt': 'a' });
  const { data: pull } = await pulls.create({ ...REPOSITORY, title: 'told', head: 'told', base: 'main' });
  const one = { ...REPOSITORY, pull_number: pull.number };
  await issues.addLabels({ ...REPOSITORY, issue_number: pull.number, labels: ['retraining'] });
  await issues.createComment({ ...REPOSITORY, issue_number: pull.number, body: 'on a pull request' });
  await pulls.update({ ...one, title: 'told again', body: 'more' });
  await world.bot.graphql(COMMIT_MUTATION, commitInput('told', head, { 'b.txt': 'b' }));
  for (const verb of ['convertPullRequestToDraft', 'markPullRequestReadyForReview'])
    await world.bot.graphql(`mutation ($id: ID!) { ${verb}(input: { pullRequestId: $id }) { clientMutationId } }`, { id: pull.node_id });
  await pulls.update({ ...one, state: 'closed' });
  await pulls.update({ ...one, state: 'open' });
  await git.createRef({ ...REPOSITORY, ref: 'refs/tags/model/a@v1', sha: head });
  await git.deleteRef({ ...REPOSITORY, ref: 'heads/told' });
}

async function work(): Promise<void> {
  const { actions } = world.test.sandbox;
  const { data } = await world.bot.request('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', {
    ...REPOSITORY,
    workflow_id: 'gate.yml',
    ref: 'main',
    inputs: { pr: '1' },
    return_run_details: true,
  });
  const runId = (data as unknown as { workflow_run_id: number }).workflow_run_id;
  actions.updateRun(runId, { status: 'in_progress', name: 'gate' });
  const { jobId } = actions.createJobCheck(runId, { name: 'gate' });
  actions.completeJobCheck(jobId, { conclusion: 'success', summary: 'fine' });
  actions.updateRun(runId, { status: 'completed', conclusion: 'success' });
  await world.bot.rest.repos.createDispatchEvent({ ...REPOSITORY, event_type: 'data-arrived', client_payload: { week: 7 } });
}

describe('webhooks, held against what GitHub publishes', () => {
  it('are sent for everything that happens', async () => {
    world.test.sandbox.announceInstallation();
    await talk();
    await change();
    await work();
    await askForPullRequests(world);
    await askForDeployments(world);
    await world.test.sandbox.settled();

    const sent = new Set(inbox.received.map(({ name, payload }) => keyOf(name, payload)));

    expect(Object.keys(contract.events).filter((event) => !sent.has(event))).toEqual([]);
    expect(inbox.received.every(({ verified }) => verified)).toBe(true);
  });

  it('keep the contract, but for the known differences', () => {
    const differences = inbox.received.flatMap(({ name, payload }) => differencesOf(keyOf(name, payload), payload));

    expect(inbox.received.length).toBeGreaterThanOrEqual(50);
    expect([...new Set(unexplained(differences, WEBHOOK_DIFFERENCES))]).toEqual([]);
    expect(unused(differences, WEBHOOK_DIFFERENCES)).toEqual([]);
  });

  it('would be found out for a missing, a wrong and an invented key', () => {
    const { payload = {} } = inbox.received.find(({ name }) => name === 'issue_comment') ?? {};
    const { comment, ...without } = payload;
    const planted = { ...payload, comment: { ...(comment as object), body: 7 } };

    expect(differencesOf('issue_comment.created', without).map(({ problem }) => problem)).toContain('/comment is missing');
    expect(differencesOf('issue_comment.created', planted).map(({ problem }) => problem)).toContain('/comment/body must be string');
    expect(differencesOf('issue_comment.created', { ...payload, sendr: {} }).map(({ problem }) => problem)).toContain(
      '/sendr is not described',
    );
    expect(differencesOf('issues.renamed', payload)).toEqual([{ operation: 'issues.renamed', problem: 'is not in the contract' }]);
  });

  it('are all described by the contract', () => {
    expect(Object.keys(contract.events).sort()).toEqual(Object.keys(WEBHOOK_NAMES).sort());
  });
});

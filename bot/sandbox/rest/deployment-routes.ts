import { ApiError, notFound } from '../http/api-error.ts';
import { anything, flag, listOf, oneOf, orNull, required, text } from '../http/body-shape.ts';
import { type Answer, actorOf, type Call, created, get, ok, type Right, type Route } from '../http/call.ts';
import { paginate } from '../http/paginate.ts';
import { accountJson, type Json, nodeId, repositoryApi } from '../json/account-json.ts';
import type { Deployment, DeploymentStatus } from '../store/work-entities.ts';
import { resolveCommit } from './resolve-commit.ts';

const BASE = '/repos/{owner}/{repo}';
const READ: Right = [['deployments', 'read']];
const WRITE: Right = [['deployments', 'write']];
const STATES = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success'] as const;

export function deploymentRoutes(): readonly Route[] {
  const fresh = {
    ref: required(text()),
    task: text(),
    auto_merge: flag(),
    required_contexts: listOf(text()),
    payload: anything(),
    environment: text(),
    description: orNull(text(140)),
    transient_environment: flag(),
    production_environment: flag(),
  };
  const status = {
    state: required(oneOf(...STATES)),
    target_url: text(),
    log_url: text(),
    description: text(140),
    environment: text(),
    environment_url: text(),
    auto_inactive: flag(),
  };
  return [
    get(`${BASE}/deployments`, READ, listDeployments),
    { method: 'POST', path: `${BASE}/deployments`, right: WRITE, body: fresh, run: createDeployment },
    get(`${BASE}/deployments/{deployment_id}`, READ, (call) => ok(deploymentJson(call, deploymentAsked(call)))),
    get(`${BASE}/deployments/{deployment_id}/statuses`, READ, listStatuses),
    { method: 'POST', path: `${BASE}/deployments/{deployment_id}/statuses`, right: WRITE, body: status, run: createStatus },
  ];
}

function listDeployments(call: Call): Promise<Answer> {
  const is = (key: string, value: string) => call.query.get(key) === null || call.query.get(key) === value;
  const rows = call.world.deployments.filter(
    (row) => is('environment', row.environment) && is('ref', row.ref) && is('sha', row.sha) && is('task', row.task),
  );
  return paginate(call, [...rows].reverse(), (row) => deploymentJson(call, row));
}

async function createDeployment(call: Call): Promise<Answer> {
  const { world, body } = call;
  // The defaults bite on GitHub (the default branch is merged into the ref, all checks are required): here they must be written out.
  if (body['auto_merge'] !== false || !Array.isArray(body['required_contexts']))
    throw new ApiError(409, "The sandbox wants auto_merge: false and required_contexts written out: GitHub's defaults merge and wait.");
  const ref = String(body['ref']);
  const environment = (body['environment'] as string | undefined) ?? 'production';
  const row = world.deployments.put({
    id: world.nextId(),
    ref,
    sha: await resolveCommit(world, ref),
    task: (body['task'] as string | undefined) ?? 'deploy',
    environment,
    description: (body['description'] as string | null) ?? null,
    payload: body['payload'] ?? {},
    productionEnvironment: (body['production_environment'] as boolean | undefined) ?? environment === 'production',
    creator: actorOf(call),
    createdAt: world.now(),
  });
  const json = deploymentJson(call, row);
  world.emit({
    event: 'deployment',
    action: 'created',
    actor: row.creator,
    payload: { action: 'created', deployment: json, workflow: null, workflow_run: null },
  });
  return created(json);
}

function deploymentAsked(call: Call): Deployment {
  const row = call.world.deployments.get(Number(call.params['deployment_id']));
  if (row === null) throw notFound();
  return row;
}

function listStatuses(call: Call): Promise<Answer> {
  const { id } = deploymentAsked(call);
  return paginate(call, [...call.world.deploymentStatuses.filter((row) => row.deploymentId === id)].reverse(), (row) =>
    statusJson(call, row),
  );
}

function createStatus(call: Call): Answer {
  const { world, body } = call;
  const deployment = deploymentAsked(call);
  const row = world.deploymentStatuses.put({
    id: world.nextId(),
    deploymentId: deployment.id,
    state: String(body['state']),
    description: (body['description'] as string | undefined) ?? '',
    logUrl: (body['log_url'] as string | undefined) ?? (body['target_url'] as string | undefined) ?? '',
    environmentUrl: (body['environment_url'] as string | undefined) ?? '',
    creator: actorOf(call),
    createdAt: world.now(),
  });
  if (row.state === 'success' && body['auto_inactive'] !== false) retireOthers(call, deployment);
  const json = statusJson(call, row);
  world.emit({
    event: 'deployment_status',
    action: 'created',
    actor: row.creator,
    payload: { action: 'created', deployment_status: json, deployment: deploymentJson(call, deployment) },
  });
  return created(json);
}

/** A success makes the earlier deployments to the same environment inactive. */
function retireOthers(call: Call, deployment: Deployment): void {
  const { world } = call;
  for (const other of world.deployments.filter((row) => row.environment === deployment.environment && row.id < deployment.id)) {
    const last = world.deploymentStatuses.filter((row) => row.deploymentId === other.id).at(-1);
    if (last?.state === 'success') world.deploymentStatuses.put({ ...last, id: world.nextId(), state: 'inactive', createdAt: world.now() });
  }
}

function deploymentJson(call: Call, row: Deployment): Json {
  const url = `${repositoryApi(call.world)}/deployments/${row.id}`;
  return {
    url,
    id: row.id,
    node_id: nodeId('DE', row.id),
    sha: row.sha,
    ref: row.ref,
    task: row.task,
    payload: row.payload,
    original_environment: row.environment,
    environment: row.environment,
    description: row.description,
    creator: accountJson(call.world, row.creator),
    created_at: row.createdAt,
    updated_at: row.createdAt,
    statuses_url: `${url}/statuses`,
    repository_url: repositoryApi(call.world),
    transient_environment: false,
    production_environment: row.productionEnvironment,
  };
}

function statusJson(call: Call, row: DeploymentStatus): Json {
  const deployment = call.world.deployments.get(row.deploymentId);
  const url = `${repositoryApi(call.world)}/deployments/${row.deploymentId}`;
  return {
    url: `${url}/statuses/${row.id}`,
    id: row.id,
    node_id: nodeId('DES', row.id),
    state: row.state,
    creator: accountJson(call.world, row.creator),
    description: row.description,
    environment: deployment?.environment ?? '',
    target_url: row.logUrl,
    created_at: row.createdAt,
    updated_at: row.createdAt,
    deployment_url: url,
    repository_url: repositoryApi(call.world),
    environment_url: row.environmentUrl,
    log_url: row.logUrl,
  };
}

import type { Conclusion, NewRun, RunStatus } from '../actions-service.ts';
import { ensureSuite } from '../domain/put-check.ts';
import { repositoryApi, repositoryWeb } from '../json/account-json.ts';
import { runJson } from '../json/run-json.ts';
import type { WorkflowRun } from '../store/work-entities.ts';
import type { World } from '../store/world.ts';

/** Numeric id of a workflow file; the same for the life of the sandbox. */
export function workflowIdOf(world: World, path: string): number {
  const known = world.workflowIds.get(path);
  if (known !== undefined) return known;
  const id = world.nextId();
  world.workflowIds.set(path, id);
  return id;
}

export function createRun(world: World, run: NewRun): WorkflowRun {
  const now = world.now();
  const workflowId = workflowIdOf(world, run.workflowPath);
  const row = world.runs.put({
    id: world.nextId(),
    runNumber: world.runs.filter((one) => one.workflowId === workflowId).length + 1,
    workflowId,
    workflowPath: run.workflowPath,
    name: run.workflowPath,
    title: run.title ?? run.workflowPath,
    event: run.event,
    headBranch: run.headBranch,
    headSha: run.headSha,
    actor: run.actor,
    status: 'queued',
    conclusion: null,
    suiteId: ensureSuite(world, 'github-actions', run.headSha).id,
    pullRequests: run.pullRequests ?? [],
    createdAt: now,
    updatedAt: now,
  });
  announceRun(world, row, 'requested');
  return row;
}

export function updateRun(
  world: World,
  runId: number,
  change: { status?: RunStatus; conclusion?: Conclusion; name?: string; title?: string },
): void {
  const before = runOf(world, runId);
  const next = world.runs.put({ ...before, ...change, updatedAt: world.now() });
  if (next.status === 'completed' && next.conclusion === null) throw new Error(`run ${runId} completes without a conclusion`);
  if (next.status === before.status) return;
  if (next.status === 'in_progress' || next.status === 'completed') announceRun(world, next, next.status);
}

export function runOf(world: World, runId: number): WorkflowRun {
  const run = world.runs.get(runId);
  if (run === null) throw new Error(`there is no workflow run ${runId}`);
  return run;
}

export function workflowJson(world: World, path: string, name: string) {
  const id = workflowIdOf(world, path);
  const { createdAt } = world.settings;
  return {
    id,
    node_id: `W_${id}`,
    name,
    path,
    state: 'active',
    created_at: createdAt,
    updated_at: createdAt,
    url: `${repositoryApi(world)}/actions/workflows/${id}`,
    html_url: `${repositoryWeb(world)}/blob/main/${path}`,
    badge_url: `${repositoryWeb(world)}/${path}/badge.svg`,
  };
}

function announceRun(world: World, run: WorkflowRun, action: string): void {
  const payload = { action, workflow_run: runJson(world, run), workflow: workflowJson(world, run.workflowPath, run.name) };
  world.emit({ event: 'workflow_run', action, actor: run.actor, payload });
}

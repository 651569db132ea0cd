import { parse } from 'yaml';
import { runOf, workflowIdOf, workflowJson } from '../actions/run-records.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { flag, record, required, text } from '../http/body-shape.ts';
import { type Answer, type Call, get, noContent, ok, type Right, type Route } from '../http/call.ts';
import { paginateWrapped } from '../http/paginate.ts';
import { artifactJson, jobJson, runJson } from '../json/run-json.ts';
import type { Artifact, WorkflowRun } from '../store/work-entities.ts';
import type { World } from '../store/world.ts';
import { dispatchRepository, dispatchWorkflow } from './dispatches.ts';
import { redirectToStore } from './download-routes.ts';

const BASE = '/repos/{owner}/{repo}/actions';
const READ: Right = [['actions', 'read']];
const WRITE: Right = [['actions', 'write']];

export function workflowRoutes(): readonly Route[] {
  const dispatch = { ref: required(text()), inputs: record(), return_run_details: flag() };
  return [
    get(`${BASE}/workflows`, READ, listWorkflows),
    get(`${BASE}/workflows/{workflow_id}`, READ, oneWorkflow),
    { method: 'POST', path: `${BASE}/workflows/{workflow_id}/dispatches`, right: WRITE, body: dispatch, run: dispatchWorkflow },
    { method: 'PUT', path: `${BASE}/workflows/{workflow_id}/enable`, right: WRITE, body: null, run: enable },
    get(`${BASE}/workflows/{workflow_id}/runs`, READ, listRuns),
    get(`${BASE}/runs`, READ, listRuns),
    get(`${BASE}/runs/{run_id}`, READ, (call) => ok(runJson(call.world, runAsked(call)))),
    get(`${BASE}/runs/{run_id}/jobs`, READ, listJobs),
    get(`${BASE}/runs/{run_id}/artifacts`, READ, listArtifacts),
    get(`${BASE}/jobs/{job_id}`, READ, (call) => ok(jobJson(call.world, jobAsked(call)))),
    get(`${BASE}/jobs/{job_id}/logs`, READ, jobLog),
    get(`${BASE}/artifacts`, READ, listArtifacts),
    get(`${BASE}/artifacts/{artifact_id}`, READ, (call) => ok(artifactJson(call.world, artifactAsked(call)))),
    get(`${BASE}/artifacts/{artifact_id}/{archive_format}`, READ, downloadArtifact),
    {
      method: 'POST',
      path: '/repos/{owner}/{repo}/dispatches',
      right: [['contents', 'write']],
      body: { event_type: required(text(100)), client_payload: record() },
      run: dispatchRepository,
    },
  ];
}

/** Paths and names of the workflow files on the default branch. */
async function workflowsOf(world: World): Promise<readonly { path: string; name: string }[]> {
  const folder = await world.git.read('refs/heads/main:.github/workflows');
  const entries = folder === null ? [] : ((await world.git.tree(folder.oid)) ?? []);
  const files = entries.filter((entry) => /\.ya?ml$/.test(entry.name));
  return Promise.all(
    files.map(async (entry) => {
      const path = `.github/workflows/${entry.name}`;
      const parsed = parse((await world.git.read(entry.oid))?.content.toString('utf8') ?? '') as { name?: string } | null;
      return { path, name: parsed?.name ?? path };
    }),
  );
}

async function listWorkflows(call: Call): Promise<Answer> {
  const rows = await workflowsOf(call.world);
  return paginateWrapped(call, 'workflows', { rows, render: (row) => workflowJson(call.world, row.path, row.name) });
}

async function workflowAsked(call: Call): Promise<{ path: string; name: string }> {
  const asked = call.params['workflow_id'] ?? '';
  const rows = await workflowsOf(call.world);
  const found = rows.find(
    (row) => row.path === `.github/workflows/${asked}` || row.path === asked || String(workflowIdOf(call.world, row.path)) === asked,
  );
  if (found === undefined) throw notFound();
  return found;
}

async function oneWorkflow(call: Call): Promise<Answer> {
  const { path, name } = await workflowAsked(call);
  return ok(workflowJson(call.world, path, name));
}

async function enable(call: Call): Promise<Answer> {
  await workflowAsked(call);
  return noContent();
}

async function listRuns(call: Call): Promise<Answer> {
  const { world, query } = call;
  const path = call.params['workflow_id'] === undefined ? null : (await workflowAsked(call)).path;
  const is = (key: string, value: string | null) => query.get(key) === null || query.get(key) === value;
  const wanted = world.runs.filter(
    (run) =>
      (path === null || run.workflowPath === path) &&
      is('branch', run.headBranch) &&
      is('event', run.event) &&
      is('head_sha', run.headSha) &&
      is('actor', run.actor) &&
      (is('status', run.status) || is('status', run.conclusion)),
  );
  return paginateWrapped(call, 'workflow_runs', { rows: [...wanted].reverse(), render: (run) => runJson(world, run) });
}

function runAsked(call: Call): WorkflowRun {
  const id = Number(call.params['run_id']);
  if (call.world.runs.get(id) === null) throw notFound();
  return runOf(call.world, id);
}

function listJobs(call: Call): Promise<Answer> {
  const run = runAsked(call);
  const rows = call.world.jobs.filter((job) => job.runId === run.id);
  return paginateWrapped(call, 'jobs', { rows, render: (job) => jobJson(call.world, job) });
}

function jobAsked(call: Call) {
  const job = call.world.jobs.get(Number(call.params['job_id']));
  if (job === null) throw notFound();
  return job;
}

function jobLog(call: Call): Answer {
  return redirectToStore(call.world, 'logs', jobAsked(call).id);
}

function listArtifacts(call: Call): Promise<Answer> {
  const runId = call.params['run_id'] === undefined ? null : runAsked(call).id;
  const name = call.query.get('name');
  const rows = call.world.artifacts.filter(
    (artifact) => (runId === null || artifact.runId === runId) && (name === null || artifact.name === name),
  );
  return paginateWrapped(call, 'artifacts', { rows: [...rows].reverse(), render: (artifact) => artifactJson(call.world, artifact) });
}

function artifactAsked(call: Call): Artifact {
  const artifact = call.world.artifacts.get(Number(call.params['artifact_id']));
  if (artifact === null) throw notFound();
  return artifact;
}

function downloadArtifact(call: Call): Answer {
  if (call.principal.kind === 'anonymous') throw new ApiError(401, 'Requires authentication');
  if (call.params['archive_format'] !== 'zip') throw notFound();
  return redirectToStore(call.world, 'artifacts', artifactAsked(call).id);
}

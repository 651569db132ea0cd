import type { JobResult, StepState } from '../actions-service.ts';
import { putCheck } from '../domain/put-check.ts';
import { repositoryWeb } from '../json/account-json.ts';
import type { CheckRun, WorkflowJob } from '../store/work-entities.ts';
import type { World } from '../store/world.ts';
import { runOf } from './run-records.ts';

/** GitHub's limit of a check's summary, in bytes. */
const MAXIMUM_SUMMARY_BYTES = 65_535;

/** Records a job and the check run that stands for it. */
export function createJob(world: World, runId: number, job: { name: string; status?: 'queued' | 'in_progress' }): WorkflowJob {
  const run = runOf(world, runId);
  const id = world.nextId();
  const status = job.status ?? 'in_progress';
  const now = world.now();
  const check: CheckRun = {
    id: world.nextId(),
    suiteId: run.suiteId,
    app: 'github-actions',
    name: job.name,
    headSha: run.headSha,
    externalId: String(id),
    detailsUrl: `${repositoryWeb(world)}/actions/runs/${runId}#job-${id}`,
    status,
    conclusion: null,
    startedAt: now,
    completedAt: null,
    output: { title: null, summary: null, text: null, annotations: [] },
    actions: [],
  };
  const row = world.jobs.put({
    id,
    runId,
    checkRunId: check.id,
    name: job.name,
    status,
    conclusion: null,
    startedAt: now,
    completedAt: null,
    steps: [],
    log: '',
  });
  putCheck(world, check);
  return row;
}

export function updateJob(world: World, jobId: number, change: { status?: 'queued' | 'in_progress'; steps?: readonly StepState[] }): void {
  const job = world.jobs.put({ ...jobOf(world, jobId), ...change });
  if (change.status !== undefined) putCheck(world, { ...checkOf(world, job), status: change.status });
}

export function completeJob(world: World, jobId: number, result: JobResult): void {
  const now = world.now();
  const job = world.jobs.put({ ...jobOf(world, jobId), status: 'completed', conclusion: result.conclusion, completedAt: now });
  const check = checkOf(world, job);
  const output = { ...check.output, summary: cut(result.summary), annotations: result.annotations ?? [] };
  putCheck(world, { ...check, status: 'completed', conclusion: result.conclusion, completedAt: now, output });
}

export function appendLog(world: World, jobId: number, text: string): void {
  const job = jobOf(world, jobId);
  world.jobs.put({ ...job, log: job.log + text });
}

function jobOf(world: World, jobId: number): WorkflowJob {
  const job = world.jobs.get(jobId);
  if (job === null) throw new Error(`there is no job ${jobId}`);
  return job;
}

function checkOf(world: World, job: WorkflowJob): CheckRun {
  const check = world.checks.get(job.checkRunId);
  if (check === null) throw new Error(`job ${job.id} has no check run`);
  return check;
}

function cut(summary: string | undefined): string | null {
  if (summary === undefined || summary === '') return null;
  // A cut inside a character leaves a replacement character of three bytes, hence the margin.
  return Buffer.byteLength(summary) <= MAXIMUM_SUMMARY_BYTES
    ? summary
    : Buffer.from(summary)
        .subarray(0, MAXIMUM_SUMMARY_BYTES - 3)
        .toString('utf8');
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Conclusion, StepState } from '../actions-service.ts';
import { type ExpressionScope, evaluateCondition, interpolate, interpolateMap } from './evaluate-expression.ts';
import type { GithubContext } from './github-context.ts';
import { jobEnvironment, runnerContext } from './job-environment.ts';
import { makeJobFolders } from './job-folders.ts';
import { openJobLog } from './job-log.ts';
import { jobPermissions } from './job-permissions.ts';
import { type JobSession, stepScope } from './job-session.ts';
import { openJobState } from './job-state.ts';
import type { Workflow } from './read-workflow.ts';
import { runSteps, stepName } from './run-steps.ts';
import type { RunnerHost } from './runner-host.ts';
import type { Job } from './workflow-file.ts';

/** Machine-wide settings of the runner. */
export interface RunnerMachine {
  readonly host: RunnerHost;
  readonly installedModules: string;
  readonly searchPath: string;
  readonly toolCache: string;
  /** Runs the task in a free slot; the slot's folder is its alone until it ends. */
  readonly inSlot: <T>(task: (slotFolder: string) => Promise<T>) => Promise<T>;
}

/** One job to run, with what its run knows. */
export interface JobOrder {
  readonly workflow: Workflow;
  readonly id: string;
  readonly job: Job;
  readonly name: string;
  readonly runId: number;
  readonly github: GithubContext;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly needs: Readonly<Record<string, unknown>>;
  /** Aborted when the run is cancelled. */
  readonly cancel: AbortSignal;
}

/** What other jobs may ask of a finished job. */
export interface JobOutcome {
  readonly result: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
}

const DEFAULT_TIMEOUT_MINUTES = 360;
// Steps that always run get this long after the job was cancelled; GitHub gives them as much.
const GRACE_MS = 300_000;

function contextsOf(machine: RunnerMachine, order: JobOrder, { token, folders }: BegunJob) {
  return {
    github: { ...order.github, token, job: order.id, workspace: folders.workspace },
    needs: order.needs,
    vars: machine.host.actions.variables(),
    secrets: { GITHUB_TOKEN: token },
    runner: runnerContext(folders, machine.toolCache),
  };
}

function openSession(machine: RunnerMachine, order: JobOrder, begun: BegunJob): JobSession {
  const { workflow, job, github } = order;
  const { token, folders, log, timeout } = begun;
  const contexts = contextsOf(machine, order, begun);
  const scope: ExpressionScope = { contexts: { ...contexts, inputs: order.inputs, env: {} }, functions: {} };
  const workflowEnvironment = interpolateMap(workflow.env, scope);
  const inner: ExpressionScope = { ...scope, contexts: { ...scope.contexts, env: workflowEnvironment } };
  // A job that starts in a cancelled run, by always(), is not cancelled itself.
  const ended = order.cancel.aborted ? timeout : AbortSignal.any([order.cancel, timeout]);
  const defaults = { ...workflow.defaults?.run, ...job.defaults?.run };
  return {
    setting: {
      host: machine.host,
      runId: order.runId,
      token,
      permissions: begun.permissions,
      environmentName: job.environment === undefined ? null : interpolate(job.environment.name, inner),
      folders,
      installedModules: machine.installedModules,
      log,
      ref: github.ref,
      sha: github.sha,
    },
    state: openJobState(),
    fixedEnvironment: jobEnvironment({ github, jobId: order.id, folders, toolCache: machine.toolCache }),
    declaredEnvironment: { ...workflowEnvironment, ...interpolateMap(job.env, inner) },
    basePath: machine.searchPath,
    contexts,
    defaultShell: defaults.shell ?? null,
    defaultFolder: defaults['working-directory'] ?? null,
    stepSignal: () => (ended.aborted ? AbortSignal.timeout(GRACE_MS) : ended),
    isCancelled: () => ended.aborted,
  };
}

interface BegunJob {
  readonly jobId: number;
  readonly token: string;
  readonly permissions: ReturnType<typeof jobPermissions>;
  readonly folders: Awaited<ReturnType<typeof makeJobFolders>>;
  readonly log: ReturnType<typeof openJobLog>;
  readonly timeout: AbortSignal;
}

function stepReporter(machine: RunnerMachine, order: JobOrder, jobId: number) {
  let states: readonly StepState[] = order.job.steps.map((step, index) => ({
    name: stepName(step),
    number: index + 1,
    status: 'queued',
    conclusion: null,
  }));
  return (number: number, name: string, conclusion: Conclusion | null): void => {
    const changed: StepState = { name, number, status: conclusion === null ? 'in_progress' : 'completed', conclusion };
    states = states.map((state) => (state.number === number ? changed : state));
    machine.host.actions.updateJob(jobId, { steps: states });
  };
}

async function runInFolders(machine: RunnerMachine, order: JobOrder, begun: BegunJob): Promise<JobOutcome> {
  const { log, folders, timeout } = begun;
  log.mask(begun.token);
  log.note(`${order.workflow.path} / ${order.name} on the host; token: ${JSON.stringify(begun.permissions)}`);
  const session = openSession(machine, order, begun);
  await writeFile(join(folders.temporary, 'event.json'), JSON.stringify(order.github.event));
  const frame = { inputs: order.inputs, action: null, environment: {}, onStep: stepReporter(machine, order, begun.jobId) };
  const { steps } = await runSteps(order.job.steps, session, frame);
  if (timeout.aborted) log.fail('The job has exceeded its maximum execution time.');
  const result = session.isCancelled() ? 'cancelled' : session.state.status();
  const scope = stepScope(session, { steps, inputs: order.inputs, environment: {}, status: 'success' });
  const outputs = interpolateMap(order.job.outputs, scope);
  const conclusion = result === 'failure' && order.job['continue-on-error'] === true ? 'success' : result;
  machine.host.actions.completeJobCheck(begun.jobId, { conclusion, summary: session.state.summary(), annotations: log.annotations });
  return { result: conclusion, outputs };
}

/** Whether the job's `if:` lets it start, given how its needs ended. */
export function jobMayStart(order: JobOrder, ancestors: readonly Conclusion[], variables: Readonly<Record<string, string>>): boolean {
  const cancelled = order.cancel.aborted;
  return evaluateCondition(order.job.if, {
    contexts: { github: order.github, needs: order.needs, vars: variables, inputs: order.inputs },
    functions: {
      success: () => !cancelled && ancestors.every((result) => result === 'success'),
      failure: () => !cancelled && ancestors.includes('failure'),
      cancelled: () => cancelled,
      always: () => true,
    },
  });
}

/** Runs one job in a slot: its own empty folders, its own token, its own check run. What it cannot do fails the job, never the runner. */
export async function runJob(machine: RunnerMachine, order: JobOrder): Promise<JobOutcome> {
  const { actions, repository } = machine.host;
  const { jobId } = actions.createJobCheck(order.runId, { name: order.name, status: 'queued' });
  const log = openJobLog((text) => actions.appendLog(jobId, text));
  return await machine.inSlot(async (slotFolder) => {
    actions.updateJob(jobId, { status: 'in_progress' });
    let token: string | null = null;
    try {
      const permissions = jobPermissions(order.workflow.permissions, order.job.permissions);
      token = actions.mintJobToken(order.runId, permissions);
      const folders = await makeJobFolders(slotFolder, repository.name);
      const timeout = AbortSignal.timeout((order.job['timeout-minutes'] ?? DEFAULT_TIMEOUT_MINUTES) * 60_000);
      return await runInFolders(machine, order, { jobId, token, permissions, folders, log, timeout });
    } catch (cause) {
      log.fail(cause instanceof Error ? cause.message : String(cause));
      actions.completeJobCheck(jobId, { conclusion: 'failure', annotations: log.annotations });
      return { result: 'failure', outputs: {} };
    } finally {
      if (token !== null) actions.revokeJobToken(token);
    }
  });
}

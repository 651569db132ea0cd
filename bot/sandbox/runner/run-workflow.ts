import type { Conclusion, Trigger } from '../actions-service.ts';
import type { ConcurrencyGroups } from './concurrency-groups.ts';
import { type ExpressionScope, interpolate } from './evaluate-expression.ts';
import { type GithubContext, githubContext } from './github-context.ts';
import type { Workflow } from './read-workflow.ts';
import { resolveInputs } from './resolve-inputs.ts';
import { type JobOrder, type JobOutcome, jobMayStart, type RunnerMachine, runJob } from './run-job.ts';

/** One run that has been announced. */
export interface WorkflowRun {
  readonly id: number;
  readonly workflow: Workflow;
  readonly trigger: Trigger;
  readonly cancellation: AbortController;
}

function ancestorsOf(workflow: Workflow, id: string): readonly string[] {
  const needs = workflow.jobs[id]?.needs ?? [];
  return [...new Set([...needs, ...needs.flatMap((need) => ancestorsOf(workflow, need))])];
}

function conclude(outcomes: readonly JobOutcome[], cancelled: boolean): Conclusion {
  const results = outcomes.map((outcome) => outcome.result);
  if (cancelled) return 'cancelled';
  if (results.includes('failure')) return 'failure';
  if (results.includes('cancelled')) return 'cancelled';
  return results.every((result) => result === 'skipped') ? 'skipped' : 'success';
}

interface RunSetting {
  readonly machine: RunnerMachine;
  readonly run: WorkflowRun;
  readonly github: GithubContext;
  readonly inputs: Readonly<Record<string, unknown>>;
}

async function runOrSkip(setting: RunSetting, id: string, outcomes: ReadonlyMap<string, Promise<JobOutcome>>): Promise<JobOutcome> {
  const { machine, run, github, inputs } = setting;
  const { workflow } = run;
  const job = workflow.jobs[id];
  if (job === undefined) throw new Error(`no job ${id}`);
  const ancestors = await Promise.all(ancestorsOf(workflow, id).map(async (name) => [name, await outcomes.get(name)] as const));
  const known = new Map(ancestors);
  const needs = Object.fromEntries((job.needs ?? []).map((name) => [name, known.get(name)]));
  const name = job.name ?? id;
  const order: JobOrder = { workflow, id, job, name, runId: run.id, github, inputs, needs, cancel: run.cancellation.signal };
  const results = ancestors.flatMap(([, outcome]) => (outcome === undefined ? [] : [outcome.result]));
  if (jobMayStart(order, results, machine.host.actions.variables())) return await runJob(machine, order);
  const result = run.cancellation.signal.aborted ? 'cancelled' : 'skipped';
  const { jobId } = machine.host.actions.createJobCheck(run.id, { name, status: 'queued' });
  machine.host.actions.completeJobCheck(jobId, { conclusion: result });
  return { result, outputs: {} };
}

async function runJobs(setting: RunSetting): Promise<Conclusion> {
  const { workflow, cancellation } = setting.run;
  const outcomes = new Map<string, Promise<JobOutcome>>();
  // Needs point backwards or forwards in the file: a job starts once all its ancestors have a promise to wait for.
  const pending = new Set(Object.keys(workflow.jobs));
  while (pending.size > 0) {
    for (const id of pending) {
      if (!ancestorsOf(workflow, id).every((name) => outcomes.has(name))) continue;
      outcomes.set(id, runOrSkip(setting, id, outcomes));
      pending.delete(id);
    }
  }
  return conclude(await Promise.all(outcomes.values()), cancellation.signal.aborted);
}

/** Runs an announced workflow to its end and reports it. Returns the conclusion. */
export async function runWorkflow(machine: RunnerMachine, run: WorkflowRun, groups: ConcurrencyGroups): Promise<Conclusion> {
  const { actions } = machine.host;
  const { workflow, trigger, cancellation } = run;
  const name = workflow.name ?? workflow.path;
  const github = githubContext(machine.host, trigger, { id: run.id, name, path: workflow.path });
  const declared = workflow.on.workflow_dispatch?.inputs ?? {};
  const inputs = trigger.event === 'workflow_dispatch' ? resolveInputs(declared, trigger.inputs) : {};
  const scope: ExpressionScope = { contexts: { github, inputs, vars: actions.variables() }, functions: {} };
  const title = workflow['run-name'] === undefined ? undefined : interpolate(workflow['run-name'], scope).trim();
  actions.updateRun(run.id, { name, ...(title === undefined || title === '' ? {} : { title }) });
  const group = workflow.concurrency;
  const leave =
    group === undefined
      ? () => {}
      : await groups.enter({
          group: interpolate(group.group, scope),
          cancelInProgress: group.cancelInProgress,
          cancel: () => cancellation.abort(),
          signal: cancellation.signal,
        });
  if (leave === null) {
    actions.updateRun(run.id, { status: 'completed', conclusion: 'cancelled' });
    return 'cancelled';
  }
  try {
    actions.updateRun(run.id, { status: 'in_progress' });
    const conclusion = await runJobs({ machine, run, github, inputs });
    actions.updateRun(run.id, { status: 'completed', conclusion });
    return conclusion;
  } finally {
    leave();
  }
}

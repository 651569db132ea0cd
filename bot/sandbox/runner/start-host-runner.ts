import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Trigger } from '../actions-service.ts';
import { openConcurrencyGroups } from './concurrency-groups.ts';
import { type ChangedPaths, matchTrigger } from './match-trigger.ts';
import { openSlots } from './open-slots.ts';
import { listChangedPaths, listWorkflowFiles, readBlob, readRef } from './read-bare-repository.ts';
import { readWorkflow, type Workflow } from './read-workflow.ts';
import type { RunnerMachine } from './run-job.ts';
import { runWorkflow } from './run-workflow.ts';
import type { RunnerHost } from './runner-host.ts';
import { searchPath } from './search-path.ts';

const PARALLEL_JOBS = 2;

export interface HostRunnerOptions {
  readonly sandbox: RunnerHost;
  /** The `node_modules` folder that stands in for `npm ci`. */
  readonly installedModules: string;
  /** Progress, one line each. */
  readonly log?: (line: string) => void;
  /** File names of workflows that are switched off in this repository, e.g. `ci.yml`. */
  readonly disabledWorkflows?: readonly string[];
  /** Folders whose programs jobs may use besides the usual ones: the host's PATH. */
  readonly hostPath?: string;
}

/** Executes the repository's workflow files on this machine. */
export interface HostRunner {
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>;
  /** Starts a workflow that has a schedule, from the default branch, as its timer would. */
  schedule(workflowFile: string): Promise<void>;
  /** Cancels what runs and removes the folders. */
  close(): Promise<void>;
}

function text(value: unknown, ...path: readonly string[]): string {
  let current: unknown = value;
  for (const key of path) current = (current as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  return typeof current === 'string' ? current : '';
}

function changedPathsOf(bareFolder: string, trigger: Trigger): ChangedPaths {
  const from = trigger.event === 'push' ? text(trigger.payload, 'before') : text(trigger.payload, 'pull_request', 'base', 'sha');
  let paths: Promise<readonly string[]> | null = null;
  return () => {
    paths ??= listChangedPaths(bareFolder, { from, to: trigger.sha });
    return paths;
  };
}

function failRun(host: RunnerHost, runId: number, cause: unknown, path: string): void {
  const message = cause instanceof Error ? cause.message : String(cause);
  const { jobId } = host.actions.createJobCheck(runId, { name: path });
  host.actions.appendLog(jobId, `##[error]${message}\n`);
  const annotation = { path, startLine: 1, endLine: 1, level: 'failure', message } as const;
  host.actions.completeJobCheck(jobId, { conclusion: 'failure', annotations: [annotation] });
  host.actions.updateRun(runId, { status: 'completed', conclusion: 'failure' });
}

/** Starts listening to the sandbox. Workflow files are read from the commit that GitHub would read them from. */
export async function startHostRunner(options: HostRunnerOptions): Promise<HostRunner> {
  const { sandbox: host, log = () => {}, disabledWorkflows = [] } = options;
  const { bareFolder, defaultBranch } = host.repository;
  const root = await mkdtemp(join(tmpdir(), 'holdfast-runner-'));
  const machine: RunnerMachine = {
    host,
    installedModules: options.installedModules,
    searchPath: searchPath(process.execPath, options.hostPath ?? process.env['PATH'] ?? ''),
    toolCache: join(root, 'tools'),
    inSlot: openSlots(root, PARALLEL_JOBS),
  };
  const groups = openConcurrencyGroups();
  const parsed = new Map<string, Promise<Workflow>>();
  const cancellations = new Set<AbortController>();
  const busy = new Set<Promise<void>>();

  function parse(path: string, oid: string): Promise<Workflow> {
    const known = parsed.get(`${path}@${oid}`) ?? readBlob(bareFolder, oid).then((source) => readWorkflow(path, source));
    parsed.set(`${path}@${oid}`, known);
    return known;
  }

  async function execute(path: string, workflow: Promise<Workflow>, trigger: Trigger): Promise<void> {
    const runId = trigger.runId ?? host.actions.createRun(newRun(path, trigger));
    const cancellation = new AbortController();
    cancellations.add(cancellation);
    const began = performance.now();
    try {
      const run = { id: runId, workflow: await workflow, trigger, cancellation };
      const conclusion = await runWorkflow(machine, run, groups);
      log(`${basename(path)} run ${runId} (${trigger.event}): ${conclusion} in ${Math.round(performance.now() - began)} ms`);
    } catch (cause) {
      failRun(host, runId, cause, path);
      log(`${basename(path)} run ${runId} (${trigger.event}): failure, ${cause instanceof Error ? cause.message : String(cause)}`);
    } finally {
      cancellations.delete(cancellation);
    }
  }

  async function answer(trigger: Trigger): Promise<void> {
    const files = await listWorkflowFiles(bareFolder, trigger.sha);
    const asked = files.filter((file) => trigger.workflowPath === null || file.path === trigger.workflowPath);
    const changedPaths = changedPathsOf(bareFolder, trigger);
    const started = asked.map(async ({ path, oid }) => {
      if (disabledWorkflows.includes(basename(path))) return;
      const workflow = parse(path, oid);
      const starts = await workflow.then(
        (file) => matchTrigger(file, trigger, changedPaths),
        // An invalid file fails visibly on every push, as on GitHub.
        () => trigger.event === 'push' || trigger.workflowPath !== null,
      );
      if (!starts) return;
      if (trigger.approvalRequired) host.actions.updateRun(host.actions.createRun(newRun(path, trigger)), { status: 'waiting' });
      else await execute(path, workflow, trigger);
    });
    await Promise.all(started);
    const runId = trigger.runId;
    if (runId !== null && asked.length === 0)
      failRun(host, runId, `no ${trigger.workflowPath} at ${trigger.sha}`, trigger.workflowPath ?? '');
  }

  function accept(trigger: Trigger): void {
    const work: Promise<void> = answer(trigger)
      .catch((cause) => log(`${trigger.event} at ${trigger.sha}: ${cause instanceof Error ? cause.message : String(cause)}`))
      .finally(() => busy.delete(work));
    busy.add(work);
  }

  const stop = host.actions.onTrigger(accept);
  async function idle(): Promise<void> {
    while (busy.size > 0) await Promise.all(busy);
  }
  return {
    idle,
    async schedule(workflowFile) {
      accept(await scheduleTrigger(host, defaultBranch, workflowFile));
    },
    async close() {
      stop();
      for (const cancellation of cancellations) cancellation.abort();
      await idle();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function newRun(path: string, trigger: Trigger) {
  const head = text(trigger.payload, 'pull_request', 'head', 'ref');
  const headSha = text(trigger.payload, 'pull_request', 'head', 'sha');
  return {
    workflowPath: path,
    event: trigger.event,
    headBranch: head === '' ? trigger.ref.replace(/^refs\/(?:heads|tags)\//, '') : head,
    headSha: headSha === '' ? trigger.sha : headSha,
    actor: trigger.actor,
  };
}

async function scheduleTrigger(host: RunnerHost, defaultBranch: string, workflowFile: string): Promise<Trigger> {
  const { owner, name, bareFolder } = host.repository;
  const ref = `refs/heads/${defaultBranch}`;
  return {
    event: 'schedule',
    action: null,
    ref,
    sha: await readRef(bareFolder, ref),
    workflowPath: `.github/workflows/${workflowFile}`,
    inputs: {},
    payload: { repository: { name, full_name: `${owner}/${name}`, default_branch: defaultBranch, owner: { login: owner } } },
    actor: owner,
    runId: null,
    approvalRequired: false,
  };
}

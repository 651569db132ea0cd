import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLauncher } from './open-launcher.ts';
import { openSlots } from './open-slots.ts';
import { openTriggerQueue } from './open-trigger-queue.ts';
import { openWorkflowCatalogue } from './open-workflow-catalogue.ts';
import type { RunnerMachine } from './run-job.ts';
import { hostOf, type RunnerSandbox } from './runner-host.ts';
import { scheduleTrigger } from './schedule-trigger.ts';
import { searchPath } from './search-path.ts';

const PARALLEL_JOBS = 2;

export interface HostRunnerOptions {
  readonly sandbox: RunnerSandbox;
  /** The `node_modules` folder that stands in for `npm ci`. */
  readonly installedModules: string;
  /** Progress, one line each. */
  readonly log?: (line: string) => void;
  /** File names of workflows that are switched off in this repository, e.g. `ci.yml`. */
  readonly disabledWorkflows?: readonly string[];
  /** PATH of the host: where bash, git, npm and tar are looked for when they are not in the usual folders. */
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

/** Starts listening to the sandbox. Workflow files are read from the commit that GitHub would read them from. */
export async function startHostRunner(options: HostRunnerOptions): Promise<HostRunner> {
  const { log = () => {} } = options;
  const host = hostOf(options.sandbox);
  const root = await mkdtemp(join(tmpdir(), 'holdfast-runner-'));
  const machine: RunnerMachine = {
    host,
    installedModules: options.installedModules,
    searchPath: searchPath(process.execPath, options.hostPath ?? process.env['PATH'] ?? ''),
    toolCache: join(root, 'tools'),
    inSlot: openSlots(root, PARALLEL_JOBS),
  };
  const catalogue = openWorkflowCatalogue(host.repository.bareFolder);
  const launcher = openLauncher(machine, options);
  const { accept, idle } = openTriggerQueue(async (trigger) => {
    const started = await catalogue.startedBy(trigger);
    await Promise.all(started.map((one) => launcher.launch(one, trigger)));
  }, log);
  const stop = host.actions.onTrigger(accept);
  return {
    idle,
    async schedule(workflowFile) {
      accept(await scheduleTrigger(host, workflowFile));
    },
    async close() {
      stop();
      launcher.cancelAll();
      await idle();
      await rm(root, { recursive: true, force: true });
    },
  };
}

import { basename } from 'node:path';
import type { Trigger } from '../actions-service.ts';
import { announceRun, failRun } from './announce-run.ts';
import { openConcurrencyGroups } from './concurrency-groups.ts';
import type { StartedWorkflow } from './open-workflow-catalogue.ts';
import type { RunnerMachine } from './run-job.ts';
import { runWorkflow } from './run-workflow.ts';

/** Turns what a trigger starts into runs. */
export interface Launcher {
  /** Runs one workflow to its end. Whatever goes wrong is a failed run, never an error of this function. */
  launch(started: StartedWorkflow, trigger: Trigger): Promise<void>;
  /** Cancels every run that has not ended. */
  cancelAll(): void;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** Opens a launcher; its runs share the concurrency groups of the repository. */
export function openLauncher(
  machine: RunnerMachine,
  options: { readonly log?: (line: string) => void; readonly disabledWorkflows?: readonly string[] },
): Launcher {
  const { host } = machine;
  const { log = () => {}, disabledWorkflows = [] } = options;
  const groups = openConcurrencyGroups();
  const cancellations = new Set<AbortController>();

  async function execute(started: StartedWorkflow, trigger: Trigger): Promise<string> {
    const runId = announceRun(host, started.path, trigger);
    const cancellation = new AbortController();
    cancellations.add(cancellation);
    try {
      if ('problem' in started) throw new Error(started.problem);
      if (disabledWorkflows.includes(basename(started.path))) throw new Error(`${started.path} is switched off`);
      return `run ${runId}: ${await runWorkflow(machine, { id: runId, workflow: started.workflow, trigger, cancellation }, groups)}`;
    } catch (cause) {
      const message = messageOf(cause);
      failRun(host, runId, { path: started.path, message });
      return `run ${runId}: failure, ${message}`;
    } finally {
      cancellations.delete(cancellation);
    }
  }

  function wait(path: string, trigger: Trigger): void {
    host.actions.updateRun(announceRun(host, path, trigger), { status: 'waiting' });
    log(`${basename(path)} waits for a person to approve it`);
  }

  return {
    async launch(started, trigger) {
      const file = basename(started.path);
      if (trigger.runId === null && disabledWorkflows.includes(file)) return;
      if (trigger.approvalRequired) return wait(started.path, trigger);
      const began = performance.now();
      const outcome = await execute(started, trigger);
      log(`${file} on ${trigger.event}, ${outcome}, ${Math.round(performance.now() - began)} ms`);
    },
    cancelAll() {
      for (const cancellation of cancellations) cancellation.abort();
    },
  };
}

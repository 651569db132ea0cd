import type { NewRun, Trigger } from '../actions-service.ts';
import { payloadText } from './payload-text.ts';
import type { RunnerHost } from './runner-host.ts';

function newRun(path: string, trigger: Trigger): NewRun {
  const { payload } = trigger;
  const number = (payload['pull_request'] as { readonly number?: unknown } | undefined)?.number;
  return {
    workflowPath: path,
    event: trigger.event,
    headBranch: payloadText(payload, 'pull_request', 'head', 'ref') || trigger.ref.replace(/^refs\/(?:heads|tags)\//, ''),
    headSha: payloadText(payload, 'pull_request', 'head', 'sha') || trigger.sha,
    actor: trigger.actor,
    ...(typeof number === 'number' ? { pullRequests: [number] } : {}),
  };
}

/** The run of a workflow for a trigger: the one that the dispatch has made already, or a new one, reported at the head. */
export function announceRun(host: RunnerHost, path: string, trigger: Trigger): number {
  return trigger.runId ?? host.actions.createRun(newRun(path, trigger));
}

/** Ends a run that could not start: one failed check, named after the file, says why. */
export function failRun(host: RunnerHost, runId: number, why: { readonly path: string; readonly message: string }): void {
  const { path, message } = why;
  const { jobId } = host.actions.createJobCheck(runId, { name: path });
  host.actions.appendLog(jobId, `##[error]${message}\n`);
  const annotation = { path, startLine: 1, endLine: 1, level: 'failure', message } as const;
  host.actions.completeJobCheck(jobId, { conclusion: 'failure', annotations: [annotation] });
  host.actions.updateRun(runId, { status: 'completed', conclusion: 'failure' });
}

import type { Trigger } from '../actions-service.ts';
import { type ChangedPaths, matchTrigger } from './match-trigger.ts';
import { payloadText } from './payload-text.ts';
import { listChangedPaths, listWorkflowFiles, readBlob } from './read-bare-repository.ts';
import { readWorkflow, type Workflow } from './read-workflow.ts';

/** A workflow that a trigger starts. `problem` says why it cannot run: GitHub shows such a file as a failed run. */
export type StartedWorkflow = { readonly path: string; readonly workflow: Workflow } | { readonly path: string; readonly problem: string };

/** The workflow files of a repository, each parsed once. */
export interface WorkflowCatalogue {
  /** What the trigger starts, by the files at the trigger's own commit. */
  startedBy(trigger: Trigger): Promise<readonly StartedWorkflow[]>;
}

function changedPathsOf(bareFolder: string, trigger: Trigger): ChangedPaths {
  const { payload } = trigger;
  const from = trigger.event === 'push' ? payloadText(payload, 'before') : payloadText(payload, 'pull_request', 'base', 'sha');
  let paths: Promise<readonly string[]> | null = null;
  return () => {
    paths ??= listChangedPaths(bareFolder, { from, to: trigger.sha });
    return paths;
  };
}

/** Opens the catalogue of a bare repository. */
export function openWorkflowCatalogue(bareFolder: string): WorkflowCatalogue {
  const parsed = new Map<string, Promise<Workflow | string>>();

  function parse(path: string, oid: string): Promise<Workflow | string> {
    const key = `${path}@${oid}`;
    const known = parsed.get(key);
    if (known !== undefined) return known;
    const reading = readBlob(bareFolder, oid)
      .then((text) => readWorkflow(path, text))
      .catch((cause: unknown) => (cause instanceof Error ? cause.message : String(cause)));
    parsed.set(key, reading);
    return reading;
  }

  return {
    async startedBy(trigger) {
      const files = await listWorkflowFiles(bareFolder, trigger.sha);
      const asked = files.filter((file) => trigger.workflowPath === null || file.path === trigger.workflowPath);
      if (trigger.workflowPath !== null && asked.length === 0) {
        return [{ path: trigger.workflowPath, problem: `there is no ${trigger.workflowPath} at ${trigger.sha}` }];
      }
      const changedPaths = changedPathsOf(bareFolder, trigger);
      const found = asked.map(async ({ path, oid }): Promise<readonly StartedWorkflow[]> => {
        const workflow = await parse(path, oid);
        if (typeof workflow === 'string') {
          return trigger.event === 'push' || trigger.workflowPath !== null ? [{ path, problem: workflow }] : [];
        }
        if (await matchTrigger(workflow, trigger, changedPaths)) return [{ path, workflow }];
        return trigger.workflowPath === null ? [] : [{ path, problem: `${path} has no '${trigger.event}' trigger` }];
      });
      return (await Promise.all(found)).flat();
    },
  };
}

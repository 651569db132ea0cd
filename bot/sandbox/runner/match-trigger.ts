import type { Trigger } from '../actions-service.ts';
import { matchPatterns } from './match-pattern.ts';
import type { Workflow } from './read-workflow.ts';
import type { EventFilter } from './workflow-file.ts';

/** Files that a push or a pull request changed; asked for only when a filter needs them. */
export type ChangedPaths = () => Promise<readonly string[]>;

const DEFAULT_TYPES: Readonly<Record<string, readonly string[]>> = { pull_request: ['opened', 'synchronize', 'reopened'] };

function branchOf(trigger: Trigger): string | null {
  if (trigger.event !== 'pull_request') return trigger.ref.startsWith('refs/heads/') ? trigger.ref.slice('refs/heads/'.length) : null;
  const pull = trigger.payload['pull_request'] as { readonly base?: { readonly ref?: string } } | undefined;
  return pull?.base?.ref ?? null;
}

function refMatches(filter: EventFilter, trigger: Trigger): boolean {
  if (trigger.ref.startsWith('refs/tags/')) {
    if (filter.tags !== undefined) return matchPatterns(trigger.ref.slice('refs/tags/'.length), filter.tags);
    return filter.branches === undefined && filter['branches-ignore'] === undefined;
  }
  const branch = branchOf(trigger);
  if (filter.branches === undefined && filter['branches-ignore'] === undefined) return filter.tags === undefined;
  if (branch === null) return false;
  if (filter.branches !== undefined) return matchPatterns(branch, filter.branches);
  return !matchPatterns(branch, filter['branches-ignore'] ?? []);
}

async function pathsMatch(filter: EventFilter, changedPaths: ChangedPaths): Promise<boolean> {
  const { paths, 'paths-ignore': ignored } = filter;
  if (paths === undefined && ignored === undefined) return true;
  const changed = await changedPaths();
  if (paths !== undefined) return changed.some((path) => matchPatterns(path, paths));
  return changed.some((path) => !matchPatterns(path, ignored ?? []));
}

/** Whether the event starts the workflow, by GitHub's rules for types, branches, tags and paths. */
export async function matchTrigger(workflow: Workflow, trigger: Trigger, changedPaths: ChangedPaths): Promise<boolean> {
  if (!(trigger.event in workflow.on)) return false;
  if (trigger.event === 'schedule' || trigger.event === 'workflow_dispatch') return true;
  const filter: EventFilter = workflow.on[trigger.event] ?? {};
  const types = filter.types ?? DEFAULT_TYPES[trigger.event];
  if (types !== undefined && (trigger.action === null || !types.includes(trigger.action))) return false;
  return refMatches(filter, trigger) && (await pathsMatch(filter, changedPaths));
}

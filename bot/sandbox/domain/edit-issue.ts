import { invalid } from '../http/api-error.ts';
import { issueEventJson, labelJson, pullOf } from '../json/issue-json.ts';
import type { Issue } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import { announcePull } from './announce-pull.ts';

const MAXIMUM_BODY_BYTES = 65_536;
const MAXIMUM_TITLE = 256;

export interface IssueChange {
  readonly title?: string;
  readonly body?: string | null;
  readonly state?: 'open' | 'closed';
  readonly stateReason?: Issue['stateReason'];
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
}

/** Refuses texts over GitHub's limits. */
export function checkTexts(resource: string, texts: { title?: string; body?: string | null }): void {
  if (texts.title !== undefined && texts.title.trim() === '') throw invalid({ resource, field: 'title', code: 'missing_field' });
  if (texts.title !== undefined && texts.title.length > MAXIMUM_TITLE) throw tooLong(resource, 'title', MAXIMUM_TITLE);
  if (Buffer.byteLength(texts.body ?? '') > MAXIMUM_BODY_BYTES) throw tooLong(resource, 'body', MAXIMUM_BODY_BYTES);
}

/** Makes a new issue, or the conversation of a new pull request, without telling anybody. Unknown labels are made. */
export function addIssue(
  world: World,
  fresh: Pick<Issue, 'title' | 'body' | 'author' | 'viaApp' | 'labels' | 'assignees' | 'isPull'>,
): Issue {
  checkTexts(fresh.isPull ? 'PullRequest' : 'Issue', fresh);
  const now = world.now();
  return world.issues.put({
    ...fresh,
    id: world.nextId(),
    number: world.nextNumber(),
    labels: ensureLabels(world, fresh.labels),
    state: 'open',
    stateReason: null,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
  });
}

/** Applies a change to an issue or pull request and sends one event for each thing that differs. */
export async function editIssue(world: World, issue: Issue, { change, actor }: { change: IssueChange; actor: string }): Promise<Issue> {
  checkTexts(issue.isPull ? 'PullRequest' : 'Issue', change);
  const labels = change.labels === undefined ? issue.labels : ensureLabels(world, change.labels);
  const next = world.issues.put({
    ...issue,
    ...textsOf(issue, change),
    ...stateOf(world, issue, { change, actor }),
    labels,
    assignees: change.assignees ?? issue.assignees,
    updatedAt: world.now(),
  });
  if (next.title !== issue.title || next.body !== issue.body)
    await announce(world, next, { action: 'edited', actor, more: { changes: changesOf(issue, next) } });
  for (const name of labels.filter((label) => !issue.labels.includes(label)))
    await announceLabel(world, next, { action: 'labeled', actor, name });
  for (const name of issue.labels.filter((label) => !labels.includes(label)))
    await announceLabel(world, next, { action: 'unlabeled', actor, name });
  if (next.state !== issue.state) await announce(world, next, { action: next.state === 'closed' ? 'closed' : 'reopened', actor });
  return next;
}

/** Sends the event of an issue, or of the pull request that it belongs to. */
export async function announce(
  world: World,
  issue: Issue,
  told: { action: string; actor: string; more?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { action, actor, more = {} } = told;
  const pull = issue.isPull ? pullOf(world, issue.number) : null;
  if (pull !== null) await announcePull(world, { pull, action, actor, more });
  else world.emit({ event: 'issues', action, actor, payload: { action, issue: issueEventJson(world, issue), ...more } });
}

/** The names as their labels are written; unknown ones become labels. */
export function ensureLabels(world: World, names: readonly string[]): readonly string[] {
  const written = names.map((name) => {
    const known = world.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
    return (known ?? world.labels.put({ id: world.nextId(), name, color: 'ededed', description: null })).name;
  });
  return [...new Set(written)];
}

async function announceLabel(world: World, issue: Issue, told: { action: string; actor: string; name: string }): Promise<void> {
  const label = world.labels.find((one) => one.name === told.name);
  await announce(world, issue, { ...told, more: label === null ? {} : { label: labelJson(world, label) } });
}

function textsOf(issue: Issue, change: IssueChange): Pick<Issue, 'title' | 'body'> {
  return { title: change.title ?? issue.title, body: change.body === undefined ? issue.body : change.body };
}

function stateOf(
  world: World,
  issue: Issue,
  { change, actor }: { change: IssueChange; actor: string },
): Pick<Issue, 'state' | 'stateReason' | 'closedAt' | 'closedBy'> {
  const { state, stateReason, closedAt, closedBy } = issue;
  if (change.state === undefined || change.state === state)
    return { state, stateReason: change.stateReason ?? stateReason, closedAt, closedBy };
  if (change.state === 'closed')
    return { state: 'closed', stateReason: change.stateReason ?? 'completed', closedAt: world.now(), closedBy: actor };
  return { state: 'open', stateReason: 'reopened', closedAt: null, closedBy: null };
}

function changesOf(before: Issue, after: Issue): Readonly<Record<string, unknown>> {
  return {
    ...(before.title === after.title ? {} : { title: { from: before.title } }),
    ...(before.body === after.body ? {} : { body: { from: before.body ?? '' } }),
  };
}

function tooLong(resource: string, field: string, maximum: number) {
  return invalid({ resource, code: 'custom', field, message: `${field} is too long (maximum is ${maximum} characters)` });
}

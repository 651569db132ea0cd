import type { Comment, Issue, Label } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import { accountJson, type Json, nodeId, repositoryApi, repositoryWeb } from './account-json.ts';
import { appJson } from './repository-json.ts';

export function labelJson(world: World, label: Label): Json {
  const url = `${repositoryApi(world)}/labels/${encodeURIComponent(label.name)}`;
  return {
    id: label.id,
    node_id: nodeId('LA', label.id),
    url,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

export function labelsJson(world: World, names: readonly string[]): readonly Json[] {
  const labels = names.map((name) => world.labels.find((label) => label.name.toLowerCase() === name.toLowerCase()));
  return labels.filter((label) => label !== null).map((label) => labelJson(world, label));
}

/** `issue`; a pull request carries `pull_request` as on GitHub. */
export function issueJson(world: World, issue: Issue): Json {
  const api = `${repositoryApi(world)}/issues/${issue.number}`;
  const kind = issue.isPull ? 'pull' : 'issues';
  return {
    id: issue.id,
    node_id: nodeId(issue.isPull ? 'PR' : 'I', issue.id),
    url: api,
    repository_url: repositoryApi(world),
    labels_url: `${api}/labels{/name}`,
    comments_url: `${api}/comments`,
    events_url: `${api}/events`,
    html_url: `${repositoryWeb(world)}/${kind}/${issue.number}`,
    number: issue.number,
    state: issue.state,
    state_reason: issue.stateReason,
    title: issue.title,
    body: issue.body,
    user: accountJson(world, issue.author),
    labels: labelsJson(world, issue.labels),
    assignee: issue.assignees[0] === undefined ? null : accountJson(world, issue.assignees[0]),
    assignees: issue.assignees.map((login) => accountJson(world, login)),
    milestone: null,
    locked: false,
    active_lock_reason: null,
    comments: world.comments.filter((comment) => comment.issueNumber === issue.number).length,
    ...(issue.isPull ? { pull_request: pullLinks(world, issue.number) } : {}),
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: issue.closedBy === null ? null : accountJson(world, issue.closedBy),
    author_association: associationOf(world, issue.author),
    performed_via_github_app: issue.viaApp === null ? null : appJson(world, issue.viaApp),
    reactions: reactionTotals(world, 'issue', { id: issue.id, url: api }),
  };
}

/** The issue as webhooks show it: they do not say who closed it. */
export function issueEventJson(world: World, issue: Issue): Json {
  const { closed_by: _closedBy, ...shown } = issueJson(world, issue);
  return shown;
}

function pullLinks(world: World, number: number): Json {
  const api = `${repositoryApi(world)}/pulls/${number}`;
  const web = `${repositoryWeb(world)}/pull/${number}`;
  return {
    url: api,
    html_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    merged_at: pullOf(world, number)?.mergedAt ?? null,
  };
}

export function pullOf(world: World, number: number) {
  return world.pulls.find((pull) => pull.number === number);
}

export function commentJson(world: World, comment: Comment): Json {
  const issue = world.issues.find((one) => one.number === comment.issueNumber);
  const kind = issue?.isPull === true ? 'pull' : 'issues';
  const url = `${repositoryApi(world)}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    url,
    html_url: `${repositoryWeb(world)}/${kind}/${comment.issueNumber}#issuecomment-${comment.id}`,
    issue_url: `${repositoryApi(world)}/issues/${comment.issueNumber}`,
    body: comment.body,
    user: accountJson(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationOf(world, comment.author),
    performed_via_github_app: comment.viaApp === null ? null : appJson(world, comment.viaApp),
    reactions: reactionTotals(world, 'comment', { id: comment.id, url }),
  };
}

export function associationOf(world: World, login: string): string {
  if (login === world.settings.owner) return 'OWNER';
  const account = world.accounts.find((one) => one.login === login);
  if (account === null || account.role === null || account.type === 'Bot') return 'NONE';
  return account.role === 'read' ? 'CONTRIBUTOR' : 'COLLABORATOR';
}

export const REACTIONS = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'] as const;

function reactionTotals(world: World, subject: 'issue' | 'comment', { id, url }: { id: number; url: string }): Json {
  const given = world.reactions.filter((one) => one.subject === subject && one.subjectId === id);
  const counts = REACTIONS.map((content) => [content, given.filter((one) => one.content === content).length]);
  return { url: `${url}/reactions`, total_count: given.length, ...Object.fromEntries(counts) };
}

import { addIssue, announce, editIssue, type IssueChange } from '../domain/edit-issue.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { authorisedTo } from '../http/authorised-to.ts';
import { either, integer, listOf, oneOf, orNull, record, required, text } from '../http/body-shape.ts';
import { type Answer, actorOf, appOf, type Call, created, get, ok, type Right, type Route } from '../http/call.ts';
import { paginate } from '../http/paginate.ts';
import { issueJson, labelsJson } from '../json/issue-json.ts';
import type { Issue } from '../store/entities.ts';

export const ISSUE_READ: Right = [
  ['issues', 'read'],
  ['pull_requests', 'read'],
];
export const ISSUE_WRITE: Right = [
  ['issues', 'write'],
  ['pull_requests', 'write'],
];
const NAMES = listOf(either(text(), record({ name: text() })));
const BASE = '/repos/{owner}/{repo}';

const TEXTS = {
  title: either(text(), integer()),
  body: orNull(text()),
  labels: NAMES,
  assignees: listOf(text(), 10),
  assignee: orNull(text()),
  milestone: orNull(either(text(), integer())),
  type: orNull(text()),
};

export function issueRoutes(): readonly Route[] {
  return [
    get(`${BASE}/issues`, ISSUE_READ, listIssues),
    {
      method: 'POST',
      path: `${BASE}/issues`,
      right: [['issues', 'write']],
      role: 'read',
      body: { ...TEXTS, title: required(TEXTS.title) },
      run: createIssue,
    },
    get(`${BASE}/issues/{issue_number}`, ISSUE_READ, (call) => ok(issueJson(call.world, issueAsked(call)))),
    {
      method: 'PATCH',
      path: `${BASE}/issues/{issue_number}`,
      right: ISSUE_WRITE,
      role: 'read',
      body: { ...TEXTS, state: oneOf('open', 'closed'), state_reason: orNull(oneOf('completed', 'not_planned', 'duplicate', 'reopened')) },
      run: patchIssue,
    },
    ...issueLabelRoutes(),
  ];
}

function issueLabelRoutes(): readonly Route[] {
  return [
    get(`${BASE}/issues/{issue_number}/labels`, ISSUE_READ, (call) =>
      paginate(call, labelsJson(call.world, issueAsked(call).labels), (row) => row),
    ),
    {
      method: 'POST',
      path: `${BASE}/issues/{issue_number}/labels`,
      right: ISSUE_WRITE,
      role: 'triage',
      body: { labels: NAMES },
      run: (call) => setLabels(call, [...issueAsked(call).labels, ...namesIn(call)]),
    },
    {
      method: 'PUT',
      path: `${BASE}/issues/{issue_number}/labels`,
      right: ISSUE_WRITE,
      role: 'triage',
      body: { labels: NAMES },
      run: (call) => setLabels(call, namesIn(call)),
    },
    {
      method: 'DELETE',
      path: `${BASE}/issues/{issue_number}/labels/{name}`,
      right: ISSUE_WRITE,
      role: 'triage',
      body: null,
      run: removeLabel,
    },
  ];
}

export function issueAsked(call: Call): Issue {
  const issue = call.world.issues.find((one) => one.number === Number(call.params['issue_number']));
  if (issue === null) throw notFound();
  return issue;
}

function listIssues(call: Call): Promise<Answer> {
  const { query, world } = call;
  const state = query.get('state') ?? 'open';
  const labels = (query.get('labels') ?? '').split(',').filter((label) => label !== '');
  const creator = query.get('creator');
  const since = query.get('since');
  const wanted = world.issues.filter(
    (issue) =>
      (state === 'all' || issue.state === state) &&
      labels.every((label) => issue.labels.some((own) => own.toLowerCase() === label.toLowerCase())) &&
      (creator === null || issue.author.toLowerCase() === creator.toLowerCase()) &&
      (since === null || Date.parse(issue.updatedAt) >= Date.parse(since)),
  );
  return paginate(call, ordered(wanted, query), (issue) => issueJson(world, issue));
}

/** Newest first by default, as everywhere in GitHub's lists. */
export function ordered<Row extends { readonly number: number }>(rows: readonly Row[], query: URLSearchParams): readonly Row[] {
  const up = [...rows].sort((a, b) => a.number - b.number);
  return query.get('direction') === 'asc' ? up : up.reverse();
}

async function createIssue(call: Call): Promise<Answer> {
  const { world, body } = call;
  // Without push access labels and assignees are silently dropped, as on GitHub.
  const mayLabel = authorisedTo(call, 'issues', 'triage');
  const labels = mayLabel ? namesIn(call) : [];
  const assignees = mayLabel ? ((body['assignees'] ?? []) as readonly string[]) : [];
  const actor = actorOf(call);
  const issue = addIssue(world, {
    title: String(body['title']),
    body: (body['body'] as string | null) ?? null,
    author: actor,
    viaApp: appOf(call),
    labels,
    assignees,
    isPull: false,
  });
  await announce(world, issue, { action: 'opened', actor });
  for (const label of labelsJson(world, issue.labels)) await announce(world, issue, { action: 'labeled', actor, more: { label } });
  return created(issueJson(world, issue));
}

async function patchIssue(call: Call): Promise<Answer> {
  const issue = issueAsked(call);
  const { body } = call;
  if (issue.author !== actorOf(call) && !authorisedTo(call, 'issues', 'triage'))
    throw new ApiError(403, 'Must have admin rights to Repository.');
  const change: IssueChange = {
    ...(body['title'] === undefined ? {} : { title: String(body['title']) }),
    ...(body['body'] === undefined ? {} : { body: body['body'] as string | null }),
    ...(body['state'] === undefined ? {} : { state: body['state'] as 'open' | 'closed' }),
    ...(body['state_reason'] === undefined ? {} : { stateReason: body['state_reason'] as Issue['stateReason'] }),
    ...(body['labels'] === undefined ? {} : { labels: namesIn(call) }),
    ...(body['assignees'] === undefined ? {} : { assignees: body['assignees'] as readonly string[] }),
  };
  return ok(issueJson(call.world, await editIssue(call.world, issue, { change, actor: actorOf(call) })));
}

function namesIn(call: Call): readonly string[] {
  const labels = (call.body['labels'] ?? []) as readonly (string | { name: string })[];
  return labels.map((label) => (typeof label === 'string' ? label : label.name));
}

async function setLabels(call: Call, names: readonly string[]): Promise<Answer> {
  const next = await editIssue(call.world, issueAsked(call), { change: { labels: names }, actor: actorOf(call) });
  return ok(labelsJson(call.world, next.labels));
}

function removeLabel(call: Call): Promise<Answer> {
  const issue = issueAsked(call);
  const name = call.params['name']?.toLowerCase();
  const rest = issue.labels.filter((label) => label.toLowerCase() !== name);
  if (rest.length === issue.labels.length) throw new ApiError(404, 'Label does not exist');
  return setLabels(call, rest);
}

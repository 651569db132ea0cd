import { checkTexts } from '../domain/edit-issue.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { authorisedTo } from '../http/authorised-to.ts';
import { oneOf, required, text } from '../http/body-shape.ts';
import { type Answer, actorOf, appOf, type Call, created, get, noContent, ok, type Route } from '../http/call.ts';
import { paginate } from '../http/paginate.ts';
import { accountJson, type Json, nodeId } from '../json/account-json.ts';
import { commentJson, issueEventJson, REACTIONS } from '../json/issue-json.ts';
import type { Comment, Reaction } from '../store/entities.ts';
import { ISSUE_READ, ISSUE_WRITE, issueAsked } from './issue-routes.ts';

const BASE = '/repos/{owner}/{repo}/issues';

export function commentRoutes(): readonly Route[] {
  const body = { body: required(text()) };
  const reaction = { content: required(oneOf(...REACTIONS)) };
  return [
    get(`${BASE}/comments`, ISSUE_READ, listAllComments),
    get(`${BASE}/comments/{comment_id}`, ISSUE_READ, (call) => ok(commentJson(call.world, commentAsked(call)))),
    { method: 'PATCH', path: `${BASE}/comments/{comment_id}`, right: ISSUE_WRITE, role: 'read', body, run: patchComment },
    { method: 'DELETE', path: `${BASE}/comments/{comment_id}`, right: ISSUE_WRITE, role: 'read', body: null, run: deleteComment },
    get(`${BASE}/{issue_number}/comments`, ISSUE_READ, listComments),
    { method: 'POST', path: `${BASE}/{issue_number}/comments`, right: ISSUE_WRITE, role: 'read', body, run: createComment },
    {
      method: 'POST',
      path: `${BASE}/comments/{comment_id}/reactions`,
      right: ISSUE_WRITE,
      role: 'read',
      body: reaction,
      run: (call) => react(call, 'comment', commentAsked(call).id),
    },
    get(`${BASE}/comments/{comment_id}/reactions`, ISSUE_READ, listReactions),
    {
      method: 'POST',
      path: `${BASE}/{issue_number}/reactions`,
      right: ISSUE_WRITE,
      role: 'read',
      body: reaction,
      run: (call) => react(call, 'issue', issueAsked(call).id),
    },
  ];
}

function commentAsked(call: Call): Comment {
  const comment = call.world.comments.get(Number(call.params['comment_id']));
  if (comment === null) throw notFound();
  return comment;
}

function listComments(call: Call): Promise<Answer> {
  const { number } = issueAsked(call);
  const since = call.query.get('since');
  const rows = call.world.comments.filter(
    (comment) => comment.issueNumber === number && (since === null || Date.parse(comment.updatedAt) >= Date.parse(since)),
  );
  return paginate(call, rows, (comment) => commentJson(call.world, comment));
}

function listAllComments(call: Call): Promise<Answer> {
  const { query, world } = call;
  const since = query.get('since');
  const time = ({ createdAt, updatedAt }: Comment) => Date.parse(query.get('sort') === 'updated' ? updatedAt : createdAt);
  const rows = world.comments.filter((comment) => since === null || Date.parse(comment.updatedAt) >= Date.parse(since));
  const direction = query.get('direction') === 'desc' ? -1 : 1;
  const sorted = [...rows].sort((a, b) => direction * (time(a) - time(b) || a.id - b.id));
  return paginate(call, sorted, (comment) => commentJson(world, comment));
}

function createComment(call: Call): Answer {
  const { world } = call;
  const issue = issueAsked(call);
  const body = String(call.body['body']);
  checkTexts('IssueComment', { body });
  if (body.trim() === '')
    throw new ApiError(422, 'Validation Failed', { errors: [{ resource: 'IssueComment', code: 'missing_field', field: 'body' }] });
  const now = world.now();
  const comment = world.comments.put({
    id: world.nextId(),
    issueNumber: issue.number,
    author: actorOf(call),
    viaApp: appOf(call),
    body,
    createdAt: now,
    updatedAt: now,
    minimizedReason: null,
  });
  const touched = world.issues.put({ ...issue, updatedAt: now });
  tell(call, comment, { action: 'created', issue: issueEventJson(world, touched) });
  return created(commentJson(world, comment));
}

function patchComment(call: Call): Answer {
  const before = commentAsked(call);
  refuseStrangers(call, before);
  const body = String(call.body['body']);
  checkTexts('IssueComment', { body });
  const comment = call.world.comments.put({ ...before, body, updatedAt: call.world.now() });
  if (body !== before.body) tell(call, comment, { action: 'edited', changes: { body: { from: before.body } } });
  return ok(commentJson(call.world, comment));
}

function deleteComment(call: Call): Answer {
  const comment = commentAsked(call);
  refuseStrangers(call, comment);
  call.world.comments.remove(comment.id);
  tell(call, comment, { action: 'deleted' });
  return noContent();
}

/** One's own comments, and those of others with write access. */
function refuseStrangers(call: Call, comment: Comment): void {
  if (comment.author === actorOf(call) || authorisedTo(call, 'issues', 'write') || authorisedTo(call, 'pull_requests', 'write')) return;
  throw new ApiError(403, 'Must have admin rights to Repository.');
}

function tell(call: Call, comment: Comment, more: Json & { readonly action: string }): void {
  const issue = call.world.issues.find((one) => one.number === comment.issueNumber);
  const shown = issue === null ? {} : { issue: issueEventJson(call.world, issue) };
  call.world.emit({
    event: 'issue_comment',
    action: more.action,
    actor: actorOf(call),
    payload: { ...shown, comment: commentJson(call.world, comment), ...more },
  });
}

function react(call: Call, subject: Reaction['subject'], subjectId: number): Answer {
  const { world } = call;
  const author = actorOf(call);
  const content = String(call.body['content']);
  const known = world.reactions.find(
    (one) => one.subject === subject && one.subjectId === subjectId && one.author === author && one.content === content,
  );
  const reaction = known ?? world.reactions.put({ id: world.nextId(), subject, subjectId, author, content });
  return { status: known === null ? 201 : 200, json: reactionJson(call, reaction) };
}

function listReactions(call: Call): Promise<Answer> {
  const { id } = commentAsked(call);
  return paginate(
    call,
    call.world.reactions.filter((one) => one.subject === 'comment' && one.subjectId === id),
    (one) => reactionJson(call, one),
  );
}

function reactionJson(call: Call, reaction: Reaction): Json {
  return {
    id: reaction.id,
    node_id: nodeId('REA', reaction.id),
    user: accountJson(call.world, reaction.author),
    content: reaction.content,
    created_at: call.world.settings.createdAt,
  };
}

import { mergeRefusal } from '../domain/protection.ts';
import { diffFiles, type FileChange } from '../git/diff-files.ts';
import type { Issue, Pull, Review } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import { accountJson, type Json, nodeId, repositoryApi, repositoryWeb } from './account-json.ts';
import { associationOf, issueJson } from './issue-json.ts';
import { repositoryJson } from './repository-json.ts';

/** What an issue shows and a pull request does not. */
const ISSUE_ONLY: readonly string[] = [
  'closed_by',
  'comments',
  'events_url',
  'labels_url',
  'performed_via_github_app',
  'pull_request',
  'reactions',
  'repository_url',
  'state_reason',
];

/** `pull-request-simple`: what lists and webhooks of other things show. */
export function pullJson(world: World, pull: Pull): Json {
  const issue = issueOf(world, pull);
  const base = issueJson(world, issue);
  const api = `${repositoryApi(world)}/pulls/${pull.number}`;
  const web = `${repositoryWeb(world)}/pull/${pull.number}`;
  return {
    ...Object.fromEntries(Object.entries(base).filter(([name]) => !ISSUE_ONLY.includes(name))),
    id: pull.id,
    node_id: nodeId('PR', issue.id),
    url: api,
    html_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    issue_url: base['url'],
    commits_url: `${api}/commits`,
    review_comments_url: `${api}/comments`,
    review_comment_url: `${repositoryApi(world)}/pulls/comments{/number}`,
    comments_url: base['comments_url'],
    statuses_url: `${repositoryApi(world)}/statuses/${pull.headSha}`,
    draft: pull.draft,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    requested_reviewers: pull.requestedReviewers.map((login) => accountJson(world, login)),
    requested_teams: [],
    head: sideJson(world, pull.headRef, pull.headSha),
    base: sideJson(world, pull.baseRef, pull.baseSha),
    auto_merge: null,
    _links: linksJson(world, pull, { api, web }),
  };
}

function linksJson(world: World, pull: Pull, { api, web }: { api: string; web: string }): Json {
  const issue = `${repositoryApi(world)}/issues/${pull.number}`;
  const links = {
    self: api,
    html: web,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${api}/comments`,
    review_comment: `${repositoryApi(world)}/pulls/comments{/number}`,
    commits: `${api}/commits`,
    statuses: `${repositoryApi(world)}/statuses/${pull.headSha}`,
  };
  return Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }]));
}

/** `pull-request`: with mergeability and counts from git. */
export async function fullPullJson(world: World, pull: Pull): Promise<Json> {
  const issue = issueOf(world, pull);
  const [state, counts] = await Promise.all([mergeability(world, pull, issue), changeCounts(world, pull)]);
  return {
    ...pullJson(world, pull),
    merged: pull.mergedAt !== null,
    merged_by: pull.mergedBy === null ? null : accountJson(world, pull.mergedBy),
    ...state,
    rebaseable: false,
    comments: world.comments.filter((comment) => comment.issueNumber === pull.number).length,
    review_comments: 0,
    maintainer_can_modify: false,
    ...counts,
  };
}

export function issueOf(world: World, pull: Pull): Issue {
  const issue = world.issues.find((one) => one.number === pull.number);
  if (issue === null) throw new Error(`pull request ${pull.number} has no issue`);
  return issue;
}

/** Files of a pull request: its head against the place where it left the base. */
export async function pullFiles(world: World, pull: Pull): Promise<readonly FileChange[]> {
  const base = await world.git.mergeBase(pull.baseSha, pull.headSha);
  return diffFiles(world.git, base ?? pull.baseSha, pull.headSha);
}

function sideJson(world: World, ref: string, sha: string): Json {
  const owner = accountJson(world, world.settings.owner);
  return { label: `${world.settings.owner}:${ref}`, ref, sha, user: owner, repo: repositoryJson(world) };
}

async function mergeability(world: World, pull: Pull, issue: Issue): Promise<Json> {
  if (issue.state === 'closed') return { mergeable: null, mergeable_state: 'unknown' };
  const base = await world.git.resolve(`refs/heads/${pull.baseRef}`);
  const clean = base !== null && (await world.git.mergeTree(base, pull.headSha)) !== null;
  if (!clean) return { mergeable: false, mergeable_state: 'dirty' };
  if (pull.draft) return { mergeable: true, mergeable_state: 'draft' };
  return { mergeable: true, mergeable_state: mergeRefusal(world, pull) === null ? 'clean' : 'blocked' };
}

async function changeCounts(world: World, pull: Pull): Promise<Json> {
  const [commits, files] = await Promise.all([world.git.commitsBetween(pull.baseSha, pull.headSha), pullFiles(world, pull)]);
  const total = (key: 'additions' | 'deletions') => files.reduce((sum, file) => sum + file[key], 0);
  return { commits: commits.length, additions: total('additions'), deletions: total('deletions'), changed_files: files.length };
}

export function reviewJson(world: World, review: Review): Json {
  const web = `${repositoryWeb(world)}/pull/${review.pullNumber}`;
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: accountJson(world, review.author),
    body: review.body,
    state: review.state,
    html_url: `${web}#pullrequestreview-${review.id}`,
    pull_request_url: `${repositoryApi(world)}/pulls/${review.pullNumber}`,
    author_association: associationOf(world, review.author),
    _links: { html: { href: web }, pull_request: { href: `${repositoryApi(world)}/pulls/${review.pullNumber}` } },
    submitted_at: review.submittedAt,
    commit_id: review.commitId,
  };
}

export function fileJson(world: World, file: FileChange, sha: string): Json {
  return {
    sha: file.oid,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${repositoryWeb(world)}/blob/${sha}/${file.path}`,
    raw_url: `${repositoryWeb(world)}/raw/${sha}/${file.path}`,
    contents_url: `${repositoryApi(world)}/contents/${file.path}?ref=${sha}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}

import type { HostComment, HostIssue, HostPull, HostRole, HostRun } from '../effects/code-host.ts';

/** What GitHub writes about an account; null for deleted ones. */
interface Account {
  readonly login: string;
  readonly type?: string;
}

/** GitHub's JSON, as far as it is looked at. Everything else is ignored: GitHub adds fields at any time. */
export interface IssueJson {
  readonly number: number;
  readonly title: string;
  readonly body?: string | null;
  readonly user: Account | null;
  readonly state: string;
  readonly state_reason?: string | null;
  readonly pull_request?: object | undefined;
}

export function toIssue(json: IssueJson): HostIssue {
  const closedAs = json.state_reason === 'completed' || json.state_reason === 'not_planned' ? json.state_reason : null;
  return {
    number: json.number,
    title: json.title,
    body: json.body ?? '',
    author: json.user?.login ?? '',
    state: json.state === 'open' ? 'open' : 'closed',
    closedAs: json.state === 'open' ? null : closedAs,
    isPull: json.pull_request !== undefined,
  };
}

export interface CommentJson {
  readonly id: number;
  readonly body?: string | null;
  readonly user: Account | null;
  readonly issue_url: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly performed_via_github_app?: object | null;
}

export function toComment(json: CommentJson): HostComment {
  return {
    id: json.id,
    number: Number(json.issue_url.slice(json.issue_url.lastIndexOf('/') + 1)),
    body: json.body ?? '',
    author: json.user?.login ?? '',
    byBot: json.user?.type === 'Bot' || (json.user?.login ?? '').endsWith('[bot]') || (json.performed_via_github_app ?? null) !== null,
    createdAt: json.created_at,
    edited: json.updated_at !== json.created_at,
  };
}

export interface PullJson {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly user: Account | null;
  readonly state: string;
  readonly merged_at: string | null;
  readonly merged_by?: Account | null;
  readonly merge_commit_sha: string | null;
  readonly head: { readonly ref: string; readonly sha: string };
}

export function toPull(json: PullJson): HostPull {
  const merged = json.merged_at !== null;
  return {
    number: json.number,
    title: json.title,
    body: json.body ?? '',
    author: json.user?.login ?? '',
    state: json.state === 'open' ? 'open' : 'closed',
    merged,
    mergeSha: merged ? json.merge_commit_sha : null,
    mergedBy: json.merged_by?.login ?? null,
    headBranch: json.head.ref,
    headSha: json.head.sha,
  };
}

export interface RunJson {
  readonly id: number;
  readonly path: string;
  readonly display_title: string;
  readonly event: string;
  readonly head_sha: string;
  readonly status: string | null;
  readonly conclusion: string | null;
  readonly html_url: string;
}

export function toRun(json: RunJson): HostRun {
  const isOver = json.status === 'completed';
  return {
    id: json.id,
    workflow: json.path.replace(/^\.github\/workflows\//, '').replace(/@.*$/, ''),
    title: json.display_title,
    event: json.event,
    headSha: json.head_sha,
    // A run that waits for a person's approval is not running: nothing may wait for it.
    status: isOver ? 'completed' : json.status === 'waiting' ? 'waiting' : 'running',
    conclusion: isOver ? json.conclusion : null,
    url: json.html_url,
  };
}

const ROLE_NAMES: Readonly<Record<string, HostRole>> = {
  admin: 'admin',
  maintain: 'maintain',
  write: 'write',
  triage: 'triage',
  read: 'read',
  none: 'none',
};

/** `role_name` is exact; a custom role falls back on `permission`, which rounds down to what every role has. */
export function toRole(json: { readonly role_name: string; readonly permission: string }): HostRole {
  return ROLE_NAMES[json.role_name] ?? ROLE_NAMES[json.permission] ?? 'none';
}

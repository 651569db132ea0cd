import type { Instant } from '../../pipelines/core/schema/instant.ts';
import type { Role } from '../commands/permission-floor.ts';

/** What a person may do in a repository. */
export type HostRole = Role;

/** What a code host is asked for, and nothing that only one host knows. Implemented by bot/github, faked in tests. */
export interface CodeHost {
  repository(): Promise<HostRepository>;

  branchHead(branch: string): Promise<string | null>;
  /** False when the branch exists already. */
  createBranch(branch: string, sha: string): Promise<boolean>;
  /** Compare-and-swap: false when the branch is not at `from`. */
  resetBranch(branch: string, move: { readonly from: string; readonly to: string }): Promise<boolean>;
  /** Whether every commit of `sha` is already part of `base`. */
  isContained(sha: string, base: string): Promise<boolean>;
  /** One commit that adds or replaces files. The new commit, or null when the branch was not at `expectedHead`. */
  commitFiles(commit: HostCommit): Promise<string | null>;
  /** Bytes of a file at a commit; null when there is none. */
  fileAt(sha: string, path: string): Promise<Uint8Array | null>;
  /** Creates tags, all or none; those that exist at the same commit are left alone. False when one exists elsewhere. */
  ensureTags(tags: readonly HostTag[]): Promise<boolean>;

  /** Open issues (no pull requests) that carry a label. May lag behind by seconds. */
  openIssues(label: string): Promise<readonly HostIssue[]>;
  issue(number: number): Promise<HostIssue | null>;
  /** Number of the newest issue or pull request; 0 when there is none. */
  highestNumber(): Promise<number>;
  createIssue(issue: { readonly title: string; readonly body: string; readonly labels: readonly string[] }): Promise<HostIssue>;
  updateIssue(number: number, change: IssueChange): Promise<void>;

  comments(number: number): Promise<readonly HostComment[]>;
  /** The newest comments of the repository, newest first, at most 100. */
  newestComments(): Promise<readonly HostComment[]>;
  createComment(number: number, body: string): Promise<HostComment>;
  updateComment(id: number, body: string): Promise<void>;
  /** What a person may do here. */
  role(login: string): Promise<HostRole>;

  pull(number: number): Promise<HostPull | null>;
  /** Pull requests whose head is a branch of this repository, newest first. */
  pullsOf(branch: string): Promise<readonly HostPull[]>;
  /** The merged pull request that brought a commit into the default branch. */
  pullOfCommit(sha: string): Promise<HostPull | null>;
  /** Newest commit of the default branch that touched a file. */
  lastCommitOf(path: string): Promise<{ readonly sha: string; readonly author: string } | null>;
  createPull(pull: { readonly title: string; readonly body: string; readonly head: string; readonly base: string }): Promise<HostPull>;
  updatePull(
    number: number,
    change: { readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' },
  ): Promise<void>;

  /** Starts a workflow; the id of its run where the host tells it. */
  dispatch(request: {
    readonly workflow: string;
    readonly ref: string;
    readonly inputs: Readonly<Record<string, string>>;
  }): Promise<number | null>;
  run(id: number): Promise<HostRun | null>;
  /** Runs of a workflow, newest first, at most 30; only those at one commit when `headSha` is given. */
  runs(workflow: string, headSha?: string): Promise<readonly HostRun[]>;
  /** The one file of an artifact; null when there is none. Throws an OutsideError when it is larger than `maxBytes` or not one file. */
  artifact(runId: number, request: { readonly name: string; readonly maxBytes: number }): Promise<Uint8Array | null>;
}

export interface HostRepository {
  readonly id: number;
  /** Address of its pages, without a slash at the end. */
  readonly url: string;
  readonly defaultBranch: string;
  /** Commit of the default branch. */
  readonly head: string;
  /** Logins whose objects count as the bot's own. */
  readonly trustedAuthors: readonly string[];
}

export interface HostCommit {
  readonly branch: string;
  readonly expectedHead: string;
  readonly headline: string;
  readonly body?: string;
  /** Bytes by path. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

export interface HostTag {
  readonly name: string;
  readonly sha: string;
}

export interface HostIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: 'open' | 'closed';
  readonly closedAs: 'completed' | 'not_planned' | null;
  readonly isPull: boolean;
}

export interface IssueChange {
  readonly title?: string;
  readonly body?: string;
  readonly state?: 'open' | 'closed';
  readonly closedAs?: 'completed' | 'not_planned';
}

export interface HostComment {
  readonly id: number;
  /** Of the issue or pull request that it stands under. */
  readonly number: number;
  readonly body: string;
  readonly author: string;
  readonly byBot: boolean;
  readonly createdAt: Instant;
  readonly edited: boolean;
}

export interface HostPull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: 'open' | 'closed';
  readonly merged: boolean;
  readonly mergeSha: string | null;
  readonly mergedBy: string | null;
  readonly headBranch: string;
  readonly headSha: string;
}

export interface HostRun {
  readonly id: number;
  readonly workflow: string;
  readonly title: string;
  readonly event: string;
  readonly headSha: string;
  readonly status: 'waiting' | 'running' | 'completed';
  /** null while it is not completed. */
  readonly conclusion: string | null;
  readonly url: string;
}

/** Events that can start a workflow here. `schedule` is raised by the runner itself: the sandbox has no timer. */
export type TriggerEvent = 'push' | 'pull_request' | 'workflow_dispatch' | 'repository_dispatch' | 'schedule';

export type Permission =
  | 'actions'
  | 'attestations'
  | 'checks'
  | 'contents'
  | 'deployments'
  | 'id-token'
  | 'issues'
  | 'metadata'
  | 'pages'
  | 'pull-requests'
  | 'statuses';

/** `permissions:` of a workflow, as written there (pull-requests, id-token with a hyphen). Anything not listed is none. */
export type JobPermissions = Readonly<Partial<Record<Permission, 'read' | 'write' | 'none'>>>;

/** Something happened that workflows may listen to. Which workflow files match (branches, paths, types) is the runner's business. */
export interface Trigger {
  readonly event: TriggerEvent;
  /** `action` of the webhook payload (opened, synchronize, ...), or the event type of a repository dispatch; null for push. */
  readonly action: string | null;
  /** Full name: refs/heads/main, refs/tags/..., refs/pull/7/merge. */
  readonly ref: string;
  /** What `github.sha` is: the pushed commit, the tip of the dispatched ref, the head of the pull request. */
  readonly sha: string;
  /** Path of the one workflow that was dispatched; null: ask every workflow file at `sha`. */
  readonly workflowPath: string | null;
  readonly inputs: Readonly<Record<string, string>>;
  /** The webhook payload: what `github.event` is. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Login of who caused it. */
  readonly actor: string;
  /** The queued run that a workflow dispatch has made already; null: the runner makes its runs with createRun. */
  readonly runId: number | null;
  /** True when GITHUB_TOKEN caused a pull_request event: GitHub waits for a person before it runs. */
  readonly approvalRequired: boolean;
}

export type RunStatus = 'queued' | 'in_progress' | 'completed' | 'waiting';
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped' | 'neutral' | 'timed_out' | 'action_required';

export interface NewRun {
  readonly workflowPath: string;
  readonly event: TriggerEvent;
  /** Branch or tag without refs/heads/. */
  readonly headBranch: string;
  readonly headSha: string;
  readonly actor: string;
  readonly title?: string;
  readonly pullRequests?: readonly number[];
}

export interface StepState {
  readonly name: string;
  readonly number: number;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion: Conclusion | null;
}

export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title?: string;
}

export interface JobResult {
  readonly conclusion: Conclusion;
  /** Markdown of GITHUB_STEP_SUMMARY of all steps; it becomes the summary of the job's check run (cut at 65,535 bytes). */
  readonly summary?: string;
  readonly annotations?: readonly Annotation[];
}

export interface StoredArtifact {
  readonly id: number;
  readonly runId: number;
  readonly name: string;
  readonly sizeInBytes: number;
  /** sha256:<hex> of the zip. */
  readonly digest: string;
}

/**
 * The side of the sandbox that plays the Actions service. A runner registers with `onTrigger`, executes workflow files, and reports
 * runs, jobs, logs and artifacts here; the REST interface, the webhooks and the pages show what it reported. All calls are in process.
 */
export interface ActionsService {
  /** Listeners are called one after another, in the order of the events, after the request that caused them was answered. Returns a stop function. */
  onTrigger(listener: (trigger: Trigger) => void): () => void;
  /** Makes a queued run and sends workflow_run `requested`. Returns its id. */
  createRun(run: NewRun): number;
  /** Sends workflow_run `in_progress` or `completed` when the status changes. `name` is the workflow's `name:`, `title` its `run-name:`. */
  updateRun(runId: number, change: { status?: RunStatus; conclusion?: Conclusion; name?: string; title?: string }): void;
  /** One job of a run: a check run of the app `github-actions` with this name at the head of the run. Starts in_progress unless queued is asked for. */
  createJobCheck(runId: number, job: { name: string; status?: 'queued' | 'in_progress' }): { jobId: number; checkRunId: number };
  updateJob(jobId: number, change: { status?: 'queued' | 'in_progress'; steps?: readonly StepState[] }): void;
  completeJobCheck(jobId: number, result: JobResult): void;
  appendLog(jobId: number, text: string): void;
  /** A folder is zipped (stored, sorted names); bytes are taken as the zip. Throws when the run already has one of this name. */
  storeArtifact(runId: number, name: string, content: Uint8Array | { readonly folder: string }): StoredArtifact;
  listArtifacts(runId: number): readonly StoredArtifact[];
  /** The zip; null when there is none of this name. */
  readArtifact(runId: number, name: string): Uint8Array | null;
  /** Writes the files of a stored artifact below a folder. Throws when there is none of this name. */
  extractArtifact(runId: number, name: string, folder: string): void;
  /** A GITHUB_TOKEN of `github-actions[bot]` for one job; `metadata: read` is always included. */
  mintJobToken(runId: number, permissions: JobPermissions): string;
  revokeJobToken(token: string): void;
  /** What `ACTIONS_ID_TOKEN_REQUEST` would hand out: needed for Pages deployments by REST. */
  mintIdToken(runId: number, environment: string | null): string;
  /** Serves a folder (it is copied) at /pages/<owner>/<repo>/ and records the deployment to `github-pages`. Returns the address. */
  publishPages(runId: number, folder: string): string;
  /** Repository variables, `vars` of workflows. */
  variables(): Readonly<Record<string, string>>;
}

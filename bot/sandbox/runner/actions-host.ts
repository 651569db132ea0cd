/** `success`, `failure`, … as GitHub's checks and workflow runs spell them. */
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out';

/** Permission names and levels of a job token, e.g. `{contents: 'read'}`. A name that is absent is not granted. */
export type TokenPermissions = Readonly<Record<string, 'read' | 'write'>>;

/** Something that happened in the repository and may start workflows. */
export interface WorkflowTrigger {
  readonly event: 'push' | 'pull_request' | 'merge_group' | 'workflow_dispatch' | 'schedule';
  /** Workflow file name (`gate.yml`) that alone may start: set for workflow_dispatch. */
  readonly workflow?: string;
  /** Full ref, e.g. `refs/heads/main`, `refs/pull/3/merge`. */
  readonly ref: string;
  /** Commit that the workflow file is read from; the job's GITHUB_SHA. */
  readonly sha: string;
  /** Commit that runs and checks are reported at: the pull request's head, else `sha`. */
  readonly headSha: string;
  readonly headBranch: string;
  readonly actor: string;
  /** True when a job's own token caused it: starts nothing, except by workflow_dispatch. */
  readonly byJobToken: boolean;
  /** The webhook payload: becomes `github.event`. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The run that the dispatch answered with, when the server has already made it. */
  readonly runId?: number;
}

/** A workflow run as the runner announces it. */
export interface NewRun {
  readonly workflowPath: string;
  readonly workflowName: string;
  readonly displayTitle: string;
  readonly trigger: WorkflowTrigger;
}

/** A job as the runner announces it: it is the check run `name` of the app github-actions. */
export interface NewJob {
  readonly runId: number;
  readonly name: string;
  readonly headSha: string;
}

/** What became of one step; `log` is what it printed, secrets masked. */
export interface StepResult {
  readonly number: number;
  readonly name: string;
  readonly conclusion: Conclusion;
  readonly startedAt: string;
  readonly completedAt: string;
  readonly log: string;
}

/** One annotation that a step made with `::error::` and the like. */
export interface Annotation {
  readonly level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title: string | null;
  readonly path: string | null;
  readonly line: number | null;
}

/** What became of one job. `summary` is the Markdown that it wrote into GITHUB_STEP_SUMMARY. */
export interface JobResult {
  readonly conclusion: Conclusion;
  readonly steps: readonly StepResult[];
  readonly annotations: readonly Annotation[];
  readonly summary: string;
}

/** One file of an artifact; `path` is relative, with forward slashes. */
export interface ArtifactFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Where the runner works: one repository of the sandbox. */
export interface HostRepository {
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  /** The bare repository on disk. The runner only reads it; jobs reach it by git over HTTP alone. */
  readonly bareFolder: string;
}

/** What the runner needs of the sandbox. Jobs themselves see only its HTTP faces. */
export interface ActionsHost {
  readonly repository: HostRepository;
  /** `server` carries the clone URL `<server>/<owner>/<name>.git`. */
  readonly urls: { readonly server: string; readonly api: string; readonly graphql: string };
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Calls the listener for each trigger from now on; returns how to stop it. */
  onTrigger(listener: (trigger: WorkflowTrigger) => void): () => void;
  createRun(run: NewRun): Promise<{ readonly id: number; readonly number: number }>;
  startRun(runId: number): Promise<void>;
  completeRun(runId: number, conclusion: Conclusion): Promise<void>;
  createJob(job: NewJob): Promise<{ readonly id: number }>;
  startJob(jobId: number): Promise<void>;
  completeJob(jobId: number, result: JobResult): Promise<void>;
  /** A token of `github-actions[bot]` with exactly these permissions. */
  mintJobToken(grant: { readonly runId: number; readonly jobId: number; readonly permissions: TokenPermissions }): Promise<string>;
  revokeJobToken(token: string): Promise<void>;
  uploadArtifact(upload: {
    readonly runId: number;
    readonly name: string;
    readonly files: readonly ArtifactFile[];
  }): Promise<{ readonly id: number; readonly digest: string }>;
  downloadArtifact(runId: number, name: string): Promise<readonly ArtifactFile[] | null>;
  /** Publishes an artifact that upload-pages-artifact made; returns the address of the site. */
  deployPages(deployment: {
    readonly runId: number;
    readonly token: string;
    readonly artifactName: string;
  }): Promise<{ readonly url: string }>;
}

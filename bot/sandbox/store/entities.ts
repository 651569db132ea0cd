import type { Annotation, Conclusion, RunStatus, StepState } from '../actions-service.ts';

export type Role = 'read' | 'triage' | 'write' | 'maintain' | 'admin';
export type AccountType = 'User' | 'Bot' | 'Organization';

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: AccountType;
  /** null: knows the repository from outside only. */
  readonly role: Role | null;
}

export interface Label {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

/** An issue, or the conversation of the pull request with the same number. */
export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly isPull: boolean;
  readonly title: string;
  readonly body: string | null;
  readonly state: 'open' | 'closed';
  readonly stateReason: 'completed' | 'not_planned' | 'reopened' | 'duplicate' | null;
  readonly author: string;
  /** Slug of the App that made it; null for people. */
  readonly viaApp: string | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | null;
  readonly closedBy: string | null;
}

export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly headRef: string;
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
  readonly draft: boolean;
  readonly mergedAt: string | null;
  readonly mergedBy: string | null;
  readonly mergeCommitSha: string | null;
  readonly requestedReviewers: readonly string[];
}

export interface Comment {
  readonly id: number;
  readonly issueNumber: number;
  readonly author: string;
  readonly viaApp: string | null;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly minimizedReason: string | null;
}

export interface Reaction {
  readonly id: number;
  readonly subject: 'issue' | 'comment';
  readonly subjectId: number;
  readonly author: string;
  readonly content: string;
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';

export interface Review {
  readonly id: number;
  readonly pullNumber: number;
  readonly author: string;
  readonly state: ReviewState;
  readonly body: string;
  readonly commitId: string;
  readonly submittedAt: string;
}

export interface CheckSuite {
  readonly id: number;
  readonly app: string;
  readonly headSha: string;
}

export interface CheckOutput {
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
  readonly annotations: readonly Annotation[];
}

export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CheckRun {
  readonly id: number;
  readonly suiteId: number;
  /** Slug of the App that made it. */
  readonly app: string;
  readonly name: string;
  readonly headSha: string;
  readonly externalId: string;
  readonly detailsUrl: string | null;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion: Conclusion | 'stale' | null;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly output: CheckOutput;
  readonly actions: readonly CheckAction[];
}

export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: string;
  readonly createdAt: string;
}

export interface WorkflowRun {
  readonly id: number;
  readonly runNumber: number;
  readonly workflowId: number;
  readonly workflowPath: string;
  readonly name: string;
  readonly title: string;
  readonly event: string;
  readonly headBranch: string;
  readonly headSha: string;
  readonly actor: string;
  readonly status: RunStatus;
  readonly conclusion: Conclusion | null;
  readonly suiteId: number;
  readonly pullRequests: readonly number[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface WorkflowJob {
  readonly id: number;
  readonly runId: number;
  readonly checkRunId: number;
  readonly name: string;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion: Conclusion | null;
  readonly startedAt: string;
  readonly completedAt: string | null;
  readonly steps: readonly StepState[];
  readonly log: string;
}

export interface Artifact {
  readonly id: number;
  readonly runId: number;
  readonly name: string;
  readonly sizeInBytes: number;
  readonly digest: string;
  readonly file: string;
  readonly createdAt: string;
}

export interface Deployment {
  readonly id: number;
  readonly ref: string;
  readonly sha: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string | null;
  readonly payload: unknown;
  readonly productionEnvironment: boolean;
  readonly creator: string;
  readonly createdAt: string;
}

export interface DeploymentStatus {
  readonly id: number;
  readonly deploymentId: number;
  readonly state: string;
  readonly description: string;
  readonly logUrl: string;
  readonly environmentUrl: string;
  readonly creator: string;
  readonly createdAt: string;
}

export interface Release {
  readonly id: number;
  readonly tagName: string;
  readonly target: string;
  readonly name: string | null;
  readonly body: string | null;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly author: string;
  readonly createdAt: string;
}

export interface PagesDeployment {
  readonly id: number;
  readonly version: string;
  readonly status: 'succeed' | 'deployment_failed';
  readonly createdAt: string;
}

/** One webhook delivery; an attempt to redeliver is a row of its own with the same guid. */
export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly body: string;
  readonly redelivery: boolean;
  readonly deliveredAt: string;
  readonly durationSeconds: number;
  readonly statusCode: number;
  readonly status: string;
  readonly url: string;
}

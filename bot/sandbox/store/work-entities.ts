import type { Annotation, Conclusion, RunStatus, StepState } from '../actions-service.ts';

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

import type { Trigger } from '../actions-service.ts';
import type { GitStore } from '../git/git-store.ts';
import type * as Row from './entities.ts';
import type { Protection, Throttle } from './options.ts';
import { createTable, type Table } from './table.ts';
import type * as Work from './work-entities.ts';

export interface Settings {
  readonly root: string;
  readonly owner: string;
  readonly name: string;
  readonly repositoryId: number;
  readonly private: boolean;
  readonly createdAt: string;
  readonly appId: number;
  readonly appSlug: string;
  readonly installationId: number;
  readonly granted: Readonly<Record<string, 'read' | 'write'>>;
  readonly publicKey: string;
  readonly webhookSecret: string;
  readonly protection: Protection | null;
  readonly throttle: Throttle | null;
  readonly tokenFormat: 'opaque' | 'jwt';
  readonly person: string;
  /** Per start; forms of the pages must carry it. */
  readonly formToken: string;
}

/** A token that was handed out. */
export interface Grant {
  readonly kind: 'person' | 'installation' | 'job';
  readonly login: string;
  /** Empty for people: their role decides. */
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
  /** Wall time in ms; null: does not expire. */
  readonly expiresAt: number | null;
  readonly runId: number | null;
}

export interface Tables {
  readonly accounts: Table<Row.Account>;
  readonly labels: Table<Row.Label>;
  readonly issues: Table<Row.Issue>;
  readonly pulls: Table<Row.Pull>;
  readonly comments: Table<Row.Comment>;
  readonly reactions: Table<Row.Reaction>;
  readonly reviews: Table<Row.Review>;
  readonly suites: Table<Work.CheckSuite>;
  readonly checks: Table<Work.CheckRun>;
  readonly statuses: Table<Work.CommitStatus>;
  readonly runs: Table<Work.WorkflowRun>;
  readonly jobs: Table<Work.WorkflowJob>;
  readonly artifacts: Table<Work.Artifact>;
  readonly deployments: Table<Work.Deployment>;
  readonly deploymentStatuses: Table<Work.DeploymentStatus>;
  readonly releases: Table<Work.Release>;
  readonly pages: Table<Work.PagesDeployment>;
  readonly deliveries: Table<Work.Delivery>;
}

/** A webhook as it happens, before repository, installation and sender are added. */
export interface Happening {
  readonly event: string;
  readonly action: string | null;
  readonly actor: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Everything that one sandbox knows. Tables and maps are its state; the rest never changes after the start. */
export interface World extends Tables {
  readonly settings: Settings;
  readonly git: GitStore;
  readonly tokens: Map<string, Grant>;
  readonly variables: Map<string, string>;
  /** Numeric id of a workflow by its path. */
  readonly workflowIds: Map<string, number>;
  /** Commits that GitHub would sign: made for a bot without a custom author. */
  readonly verified: Set<string>;
  now(): string;
  time(): number;
  /** A new id; one sequence for everything. */
  nextId(): number;
  /** A new number; one sequence for issues and pull requests. */
  nextNumber(): number;
  /** Address of the pages, without a slash at the end; known once the server listens. */
  webUrl(): string;
  emit(happening: Happening): void;
  /** Sends a delivery again under its guid. */
  redeliver(delivery: Work.Delivery): void;
  trigger(trigger: Trigger): void;
  /** Runs writers one after another. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

export function createTables(): Tables {
  return {
    accounts: createTable(),
    labels: createTable(),
    issues: createTable(),
    pulls: createTable(),
    comments: createTable(),
    reactions: createTable(),
    reviews: createTable(),
    suites: createTable(),
    checks: createTable(),
    statuses: createTable(),
    runs: createTable(),
    jobs: createTable(),
    artifacts: createTable(),
    deployments: createTable(),
    deploymentStatuses: createTable(),
    releases: createTable(),
    pages: createTable(),
    deliveries: createTable(),
  };
}

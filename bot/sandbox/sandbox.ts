import type { ActionsService } from './actions-service.ts';

export interface RecordedDelivery {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly statusCode: number;
  readonly redelivery: boolean;
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:<port>`: pages, and REST at the root as on api.github.com. */
  readonly url: string;
  /** REST as on GitHub Enterprise Server: `<url>/api/v3`; GraphQL is found beside it by octokit. */
  readonly apiUrl: string;
  /** Address to clone from and push to, without credentials. */
  readonly gitUrl: string;
  /** Pages of the repository. */
  readonly repositoryUrl: string;
  readonly pagesUrl: string;
  /** The bare repository on disk. */
  readonly repositoryPath: string;
  /** PEM of the App. */
  readonly privateKey: string;
  readonly appId: number;
  readonly installationId: number;
  /** The first commit on main. */
  readonly firstCommit: string;
  /** The side that a runner of workflows registers with. */
  readonly actions: ActionsService;
  /** Personal access token of a user; throws for an unknown login. */
  tokenFor(login: string): string;
  setWebhookUrl(url: string | null): void;
  /** Sends `installation` `created`, as GitHub does when the App is installed. */
  announceInstallation(): void;
  /** Resolves when every webhook that was sent so far is delivered or has failed. */
  settled(): Promise<void>;
  deliveries(): readonly RecordedDelivery[];
  close(): Promise<void>;
}

import type { ActionsService } from '../actions-service.ts';

/** The repository of the sandbox that the runner works for. */
export interface HostedRepository {
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  /** The bare repository on disk. The runner only reads it; jobs reach it by git over HTTP alone. */
  readonly bareFolder: string;
}

/** Addresses that jobs see. `server` carries the clone URL `<server>/<owner>/<name>.git`. */
export interface HostUrls {
  readonly server: string;
  readonly api: string;
  readonly graphql: string;
}

/** What the runner needs of the sandbox. */
export interface RunnerHost {
  readonly actions: ActionsService;
  readonly repository: HostedRepository;
  readonly urls: HostUrls;
}

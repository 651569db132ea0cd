import type { GitHubClient } from './create-client.ts';

/** One repository, and the client that may touch it. */
export interface RepositoryAddress {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repo: string;
}

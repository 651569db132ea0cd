import type { ModelRepository } from '../../pipelines/ports/model-repository.ts';
import type { StateStore } from '../../pipelines/ports/state-store.ts';
import type { CodeHost } from '../effects/code-host.ts';
import type { GitHubClient } from '../github/create-client.ts';
import { openGitObjects } from '../github/git-objects.ts';
import { openGitHubHost } from '../github/open-github-host.ts';
import { openGitHubRepository } from '../github/open-github-repository.ts';
import { openGitHubStateStore } from '../github/open-github-state-store.ts';

/** One repository on GitHub, from every side that a reconciliation needs. */
export interface RepositoryShell {
  readonly host: CodeHost;
  readonly state: StateStore;
  readonly openRepository: (sha: string) => ModelRepository;
}

/** `fullName` is owner/name; `trustedAuthors` are the logins that the bot has or had. */
export function openRepositoryShell(client: GitHubClient, fullName: string, trustedAuthors: readonly string[]): RepositoryShell {
  const [owner = '', repo = ''] = fullName.split('/');
  const address = { client, owner, repo };
  const objects = openGitObjects(address);
  return {
    host: openGitHubHost({ ...address, objects, trustedAuthors }),
    state: openGitHubStateStore(address, objects),
    openRepository: (sha) => openGitHubRepository(objects, sha),
  };
}

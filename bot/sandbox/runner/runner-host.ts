import type { ActionsService } from '../actions-service.ts';
import type { Sandbox } from '../sandbox.ts';

/** The part of a sandbox that the runner works with. */
export type RunnerSandbox = Pick<Sandbox, 'url' | 'apiUrl' | 'repositoryUrl' | 'repositoryPath' | 'pagesUrl' | 'actions'>;

/** The repository that the runner works for. */
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
  readonly pages: string;
}

/** A sandbox as jobs know it. */
export interface RunnerHost {
  readonly actions: ActionsService;
  readonly repository: HostedRepository;
  readonly urls: HostUrls;
}

/** Reads owner, name and addresses off a sandbox. Its default branch is always main. */
export function hostOf(sandbox: RunnerSandbox): RunnerHost {
  const [name = '', owner = ''] = new URL(sandbox.repositoryUrl).pathname.split('/').toReversed();
  return {
    actions: sandbox.actions,
    repository: { owner, name, defaultBranch: 'main', bareFolder: sandbox.repositoryPath },
    urls: { server: sandbox.url, api: sandbox.apiUrl, graphql: new URL('/api/graphql', sandbox.url).href, pages: sandbox.pagesUrl },
  };
}

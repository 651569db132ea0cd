import { callGitHub } from '../github/call-github.ts';
import { createClient, type GitHubClient } from '../github/create-client.ts';
import type { AppDependencies } from './app-settings.ts';

/** A repository that the App is installed on. */
export interface InstalledRepository {
  readonly fullName: string;
  readonly installationId: number;
}

/** All repositories of all installations that are not suspended. */
export async function listInstallations(app: GitHubClient, dependencies: AppDependencies): Promise<InstalledRepository[]> {
  const installations = await callGitHub('list installations', () => app.paginate(app.rest.apps.listInstallations, { per_page: 100 }));
  const found: InstalledRepository[] = [];
  for (const { id, suspended_at } of installations) {
    if (suspended_at !== null && suspended_at !== undefined) continue;
    const { appId, privateKey, baseUrl, pace, logger } = dependencies;
    const credentials = { kind: 'installation', appId, privateKey, installationId: id, repositoryName: null } as const;
    const client = createClient({ credentials, baseUrl, pace, logger });
    const query = { per_page: 100 };
    const repositories = await callGitHub('list repositories', () =>
      client.paginate(client.rest.apps.listReposAccessibleToInstallation, query),
    );
    for (const { full_name } of repositories) found.push({ fullName: full_name, installationId: id });
  }
  return found;
}

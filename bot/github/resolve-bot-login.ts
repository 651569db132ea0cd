import { callGitHub } from './call-github.ts';
import type { GitHubClient } from './create-client.ts';

/** The login under which an App writes: `<slug>[bot]`. Needs a client with the App's own credentials. */
export async function resolveBotLogin(client: GitHubClient): Promise<string> {
  const { data } = await callGitHub('read the App', () => client.rest.apps.getAuthenticated());
  return `${data?.slug ?? 'holdfast'}[bot]`;
}

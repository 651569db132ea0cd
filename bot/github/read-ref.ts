import { callOrNull } from './call-github.ts';
import type { RepositoryAddress } from './repository-address.ts';

/** The commit that a ref is at; null when there is none. `name` is full: refs/heads/..., refs/tags/... */
export async function readRef({ client, owner, repo }: RepositoryAddress, name: string): Promise<string | null> {
  const ref = name.replace(/^refs\//, '');
  const found = await callOrNull(`read ${name}`, [404], () => client.rest.git.getRef({ owner, repo, ref }));
  return found?.data.object.sha ?? null;
}

import { callGitHub, isStaleBranch } from './call-github.ts';
import type { RepositoryAddress } from './repository-address.ts';

const MUTATION = `mutation moveRefs($input: UpdateRefsInput!) {
  updateRefs(input: $input) {
    clientMutationId
  }
}`;

/** All zeros: the ref must not exist. */
export const NO_COMMIT = '0'.repeat(40);

export interface RefMove {
  /** Full name: refs/heads/..., refs/tags/... */
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Moves refs all together or not at all, each by compare-and-swap. False when one was not where it was expected. */
export async function moveRefs({ client }: RepositoryAddress, repositoryId: string, moves: readonly RefMove[]): Promise<boolean> {
  const refUpdates = moves.map(({ name, from, to }) => ({ name, beforeOid: from, afterOid: to, force: from !== NO_COMMIT }));
  return callGitHub(`move ${moves.map(({ name }) => name).join(', ')}`, async () => {
    try {
      await client.graphql(MUTATION, { input: { repositoryId, refUpdates } });
      return true;
    } catch (error) {
      if (isStaleBranch(error)) return false;
      throw error;
    }
  });
}

import { callGitHub, isRefusedMutation } from './call-github.ts';
import { readRef } from './read-ref.ts';
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
export async function moveRefs(address: RepositoryAddress, repositoryId: string, moves: readonly RefMove[]): Promise<boolean> {
  const refUpdates = moves.map(({ name, from, to }) => ({ name, beforeOid: from, afterOid: to, force: from !== NO_COMMIT }));
  return callGitHub(`move ${moves.map(({ name }) => name).join(', ')}`, async () => {
    try {
      await address.client.graphql(MUTATION, { input: { repositoryId, refUpdates } });
      return true;
    } catch (error) {
      if (isRefusedMutation(error) && (await isAnyElsewhere(address, moves))) return false;
      throw error;
    }
  });
}

async function isAnyElsewhere(address: RepositoryAddress, moves: readonly RefMove[]): Promise<boolean> {
  const standing = await Promise.all(moves.map(({ name }) => readRef(address, name)));
  return moves.some(({ from }, index) => (standing[index] ?? NO_COMMIT) !== from);
}

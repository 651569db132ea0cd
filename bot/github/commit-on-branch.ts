import { callGitHub, isRefusedMutation } from './call-github.ts';
import { readRef } from './read-ref.ts';
import type { RepositoryAddress } from './repository-address.ts';

const MUTATION = `mutation commitOnBranch($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) {
    commit {
      oid
    }
  }
}`;

export interface BranchCommit {
  readonly branch: string;
  readonly expectedHead: string;
  readonly headline: string;
  readonly body?: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** One commit on a branch, by compare-and-swap, signed by GitHub. The new commit, or null when the branch was not at `expectedHead`. */
export async function commitOnBranch(address: RepositoryAddress, commit: BranchCommit): Promise<string | null> {
  const { client, owner, repo } = address;
  const additions = Object.entries(commit.files).map(([path, bytes]) => ({ path, contents: Buffer.from(bytes).toString('base64') }));
  const input = {
    branch: { repositoryNameWithOwner: `${owner}/${repo}`, branchName: commit.branch },
    expectedHeadOid: commit.expectedHead,
    message: { headline: commit.headline, ...(commit.body === undefined ? {} : { body: commit.body }) },
    fileChanges: { additions },
  };
  return callGitHub(`commit on ${commit.branch}`, async () => {
    try {
      const made = await client.graphql<{ createCommitOnBranch: { commit: { oid: string } } }>(MUTATION, { input });
      return made.createCommitOnBranch.commit.oid;
    } catch (error) {
      if (isRefusedMutation(error) && (await readRef(address, `refs/heads/${commit.branch}`)) !== commit.expectedHead) return null;
      throw error;
    }
  });
}

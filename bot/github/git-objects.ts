import { OutsideError } from '../../pipelines/core/errors/outside-error.ts';
import { callGitHub } from './call-github.ts';
import { readRef } from './read-ref.ts';
import type { RepositoryAddress } from './repository-address.ts';

/** Files of commits. What a commit or blob holds never changes, so both are read once. */
export interface GitObjects {
  /** Blob of each file by path. */
  tree(commit: string): Promise<ReadonlyMap<string, string>>;
  blob(sha: string): Promise<Uint8Array>;
  branchHead(branch: string): Promise<string | null>;
}

const KEPT_TREES = 8;
const KEPT_BLOBS = 200;
const SYMLINK = '120000';

/** Reads trees and blobs through the Git data interface, with a small cache. */
export function openGitObjects(address: RepositoryAddress): GitObjects {
  const { client, owner, repo } = address;
  const trees = new Map<string, ReadonlyMap<string, string>>();
  const blobs = new Map<string, Uint8Array>();
  return {
    async tree(commit) {
      const known = trees.get(commit);
      if (known !== undefined) return known;
      const { data } = await callGitHub(`read the tree of ${commit}`, () =>
        client.rest.git.getTree({ owner, repo, tree_sha: commit, recursive: 'true' }),
      );
      if (data.truncated) throw tooLarge(commit);
      const files = data.tree
        .filter(({ type, mode }) => type === 'blob' && mode !== SYMLINK)
        .map(({ path, sha }): [string, string] => [path, sha]);
      return remember(trees, commit, { value: new Map(files), limit: KEPT_TREES });
    },
    async blob(sha) {
      const known = blobs.get(sha);
      if (known !== undefined) return known;
      const { data } = await callGitHub(`read the blob ${sha}`, () => client.rest.git.getBlob({ owner, repo, file_sha: sha }));
      return remember(blobs, sha, { value: new Uint8Array(Buffer.from(data.content, 'base64')), limit: KEPT_BLOBS });
    },
    branchHead: (branch) => readRef(address, `refs/heads/${branch}`),
  };
}

function remember<T>(cache: Map<string, T>, key: string, entry: { readonly value: T; readonly limit: number }): T {
  const oldest = cache.keys().next();
  if (cache.size >= entry.limit && oldest.done !== true) cache.delete(oldest.value);
  cache.set(key, entry.value);
  return entry.value;
}

function tooLarge(commit: string): OutsideError {
  return new OutsideError({
    code: 'GITHUB_TREE_TRUNCATED',
    message: `the tree of ${commit} has more than 100,000 files`,
    hint: 'keep models in a repository of their own',
    retryable: false,
  });
}

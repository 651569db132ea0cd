import type { Commit, Signature } from '../git/commit.ts';
import type { World } from '../store/world.ts';
import { accountJson, type Json, repositoryApi, repositoryWeb } from './account-json.ts';

/** `git-commit` of the Git database API. */
export function gitCommitJson(world: World, sha: string, commit: Commit): Json {
  const api = repositoryApi(world);
  return {
    sha,
    node_id: `C_${sha}`,
    url: `${api}/git/commits/${sha}`,
    html_url: `${repositoryWeb(world)}/commit/${sha}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message.replace(/\n$/, ''),
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: `${api}/git/commits/${parent}`,
      html_url: `${repositoryWeb(world)}/commit/${parent}`,
    })),
    verification: verificationJson(world, sha),
  };
}

/** `commit` of the repository API, without files. */
export function commitJson(world: World, sha: string, commit: Commit): Json {
  const api = repositoryApi(world);
  return {
    sha,
    node_id: `C_${sha}`,
    url: `${api}/commits/${sha}`,
    html_url: `${repositoryWeb(world)}/commit/${sha}`,
    comments_url: `${api}/commits/${sha}/comments`,
    commit: {
      url: `${api}/git/commits/${sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message.replace(/\n$/, ''),
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      comment_count: 0,
      verification: verificationJson(world, sha),
    },
    author: accountByEmail(world, commit.author),
    committer: accountByEmail(world, commit.committer),
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: `${api}/commits/${parent}`,
      html_url: `${repositoryWeb(world)}/commit/${parent}`,
    })),
  };
}

/** The address that ties a commit to an account. */
export function emailOf(world: World, login: string): string {
  const id = world.accounts.find((account) => account.login === login)?.id ?? 0;
  return `${id}+${login}@users.noreply.github.com`;
}

function accountByEmail(world: World, signature: Signature): Json | null {
  const login = /^\d+\+(.+)@users\.noreply\.github\.com$/.exec(signature.email)?.[1];
  return login === undefined ? null : accountJson(world, login);
}

function verificationJson(world: World, sha: string): Json {
  const verified = world.verified.has(sha);
  return { verified, reason: verified ? 'valid' : 'unsigned', signature: null, payload: null, verified_at: null };
}

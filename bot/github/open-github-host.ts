import type { CodeHost, HostRepository } from '../effects/code-host.ts';
import { callGitHub, callOrNull } from './call-github.ts';
import { commitOnBranch } from './commit-on-branch.ts';
import type { GitObjects } from './git-objects.ts';
import { openIssueHost } from './issue-host.ts';
import { moveRefs, NO_COMMIT } from './move-refs.ts';
import { openPullHost } from './pull-host.ts';
import { readRef } from './read-ref.ts';
import type { RepositoryAddress } from './repository-address.ts';
import { openRunHost } from './run-host.ts';

export interface GitHubHostOptions extends RepositoryAddress {
  readonly objects: GitObjects;
  /** Logins whose issues, comments and pull requests count as the bot's own. */
  readonly trustedAuthors: readonly string[];
}

type Lasting = Omit<HostRepository, 'head'> & { readonly nodeId: string };

/** A repository on GitHub. Each method fails with an OutsideError; what does not exist is null. */
export function openGitHubHost(options: GitHubHostOptions): CodeHost {
  let lasting: Lasting | null = null;
  const lastingFacts = async () => {
    lasting ??= await readLasting(options);
    return lasting;
  };
  return {
    ...openIssueHost(options),
    ...openPullHost(options),
    ...openRunHost(options),
    ...branchHost(options, lastingFacts),
    async repository() {
      const { nodeId: _nodeId, ...facts } = await lastingFacts();
      const head = await options.objects.branchHead(facts.defaultBranch);
      return { ...facts, head: head ?? '' };
    },
  };
}

async function readLasting({ client, owner, repo, trustedAuthors }: GitHubHostOptions): Promise<Lasting> {
  const { data } = await callGitHub(`read ${owner}/${repo}`, () => client.rest.repos.get({ owner, repo }));
  return { id: data.id, nodeId: data.node_id, url: data.html_url, defaultBranch: data.default_branch, trustedAuthors };
}

type BranchHost = Pick<CodeHost, 'branchHead' | 'createBranch' | 'resetBranch' | 'isContained' | 'commitFiles' | 'fileAt' | 'ensureTags'>;

function branchHost(options: GitHubHostOptions, lastingFacts: () => Promise<Lasting>): BranchHost {
  const { client, owner, repo, objects } = options;
  return {
    branchHead: objects.branchHead,
    async createBranch(branch, sha) {
      const made = await callOrNull(`create the branch ${branch}`, [422], () =>
        client.rest.git.createRef({ owner, repo, ref: `refs/heads/${branch}`, sha }),
      );
      return made !== null;
    },
    async resetBranch(branch, { from, to }) {
      return moveRefs(options, (await lastingFacts()).nodeId, [{ name: `refs/heads/${branch}`, from, to }]);
    },
    async isContained(sha, base) {
      const { data } = await callGitHub('compare commits', () =>
        client.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead: `${base}...${sha}` }),
      );
      return data.ahead_by === 0;
    },
    commitFiles: (commit) => commitOnBranch(options, commit),
    async fileAt(sha, path) {
      const blob = (await objects.tree(sha)).get(path);
      return blob === undefined ? null : objects.blob(blob);
    },
    async ensureTags(tags) {
      const standing = await Promise.all(tags.map(({ name }) => readRef(options, `refs/tags/${name}`)));
      if (tags.some((tag, index) => standing[index] !== null && standing[index] !== tag.sha)) return false;
      const missing = tags.filter((_tag, index) => standing[index] === null);
      if (missing.length === 0) return true;
      const moves = missing.map(({ name, sha }) => ({ name: `refs/tags/${name}`, from: NO_COMMIT, to: sha }));
      return moveRefs(options, (await lastingFacts()).nodeId, moves);
    },
  };
}

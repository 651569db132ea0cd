import type { CodeHost } from '../effects/code-host.ts';
import { callGitHub, callOrNull } from './call-github.ts';
import { toPull } from './host-json.ts';
import type { RepositoryAddress } from './repository-address.ts';

type PullHost = Pick<CodeHost, 'pull' | 'pullsOf' | 'pullOfCommit' | 'lastCommitOf' | 'createPull' | 'updatePull'>;

/** Pull requests, and the commits that they brought. */
export function openPullHost({ client, owner, repo }: RepositoryAddress): PullHost {
  const { pulls, repos } = client.rest;
  const pull: PullHost['pull'] = async (number) => {
    const found = await callOrNull(`read pull request #${number}`, [404], () => pulls.get({ owner, repo, pull_number: number }));
    return found === null ? null : toPull(found.data);
  };
  return {
    pull,
    async pullsOf(branch) {
      const query = { owner, repo, head: `${owner}:${branch}`, state: 'all', sort: 'created', direction: 'desc', per_page: 30 } as const;
      const { data } = await callGitHub(`list pull requests of ${branch}`, () => pulls.list(query));
      return data.map(toPull);
    },
    async pullOfCommit(sha) {
      const query = { owner, repo, commit_sha: sha };
      const { data } = await callGitHub(`find the pull request of ${sha}`, () => repos.listPullRequestsAssociatedWithCommit(query));
      const merged =
        data.find((each) => each.merged_at !== null && each.merge_commit_sha === sha) ?? data.find((each) => each.merged_at !== null);
      return merged === undefined ? null : pull(merged.number);
    },
    async lastCommitOf(path) {
      const { data } = await callGitHub(`find the last commit of ${path}`, () => repos.listCommits({ owner, repo, path, per_page: 1 }));
      const [last] = data;
      return last === undefined ? null : { sha: last.sha, author: last.author?.login ?? last.commit.author?.name ?? 'unknown' };
    },
    async createPull({ title, body, head, base }) {
      const { data } = await callGitHub(`open a pull request from ${head}`, () => pulls.create({ owner, repo, title, body, head, base }));
      return toPull(data);
    },
    async updatePull(number, change) {
      await callGitHub(`edit pull request #${number}`, () => pulls.update({ owner, repo, pull_number: number, ...change }));
    },
  };
}

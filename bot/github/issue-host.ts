import type { CodeHost } from '../effects/code-host.ts';
import { callGitHub, callOrNull } from './call-github.ts';
import { toComment, toIssue, toRole } from './host-json.ts';
import type { RepositoryAddress } from './repository-address.ts';

type IssueHost = Pick<
  CodeHost,
  | 'openIssues'
  | 'issue'
  | 'highestNumber'
  | 'createIssue'
  | 'updateIssue'
  | 'comments'
  | 'newestComments'
  | 'createComment'
  | 'updateComment'
  | 'role'
>;

const PAGE = 100;

/** Issues, comments and people. */
export function openIssueHost({ client, owner, repo }: RepositoryAddress): IssueHost {
  const { issues, repos } = client.rest;
  return {
    async openIssues(label) {
      const query = { owner, repo, labels: label, state: 'open' as const, per_page: PAGE };
      const found = await callGitHub('list open issues', () => client.paginate(issues.listForRepo, query));
      return found.map(toIssue).filter(({ isPull }) => !isPull);
    },
    async issue(number) {
      const found = await callOrNull(`read issue #${number}`, [404, 410], () => issues.get({ owner, repo, issue_number: number }));
      return found === null ? null : toIssue(found.data);
    },
    async highestNumber() {
      const query = { owner, repo, state: 'all', sort: 'created', direction: 'desc', per_page: 1 } as const;
      const { data } = await callGitHub('read the newest issue', () => issues.listForRepo(query));
      return data[0]?.number ?? 0;
    },
    async createIssue({ title, body, labels }) {
      const { data } = await callGitHub(`open an issue "${title}"`, () => issues.create({ owner, repo, title, body, labels: [...labels] }));
      return toIssue(data);
    },
    async updateIssue(number, { closedAs, ...change }) {
      const reason = closedAs === undefined ? {} : { state_reason: closedAs };
      await callGitHub(`edit issue #${number}`, () => issues.update({ owner, repo, issue_number: number, ...change, ...reason }));
    },
    async comments(number) {
      const query = { owner, repo, issue_number: number, per_page: PAGE };
      const found = await callGitHub(`list comments of #${number}`, () => client.paginate(issues.listComments, query));
      return found.map(toComment);
    },
    async newestComments() {
      const query = { owner, repo, sort: 'created', direction: 'desc', per_page: PAGE } as const;
      const { data } = await callGitHub('list the newest comments', () => issues.listCommentsForRepo(query));
      return data.map(toComment);
    },
    async createComment(number, body) {
      const { data } = await callGitHub(`comment on #${number}`, () => issues.createComment({ owner, repo, issue_number: number, body }));
      return toComment(data);
    },
    async updateComment(id, body) {
      await callGitHub(`edit comment ${id}`, () => issues.updateComment({ owner, repo, comment_id: id, body }));
    },
    async role(login) {
      const found = await callOrNull(`read the role of ${login}`, [404], () =>
        repos.getCollaboratorPermissionLevel({ owner, repo, username: login }),
      );
      return found === null ? 'none' : toRole({ role_name: found.data.role_name, permission: found.data.permission });
    },
  };
}

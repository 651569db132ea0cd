import { isRefName } from '../git/git-store.ts';
import { accountOf } from '../http/authenticate.ts';
import { nodeId, repositoryWeb } from '../json/account-json.ts';
import { labelsJson } from '../json/issue-json.ts';
import type { World } from '../store/world.ts';
import type { Arguments, GraphObject } from './execute.ts';

/** A commit, blob or tree by id or expression; null when there is none. */
export async function gitObject(world: World, expression: string): Promise<GraphObject | null> {
  const object = await world.git.read(expression);
  if (object === null) return null;
  if (object.type === 'commit') return commitObject(world, object.oid);
  const shared = { id: nodeId('GO', 0), oid: object.oid, abbreviatedOid: object.oid.slice(0, 7) };
  if (object.type === 'tree') {
    const entries = (await world.git.tree(object.oid)) ?? [];
    const list = entries.map((entry) => ({
      __typename: 'TreeEntry',
      name: entry.name,
      oid: entry.oid,
      mode: Number.parseInt(entry.mode, 8),
      type: entry.mode === '040000' ? 'tree' : 'blob',
      object: () => gitObject(world, entry.oid),
    }));
    return { __typename: 'Tree', ...shared, entries: list };
  }
  const isBinary = object.content.subarray(0, 8000).includes(0);
  return {
    __typename: 'Blob',
    ...shared,
    byteSize: object.content.length,
    isBinary,
    isTruncated: false,
    text: isBinary ? null : object.content.toString('utf8'),
  };
}

export async function commitObject(world: World, oid: string): Promise<GraphObject | null> {
  const commit = await world.git.commit(oid);
  if (commit === null) return null;
  const [headline = '', ...rest] = commit.message.replace(/\n$/, '').split('\n');
  return {
    __typename: 'Commit',
    id: nodeId('C', 0),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    url: `${repositoryWeb(world)}/commit/${oid}`,
    message: commit.message.replace(/\n$/, ''),
    messageHeadline: headline,
    messageBody: rest.join('\n').trim(),
    committedDate: commit.committer.date,
    authoredDate: commit.author.date,
    tree: () => gitObject(world, commit.tree),
    file: async (args: Arguments) => {
      const object = await gitObject(world, `${oid}:${String(args['path'])}`);
      return object === null ? null : { __typename: 'TreeEntry', oid: object['oid'], object, path: args['path'] };
    },
  };
}

export async function refObject(world: World, ref: string): Promise<GraphObject | null> {
  const oid = isRefName(ref) ? await world.git.resolve(ref) : null;
  if (oid === null) return null;
  const prefix = /^refs\/[^/]+\//.exec(ref)?.[0] ?? 'refs/';
  return {
    __typename: 'Ref',
    id: `REF_${Buffer.from(ref).toString('base64url')}`,
    name: ref.slice(prefix.length),
    prefix,
    target: () => gitObject(world, oid),
  };
}

export function actorObject(world: World, login: string): GraphObject {
  const account = accountOf(world, login);
  // GraphQL writes the login of a bot without [bot].
  return {
    __typename: account.type,
    id: nodeId('U', account.id),
    login: account.login.replace(/\[bot\]$/, ''),
    databaseId: account.id,
    url: `${world.webUrl()}/${account.login}`,
  };
}

export function issueObject(world: World, number: number): GraphObject | null {
  const issue = world.issues.find((one) => one.number === number && !one.isPull);
  return issue === null ? null : { __typename: 'Issue', ...conversation(world, number) };
}

export function pullObject(world: World, number: number): GraphObject | null {
  const pull = world.pulls.find((one) => one.number === number);
  if (pull === null) return null;
  const shared = conversation(world, number);
  return {
    __typename: 'PullRequest',
    ...shared,
    state: pull.mergedAt === null ? shared['state'] : 'MERGED',
    isDraft: pull.draft,
    merged: pull.mergedAt !== null,
    mergedAt: pull.mergedAt,
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    mergeCommit: () => (pull.mergeCommitSha === null ? null : commitObject(world, pull.mergeCommitSha)),
    headRef: () => refObject(world, `refs/heads/${pull.headRef}`),
  };
}

function conversation(world: World, number: number): Readonly<Record<string, unknown>> {
  const issue = world.issues.find((one) => one.number === number);
  if (issue === null) throw new Error(`there is no issue ${number}`);
  const comments = world.comments.filter((comment) => comment.issueNumber === number);
  const nodes = comments.map((comment) => ({
    __typename: 'IssueComment',
    id: nodeId('IC', comment.id),
    databaseId: comment.id,
    body: comment.body,
    author: actorObject(world, comment.author),
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    isMinimized: comment.minimizedReason !== null,
  }));
  const labels = labelsJson(world, issue.labels).map((label) => ({ __typename: 'Label', name: label['name'], color: label['color'] }));
  return {
    id: nodeId(issue.isPull ? 'PR' : 'I', issue.id),
    databaseId: issue.id,
    number,
    title: issue.title,
    body: issue.body ?? '',
    state: issue.state.toUpperCase(),
    stateReason: issue.stateReason?.toUpperCase() ?? null,
    author: actorObject(world, issue.author),
    url: `${repositoryWeb(world)}/${issue.isPull ? 'pull' : 'issues'}/${number}`,
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    closedAt: issue.closedAt,
    labels: (args: Arguments) => connection('Label', labels, args),
    comments: (args: Arguments) => connection('IssueComment', nodes, args),
  };
}

/** `first`/`last` and `after` over a list; cursors are positions. */
export function connection(type: string, rows: readonly unknown[], args: Arguments): GraphObject {
  const first = args['first'] as number | null | undefined;
  const last = args['last'] as number | null | undefined;
  if ((first ?? last ?? null) === null)
    throw new Error(`You must provide a \`first\` or \`last\` value to properly paginate the \`${type}\` connection.`);
  const after = args['after'] === undefined || args['after'] === null ? 0 : Number(args['after']);
  const size = Math.min(100, first ?? last ?? 100);
  const start = first === null || first === undefined ? Math.max(0, rows.length - size) : after;
  const nodes = rows.slice(start, start + size);
  const end = start + nodes.length;
  const pageInfo = {
    __typename: 'PageInfo',
    hasNextPage: end < rows.length,
    endCursor: nodes.length === 0 ? null : String(end),
    hasPreviousPage: start > 0,
    startCursor: String(start),
  };
  return { __typename: `${type}Connection`, totalCount: rows.length, nodes, pageInfo };
}

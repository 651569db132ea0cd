import { actorOf, type Call } from '../http/call.ts';
import { nodeId, repositoryWeb } from '../json/account-json.ts';
import type { World } from '../store/world.ts';
import { type Arguments, type GraphObject, GraphqlProblem } from './execute.ts';
import { actorObject, connection, gitObject, issueObject, pullObject, refObject } from './objects.ts';

/** Root of queries: viewer, rateLimit and the repository with its refs, objects, issues and pull requests. */
export function queries(call: Call): GraphObject {
  const { world } = call;
  return {
    __typename: 'Query',
    viewer: () => actorObject(world, actorOf(call)),
    rateLimit: { __typename: 'RateLimit', limit: 5000, cost: 1, remaining: 4999, resetAt: world.now() },
    repository: (args: Arguments) => repositoryObject(world, args),
  };
}

function repositoryObject(world: World, args: Arguments): GraphObject {
  const { owner, name, repositoryId } = world.settings;
  const asked = `${String(args['owner'])}/${String(args['name'])}`;
  if (asked.toLowerCase() !== `${owner}/${name}`.toLowerCase())
    throw new GraphqlProblem('NOT_FOUND', `Could not resolve to a Repository with the name '${asked}'.`);
  return {
    __typename: 'Repository',
    id: nodeId('R', repositoryId),
    databaseId: repositoryId,
    name,
    nameWithOwner: `${owner}/${name}`,
    isPrivate: world.settings.private,
    url: repositoryWeb(world),
    owner: actorObject(world, owner),
    defaultBranchRef: () => refObject(world, 'refs/heads/main'),
    ref: (inner: Arguments) => refObject(world, qualified(String(inner['qualifiedName']))),
    refs: (inner: Arguments) => refs(world, inner),
    object: (inner: Arguments) => gitObject(world, String(inner['expression'] ?? inner['oid'])),
    issue: (inner: Arguments) => found(issueObject(world, Number(inner['number'])), 'Issue', inner),
    pullRequest: (inner: Arguments) => found(pullObject(world, Number(inner['number'])), 'PullRequest', inner),
    issues: (inner: Arguments) => issues(world, inner),
    pullRequests: (inner: Arguments) => pullRequests(world, inner),
  };
}

function qualified(name: string): string {
  return name.startsWith('refs/') ? name : `refs/heads/${name}`;
}

function found(object: GraphObject | null, type: string, args: Arguments): GraphObject {
  if (object === null)
    throw new GraphqlProblem(
      'NOT_FOUND',
      `Could not resolve to ${type === 'Issue' ? 'an' : 'a'} ${type} with the number of ${String(args['number'])}.`,
    );
  return object;
}

async function refs(world: World, args: Arguments): Promise<GraphObject> {
  const rows = await world.git.listRefs(String(args['refPrefix']));
  return connection('Ref', await Promise.all(rows.map((row) => refObject(world, row.ref))), args);
}

function issues(world: World, args: Arguments): GraphObject {
  const states = args['states'] as string | readonly string[] | undefined;
  const labels = args['labels'] as readonly string[] | undefined;
  const rows = world.issues.filter(
    (issue) => !issue.isPull && includes(states, issue.state) && (labels ?? []).every((label) => issue.labels.includes(label)),
  );
  return connection(
    'Issue',
    rows.map((issue) => issueObject(world, issue.number)),
    args,
  );
}

function pullRequests(world: World, args: Arguments): GraphObject {
  const objects = world.pulls.all().map((pull) => pullObject(world, pull.number));
  const rows = objects.filter(
    (object) =>
      includes(args['states'] as string | readonly string[] | undefined, String(object?.['state'])) &&
      (args['headRefName'] ?? object?.['headRefName']) === object?.['headRefName'] &&
      (args['baseRefName'] ?? object?.['baseRefName']) === object?.['baseRefName'],
  );
  return connection('PullRequest', rows, args);
}

function includes(states: string | readonly string[] | undefined | null, state: string): boolean {
  if (states === undefined || states === null) return true;
  const wanted = typeof states === 'string' ? [states] : states;
  return wanted.some((one) => one.toUpperCase() === state.toUpperCase());
}

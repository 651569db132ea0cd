import { announcePull } from '../domain/announce-pull.ts';
import { moveRefs } from '../domain/move-refs.ts';
import { ApiError } from '../http/api-error.ts';
import { authorisedTo } from '../http/authorised-to.ts';
import { actorOf, type Call } from '../http/call.ts';
import { nodeId, rowIdOf } from '../json/account-json.ts';
import type { Pull } from '../store/entities.ts';
import { createCommitOnBranch } from './create-commit-on-branch.ts';
import { type Arguments, type GraphObject, GraphqlProblem } from './execute.ts';
import { pullObject } from './objects.ts';
import { updateRefs } from './update-refs.ts';

/** Root of mutations. Each takes `input` and echoes its clientMutationId. */
export function mutations(call: Call): GraphObject {
  const mutation = (name: string, run: (input: Arguments) => Promise<Readonly<Record<string, unknown>>>) => async (args: Arguments) => {
    const input = args['input'];
    if (input === null || typeof input !== 'object')
      throw new GraphqlProblem('BAD_REQUEST', `Field '${name}' is missing required arguments: input`);
    const payload = await withGraphqlErrors(() => run(input as Arguments));
    const typename = `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`;
    return { __typename: typename, clientMutationId: (input as Arguments)['clientMutationId'] ?? null, ...payload };
  };
  return {
    __typename: 'Mutation',
    createCommitOnBranch: mutation('createCommitOnBranch', (input) => createCommitOnBranch(call, input)),
    updateRefs: mutation('updateRefs', (input) => updateRefs(call, input)),
    createRef: mutation('createRef', (input) => createRef(call, input)),
    markPullRequestReadyForReview: mutation('markPullRequestReadyForReview', (input) => setDraft(call, input, false)),
    convertPullRequestToDraft: mutation('convertPullRequestToDraft', (input) => setDraft(call, input, true)),
    minimizeComment: mutation('minimizeComment', async (input) => minimizeComment(call, input)),
  };
}

/** Refuses as GraphQL does when the caller lacks write of a permission. */
export function needWrite(call: Call, permission: string): void {
  if (!authorisedTo(call, permission, 'write')) throw new GraphqlProblem('FORBIDDEN', 'Resource not accessible by integration');
}

async function withGraphqlErrors<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (problem) {
    if (problem instanceof ApiError) throw new GraphqlProblem('UNPROCESSABLE', problem.message);
    throw problem;
  }
}

async function createRef(call: Call, input: Arguments): Promise<Readonly<Record<string, unknown>>> {
  needWrite(call, 'contents');
  const ref = String(input['name']);
  if ((await call.world.git.resolve(ref)) !== null)
    throw new GraphqlProblem('UNPROCESSABLE', `A ref named "${ref}" already exists in the repository.`);
  await moveRefs(call.world, actorOf(call), [{ ref, before: null, after: String(input['oid']) }]);
  return {
    ref: {
      __typename: 'Ref',
      id: nodeId('REF', 0),
      name: ref.replace(/^refs\/(heads|tags)\//, ''),
      prefix: 'refs/heads/',
      target: { __typename: 'Commit', oid: input['oid'] },
    },
  };
}

async function setDraft(call: Call, input: Arguments, draft: boolean): Promise<Readonly<Record<string, unknown>>> {
  needWrite(call, 'pull_requests');
  const issueId = rowIdOf('PR', String(input['pullRequestId']));
  const issue = issueId === null ? null : call.world.issues.get(issueId);
  const pull = issue === null ? null : call.world.pulls.find((one) => one.number === issue.number);
  if (pull === null)
    throw new GraphqlProblem('NOT_FOUND', `Could not resolve to a node with the global id of '${String(input['pullRequestId'])}'`);
  if (pull.draft !== draft) {
    const next: Pull = call.world.pulls.put({ ...pull, draft });
    await announcePull(call.world, { pull: next, action: draft ? 'converted_to_draft' : 'ready_for_review', actor: actorOf(call) });
  }
  return { pullRequest: pullObject(call.world, pull.number) };
}

function minimizeComment(call: Call, input: Arguments): Readonly<Record<string, unknown>> {
  needWrite(call, authorisedTo(call, 'issues', 'write') ? 'issues' : 'pull_requests');
  const id = rowIdOf('IC', String(input['subjectId']));
  const comment = id === null ? null : call.world.comments.get(id);
  if (comment === null)
    throw new GraphqlProblem('NOT_FOUND', `Could not resolve to a node with the global id of '${String(input['subjectId'])}'`);
  const reason = String(input['classifier']).toLowerCase();
  call.world.comments.put({ ...comment, minimizedReason: reason });
  return { minimizedComment: { __typename: 'IssueComment', id: input['subjectId'], isMinimized: true, minimizedReason: reason } };
}

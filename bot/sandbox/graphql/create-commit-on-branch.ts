import { announceRefs } from '../domain/announce-refs.ts';
import { pushRefusal } from '../domain/protection.ts';
import { writeHostedCommit } from '../domain/write-commit.ts';
import { editTree, TreeEditError } from '../git/edit-tree.ts';
import { authorisedTo } from '../http/authorised-to.ts';
import { actorOf, type Call } from '../http/call.ts';
import { type Arguments, GraphqlProblem } from './execute.ts';
import { commitObject, refObject } from './objects.ts';

interface FileChanges {
  readonly additions?: readonly { readonly path: string; readonly contents: string }[];
  readonly deletions?: readonly { readonly path: string }[];
}

/** GitHub's limit of one commit made this way, about 40 MB. */
const MAXIMUM_BYTES = 40_000_000;

/** A commit on top of a branch, only when the branch still points to expectedHeadOid: a compare-and-swap. Signed, authored by the caller. */
export async function createCommitOnBranch(call: Call, input: Arguments): Promise<Readonly<Record<string, unknown>>> {
  if (!authorisedTo(call, 'contents', 'write')) throw new GraphqlProblem('FORBIDDEN', 'Resource not accessible by integration');
  const { world } = call;
  const ref = branchRef(call, input['branch'] as Arguments);
  const expected = String(input['expectedHeadOid']);
  const head = await world.git.resolve(ref);
  if (head === null) throw new GraphqlProblem('NOT_FOUND', `Could not resolve to a Ref with the name "${ref}".`);
  const stale = new GraphqlProblem('STALE_DATA', `Expected branch to point to "${expected}" but it did not. Pull and try again.`);
  if (head !== expected) throw stale;
  const refusal = pushRefusal(world, ref, actorOf(call));
  if (refusal !== null) throw new GraphqlProblem('UNPROCESSABLE', refusal);
  const changes = (input['fileChanges'] ?? {}) as FileChanges;
  refuseWorkflows(call, changes);
  const parent = await world.git.commit(head);
  const tree = await newTree(call, parent?.tree ?? null, changes);
  const sha = writeHostedCommit(world, { tree, parents: [head], message: messageOf(input['message'] as Arguments), author: actorOf(call) });
  if ((await world.git.updateRefs([{ ref, before: head, after: sha }])) !== null) throw stale;
  await announceRefs(world, actorOf(call), [{ ref, before: head, after: sha }]);
  return { commit: await commitObject(world, sha), ref: await refObject(world, ref) };
}

function branchRef(call: Call, branch: Arguments): string {
  const { owner, name } = call.world.settings;
  const repository = branch['repositoryNameWithOwner'];
  if (repository !== undefined && String(repository).toLowerCase() !== `${owner}/${name}`.toLowerCase())
    throw new GraphqlProblem('NOT_FOUND', `Could not resolve to a Repository with the name '${String(repository)}'.`);
  const branchName = String(branch['branchName'] ?? '');
  return branchName.startsWith('refs/') ? branchName : `refs/heads/${branchName}`;
}

async function newTree(call: Call, base: string | null, changes: FileChanges): Promise<string> {
  const { git } = call.world;
  const edits = new Map<string, { mode: string; oid: string } | null>();
  let bytes = 0;
  for (const { path } of changes.deletions ?? []) edits.set(path, null);
  for (const { path, contents } of changes.additions ?? []) {
    const content = Buffer.from(contents, 'base64');
    bytes += content.length;
    edits.set(path, { mode: '100644', oid: git.writeBlob(content) });
  }
  if (bytes > MAXIMUM_BYTES) throw new GraphqlProblem('UNPROCESSABLE', 'The request is too large: at most 40 MB of files.');
  try {
    return await editTree(git, base, edits);
  } catch (problem) {
    if (problem instanceof TreeEditError) throw new GraphqlProblem('UNPROCESSABLE', problem.message);
    throw problem;
  }
}

/** Workflow files need a permission of their own, which no token of this repository has. */
function refuseWorkflows(call: Call, changes: FileChanges): void {
  const paths = [...(changes.additions ?? []), ...(changes.deletions ?? [])].map((one) => one.path);
  if (!paths.some((path) => path.startsWith('.github/workflows/')) || authorisedTo(call, 'workflows', 'write')) return;
  throw new GraphqlProblem('FORBIDDEN', 'refusing to allow a GitHub App to create or update workflow files without `workflows` permission');
}

function messageOf(message: Arguments): string {
  const body = message['body'];
  return `${String(message['headline'])}${body === undefined || body === null || body === '' ? '' : `\n\n${String(body)}`}`;
}

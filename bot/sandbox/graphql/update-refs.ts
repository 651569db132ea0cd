import { moveRefs } from '../domain/move-refs.ts';
import { isRefName } from '../git/git-store.ts';
import { authorisedTo } from '../http/authorised-to.ts';
import { actorOf, type Call } from '../http/call.ts';
import { type Arguments, GraphqlProblem } from './execute.ts';

interface RefUpdate {
  readonly name: string;
  readonly afterOid: string;
  readonly beforeOid?: string | null;
  readonly force?: boolean | null;
}

const ABSENT = /^0{40}$/;

/** Many refs atomically. beforeOid is compared (all zeros: must not exist); afterOid of all zeros deletes; without force only fast-forwards. */
export async function updateRefs(call: Call, input: Arguments): Promise<Readonly<Record<string, unknown>>> {
  if (!authorisedTo(call, 'contents', 'write')) throw new GraphqlProblem('FORBIDDEN', 'Resource not accessible by integration');
  const updates = (input['refUpdates'] ?? []) as readonly RefUpdate[];
  const moved = [];
  for (const update of updates) moved.push(await checked(call, update));
  await moveRefs(call.world, actorOf(call), moved);
  return {};
}

async function checked(call: Call, update: RefUpdate): Promise<{ ref: string; before: string | null; after: string | null }> {
  const { git } = call.world;
  const { name, afterOid, beforeOid } = update;
  if (!isRefName(name)) throw new GraphqlProblem('UNPROCESSABLE', `"${name}" is not a valid qualified ref name.`);
  const current = await git.resolve(name);
  const expected = beforeOid === undefined || beforeOid === null ? current : ABSENT.test(beforeOid) ? null : beforeOid;
  if (current !== expected)
    throw new GraphqlProblem('UNPROCESSABLE', `Reference "${name}" is at ${current ?? 'nothing'} but expected ${expected ?? 'nothing'}.`);
  const after = ABSENT.test(afterOid) ? null : afterOid;
  if (after !== null && (await git.read(after)) === null) throw new GraphqlProblem('UNPROCESSABLE', `Object ${after} does not exist.`);
  const forward = current === null || after === null || update.force === true || (await git.isAncestor(current, after));
  if (!forward) throw new GraphqlProblem('UNPROCESSABLE', `Update of "${name}" is not a fast forward.`);
  return { ref: name, before: current, after };
}

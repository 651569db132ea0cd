import { moveRefs } from '../domain/move-refs.ts';
import { isRefName } from '../git/git-store.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { flag, required, text } from '../http/body-shape.ts';
import { type Answer, actorOf, type Call, created, get, noContent, ok, type Right, type Route } from '../http/call.ts';
import { paginate } from '../http/paginate.ts';
import { type Json, repositoryApi } from '../json/account-json.ts';
import type { World } from '../store/world.ts';

const BASE = '/repos/{owner}/{repo}/git';
const READ: Right = [['contents', 'read']];
const WRITE: Right = [['contents', 'write']];

export function gitRefRoutes(): readonly Route[] {
  return [
    get(`${BASE}/ref/{ref+}`, READ, oneRef),
    get(`${BASE}/matching-refs/{ref+}`, READ, matchingRefs),
    { method: 'POST', path: `${BASE}/refs`, right: WRITE, body: { ref: required(text()), sha: required(text()) }, run: createRef },
    { method: 'PATCH', path: `${BASE}/refs/{ref+}`, right: WRITE, body: { sha: required(text()), force: flag() }, run: patchRef },
    { method: 'DELETE', path: `${BASE}/refs/{ref+}`, right: WRITE, body: null, run: deleteRef },
  ];
}

async function oneRef(call: Call): Promise<Answer> {
  const ref = `refs/${call.params['ref'] ?? ''}`;
  const oid = await call.world.git.resolve(ref);
  if (oid === null) throw notFound();
  return ok(await refJson(call.world, ref, oid));
}

async function matchingRefs(call: Call): Promise<Answer> {
  const refs = await call.world.git.listRefs(`refs/${call.params['ref'] ?? ''}`);
  return paginate(call, refs, (one) => refJson(call.world, one.ref, one.oid));
}

async function createRef(call: Call): Promise<Answer> {
  const { world } = call;
  const ref = String(call.body['ref']);
  const sha = String(call.body['sha']);
  if (!isRefName(ref) || ref.split('/').length < 3)
    throw new ApiError(422, "Reference name must start with 'refs/' and contain at least two slashes.");
  if ((await world.git.read(sha)) === null) throw new ApiError(422, 'Object does not exist');
  if ((await world.git.resolve(ref)) !== null) throw new ApiError(422, 'Reference already exists');
  await moveRefs(world, actorOf(call), [{ ref, before: null, after: sha }]);
  return created(await refJson(world, ref, sha));
}

async function patchRef(call: Call): Promise<Answer> {
  const { world } = call;
  const ref = `refs/${call.params['ref'] ?? ''}`;
  const sha = String(call.body['sha']);
  const before = await world.git.resolve(ref);
  if (before === null) throw new ApiError(422, 'Reference does not exist');
  if ((await world.git.read(sha)) === null) throw new ApiError(422, 'Object does not exist');
  if (call.body['force'] !== true && !(await world.git.isAncestor(before, sha))) throw new ApiError(422, 'Update is not a fast forward');
  await moveRefs(world, actorOf(call), [{ ref, before, after: sha }]);
  return ok(await refJson(world, ref, sha));
}

async function deleteRef(call: Call): Promise<Answer> {
  const ref = `refs/${call.params['ref'] ?? ''}`;
  const before = await call.world.git.resolve(ref);
  if (before === null) throw new ApiError(422, 'Reference does not exist');
  await moveRefs(call.world, actorOf(call), [{ ref, before, after: null }]);
  return noContent();
}

async function refJson(world: World, ref: string, oid: string): Promise<Json> {
  const type = (await world.git.read(oid))?.type ?? 'commit';
  const api = repositoryApi(world);
  return {
    ref,
    node_id: `REF_${Buffer.from(ref).toString('base64url')}`,
    url: `${api}/git/${ref}`,
    object: { sha: oid, type, url: `${api}/git/${type}s/${oid}` },
  };
}

import { ApiError } from '../http/api-error.ts';
import type { World } from '../store/world.ts';

/** The commit that a branch, a tag, a full ref, or an id (also a short one) names; GitHub's 422 when there is none. */
export async function resolveCommit(world: World, name: string): Promise<string> {
  const plain = name.replace(new RegExp(`^${world.settings.owner}:`, 'i'), '');
  const refs = [
    `refs/heads/${plain}`,
    `refs/tags/${plain}`,
    plain.startsWith('heads/') || plain.startsWith('tags/') ? `refs/${plain}` : plain,
  ];
  for (const ref of refs) {
    const oid = ref.startsWith('refs/') ? await world.git.resolve(ref) : null;
    if (oid !== null) return peel(world, oid);
  }
  const looksLikeId = /^[0-9a-f]{4,40}$/.test(plain);
  const object = looksLikeId ? await world.git.read(`${plain}^{commit}`) : null;
  if (object === null) throw new ApiError(422, `No commit found for SHA: ${name}`);
  return object.oid;
}

async function peel(world: World, oid: string): Promise<string> {
  const object = await world.git.read(`${oid}^{commit}`);
  return object?.oid ?? oid;
}

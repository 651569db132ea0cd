import { ApiError } from '../http/api-error.ts';
import type { World } from '../store/world.ts';
import { announceRefs, type MovedRef } from './announce-refs.ts';
import { pushRefusal } from './protection.ts';

/** Moves refs all or none, each by compare-and-swap with what was read before; refuses protected branches; announces. 422 when a ref had moved. */
export async function moveRefs(world: World, actor: string, moved: readonly MovedRef[]): Promise<void> {
  for (const one of moved) {
    const refusal = pushRefusal(world, one.ref, actor);
    if (refusal !== null) throw new ApiError(422, refusal);
  }
  const lost = await world.git.updateRefs(moved);
  if (lost !== null) throw new ApiError(422, `Reference update failed: ${lost}`);
  await announceRefs(world, actor, moved);
}

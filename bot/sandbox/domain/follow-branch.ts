import { issueOf } from '../json/pull-json.ts';
import type { Pull } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import { announcePull } from './announce-pull.ts';
import type { MovedRef } from './announce-refs.ts';

/** Open pull requests from a branch get its new head; they are closed when it is deleted. */
export async function followBranch(world: World, actor: string, moved: MovedRef): Promise<void> {
  const branch = moved.ref.slice('refs/heads/'.length);
  for (const pull of world.pulls.filter((one) => one.headRef === branch && isOpen(world, one))) {
    if (moved.after === null) await closePull(world, actor, pull);
    else await synchronise(world, actor, { pull, before: moved.before, after: moved.after });
  }
}

function isOpen(world: World, pull: Pull): boolean {
  return issueOf(world, pull).state === 'open';
}

async function closePull(world: World, actor: string, pull: Pull): Promise<void> {
  const now = world.now();
  world.issues.put({ ...issueOf(world, pull), state: 'closed', closedAt: now, closedBy: actor, updatedAt: now });
  await announcePull(world, { pull, action: 'closed', actor });
}

async function synchronise(
  world: World,
  actor: string,
  { pull, before, after }: { pull: Pull; before: string | null; after: string },
): Promise<void> {
  const base = await world.git.resolve(`refs/heads/${pull.baseRef}`);
  const next = world.pulls.put({ ...pull, headSha: after, baseSha: base ?? pull.baseSha });
  world.issues.put({ ...issueOf(world, pull), updatedAt: world.now() });
  await world.git.updateRefs([{ ref: `refs/pull/${pull.number}/head`, before: undefined, after }]);
  await announcePull(world, { pull: next, action: 'synchronize', actor, more: { before, after } });
}

import { type ApproverAct, approveGreenPullRequests } from './scripted-approver.ts';
import type { World } from './start-world.ts';

/** Waits until nothing moves: webhooks delivered, workflows ended, the App idle. */
export async function quiet({ sandbox, runner, app }: World): Promise<void> {
  for (let calm = 0; calm < 2; calm += 1) {
    const before = sandbox.deliveries().length;
    await sandbox.settled();
    await app.idle();
    await runner.idle();
    await sandbox.settled();
    await app.idle();
    if (sandbox.deliveries().length !== before) calm = -1;
  }
}

/**
 * Lets the world come to rest after the bot has looked at the log: the scripted approver merges what is green, which may start more work.
 * With `merge` false nobody merges here; the person at the keyboard does.
 */
export async function settle(world: World, merge: boolean): Promise<readonly ApproverAct[]> {
  const acts: ApproverAct[] = [];
  await quiet(world);
  for (let round = 0; merge && round < 5; round += 1) {
    const done = await approveGreenPullRequests(world.approver, world.bot);
    acts.push(...done);
    if (!done.some(({ act }) => act === 'merged')) break;
    await quiet(world);
  }
  return acts;
}

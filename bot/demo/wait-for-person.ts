import { setTimeout as sleep } from 'node:timers/promises';
import { greenPullRequests } from './scripted-approver.ts';
import { quiet } from './settle.ts';
import type { World } from './start-world.ts';

const POLL_MS = 1000;

/** Stops the clock of the replay until the person at the keyboard has merged or closed every pull request whose gate is green. */
export async function waitForPerson(world: World, print: (line: string) => void): Promise<void> {
  const told = new Set<number>();
  for (
    let green = await greenPullRequests(world.approver, world.bot);
    green.length > 0;
    green = await greenPullRequests(world.approver, world.bot)
  ) {
    for (const { number } of green.filter((pull) => !told.has(pull.number))) {
      told.add(number);
      print(`    … waiting for you: the gate is green, press Merge (or close it)  ${world.sandbox.repositoryUrl}/pull/${number}`);
    }
    await sleep(POLL_MS);
  }
  if (told.size > 0) await quiet(world);
}

import { expect, it } from 'vitest';
import { crashEverywhere } from '../../fakes/crash-trials.ts';
import { LoopWorld } from '../../fakes/loop-world.ts';

/** Half of one column is missing for four days, and somebody who may write comments on the issue. */
function commented(text: string): () => Promise<LoopWorld> {
  return async () => {
    const world = await LoopWorld.open();
    world.host.roles.set('writer', 'write');
    world.pass(4, { missing: 0.5 });
    await world.reconcile();
    world.host.say(await numberOf(world), 'writer', text);
    return world;
  };
}

async function breachOf(world: LoopWorld) {
  const incident = (await world.model()).incidents.find(({ kind }) => kind === 'missing-values');
  if (incident === undefined) throw new Error('no incident of missing values');
  return incident;
}

async function numberOf(world: LoopWorld): Promise<number> {
  return (await world.model()).issues[(await breachOf(world)).id] ?? 0;
}

async function checkNoted(world: LoopWorld, expected: { readonly incident: object; readonly body: string }): Promise<void> {
  const number = await numberOf(world);
  expect(await breachOf(world)).toMatchObject(expected.incident);
  expect(world.host.commentsHeld.filter((comment) => comment.byBot && comment.number === number)).toHaveLength(1);
  expect(world.host.issues.find((issue) => issue.number === number)?.body).toContain(expected.body);
  expect((await world.model()).pending).toEqual({});
}

it('an acknowledgement takes effect once, and is answered once, wherever the run dies', async () => {
  const incident = { status: 'acknowledged', acknowledged: { by: 'writer' } };
  const check = (world: LoopWorld) => checkNoted(world, { incident, body: '✔ Acknowledged by writer' });

  expect(await crashEverywhere({ open: commented('/holdfast acknowledge'), observe: 'nothing', stride: 3 }, check)).toBeGreaterThan(4);
});

it('so does a snooze', async () => {
  const incident = { status: 'open', snoozedUntil: '2001-01-22T00:00:00Z' };
  const check = (world: LoopWorld) => checkNoted(world, { incident, body: '⏸ Snoozed until 22 Jan 2001' });

  expect(await crashEverywhere({ open: commented('/holdfast snooze 3d'), observe: 'nothing', stride: 3 }, check)).toBeGreaterThan(4);
});

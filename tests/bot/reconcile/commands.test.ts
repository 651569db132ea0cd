import { describe, expect, it } from 'vitest';
import { readCommands } from '../../../bot/reconcile/answer-commands.ts';
import { emptyModelState } from '../../../pipelines/core/schema/model-state.ts';
import { FakeCodeHost } from '../../fakes/fake-code-host.ts';
import { LoopWorld } from '../../fakes/loop-world.ts';

async function openWorld(): Promise<LoopWorld> {
  const world = await LoopWorld.open();
  world.host.roles.set('reader', 'read').set('writer', 'write');
  world.pass(10, { skill: 0.2 });
  await world.reconcile();
  return world;
}

const answers = (world: LoopWorld) => world.host.commentsHeld.filter(({ byBot }) => byBot).map(({ body }) => body);

describe('commands in comments', () => {
  it('answers a status once', async () => {
    const world = await openWorld();
    world.host.say(1, 'writer', '/holdfast status');

    await world.reconcile({ observe: 'nothing' });
    await world.reconcile({ observe: 'nothing' });

    expect(answers(world)).toHaveLength(1);
    expect(answers(world)[0]).toContain('**loan: ');
  });

  it('refuses a retraining and a status politely to someone who may only read', async () => {
    const world = await LoopWorld.open();
    world.host.roles.set('reader', 'read');
    world.pass(7);
    await world.reconcile();
    world.host.say(1, 'reader', '/holdfast retrain');
    world.host.say(1, 'reader', '/holdfast status');

    await world.reconcile({ observe: 'nothing' });

    expect(answers(world)).toHaveLength(2);
    for (const answer of answers(world)) expect(answer).toContain('needs the role *write*');
    expect(world.host.pulls).toHaveLength(0);
    expect(world.state.events.at(-1)).toMatchObject({ action: 'command-refused', actor: 'reader' });
  });

  it('trains when someone with write permission asks', async () => {
    const world = await LoopWorld.open();
    world.host.roles.set('writer', 'write');
    world.pass(7);
    await world.reconcile();
    world.host.say(1, 'writer', '/holdfast retrain\n\nbecause I can');

    await world.reconcile({ observe: 'nothing' });
    await world.reconcile({ observe: 'nothing' });

    expect(answers(world)).toHaveLength(1);
    expect(answers(world)[0]).toContain('v2 is being trained');
    expect(world.host.pulls.map(({ title }) => title)).toEqual(['Retrain loan: v1 → v2']);
    expect(world.state.events.map(({ action }) => action)).toContain('command-obeyed');
  });

  it('says why not when a retraining is open already', async () => {
    const world = await LoopWorld.open();
    world.host.roles.set('writer', 'write');
    world.pass(15, { skill: 0.2 });
    await world.reconcile();
    world.host.say(1, 'writer', '/holdfast retrain');

    await world.reconcile({ observe: 'nothing' });

    expect(answers(world)[0]).toContain('Sorry, not now');
    expect(world.host.pulls).toHaveLength(1);
  });

  it('explains a decision, and ignores bots and edited comments', async () => {
    const world = await openWorld();
    const decision = (await world.model()).decisions[0]?.id ?? '';
    world.host.say(1, 'writer', `/holdfast explain ${decision}`);
    world.host.say(1, 'other[bot]', '/holdfast status');
    const edited = world.host.say(1, 'reader', 'hello');
    await world.host.updateComment(edited, '/holdfast retrain');

    await world.reconcile({ observe: 'nothing' });

    const own = world.host.commentsHeld.filter(({ author }) => author === 'holdfast[bot]');
    expect(own).toHaveLength(1);
    expect(own[0]?.body).toContain('because:');
  });

  it('leaves a command on the issue of another model to that model', async () => {
    const host = new FakeCodeHost(new Map());
    host.roles.set('writer', 'write');
    host.say(5, 'writer', '/holdfast retrain');
    const [first, second] = [emptyModelState('first'), { ...emptyModelState('second'), issues: { 'drift/x': 5 } }];
    const readers = { states: [first, second], models: ['first', 'second'] };

    const [ofFirst, ofSecond] = [
      await readCommands(host, { ...readers, state: first }),
      await readCommands(host, { ...readers, state: second }),
    ];

    expect(ofFirst).toEqual([]);
    expect(ofSecond).toMatchObject([{ allowed: true, command: { kind: 'retrain' } }]);
  });
});

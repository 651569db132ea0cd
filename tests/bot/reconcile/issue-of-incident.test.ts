import { describe, expect, it } from 'vitest';
import { LoopWorld } from '../../fakes/loop-world.ts';

/** The incident of the model's results, and its issue. */
async function harm(world: LoopWorld) {
  const state = await world.model();
  const incident = state.incidents.find(({ kind }) => kind === 'realised-performance');
  const issue = world.host.issues.find(({ number }) => number === state.issues[incident?.id ?? '']);
  if (incident === undefined || issue === undefined) throw new Error('no incident of the results has an issue');
  return { incident, issue, body: issue.body };
}

/** v2 was asked for and failed its gate. */
async function refused(): Promise<LoopWorld> {
  const world = await LoopWorld.open();
  world.pass(15, { skill: 0.2 });
  await world.reconcile();
  await world.train();
  await world.reconcile({ observe: 'nothing' });
  world.judge('fail');
  await world.reconcile({ observe: 'nothing' });
  return world;
}

async function recovered(): Promise<LoopWorld> {
  const world = await refused();
  world.pass(8);
  await world.reconcile();
  return world;
}

describe('the issue of an incident whose retraining failed its gate', () => {
  it('says which version was refused, why, and until when nothing is proposed', async () => {
    const { body } = await harm(await refused());

    expect(body).toMatch(/v2 \(#\d+, asked for on \d+ Jan 2001\) was not promoted: 1 check failed/);
    expect(body).toContain('No retraining is proposed before');
    expect(body).not.toContain('as soon as the policy allows it');
  });

  it('says so still in the runs after, without writing again', async () => {
    const world = await refused();
    const { body } = await harm(world);
    const { writes } = world.host;

    await world.reconcile({ observe: 'nothing' });

    expect((await harm(world)).body).toBe(body);
    expect(world.host.writes).toBe(writes);
  });
});

describe('the issue of an incident that is over', () => {
  it('speaks in the past tense: what it was, how long, what was done, what was refused', async () => {
    const { incident, issue, body } = await harm(await recovered());

    expect(incident.status).toBe('resolved');
    expect(issue).toMatchObject({ state: 'closed', closedAs: 'completed' });
    expect(body).toMatch(/^\*\*Over since \d+ Feb 2001\.\*\*/m);
    expect(body).toMatch(/It was open for \d+ days/);
    expect(body).toContain('### Did it hurt?');
    expect(body).toMatch(/\*\*Yes\*\*: at its worst, realised AUC 0\.\d+/);
    expect(body).toContain('### What was done?');
    expect(body).toMatch(/v2 \(#\d+, asked for on \d+ Jan 2001\) was not promoted: 1 check failed/);
    expect(body).not.toMatch(/Does it hurt|being done|Closes by itself|so far|not planned|A retraining is proposed/);
  });

  it('is written with the closing, once', async () => {
    const world = await recovered();
    const { body } = await harm(world);
    const { writes } = world.host;

    await world.reconcile({ observe: 'nothing' });

    expect((await harm(world)).body).toBe(body);
    expect(world.host.writes).toBe(writes);
  });

  it('tells, when it came back, that it had been over', async () => {
    const world = await recovered();
    world.pass(6, { skill: 0.2 });
    await world.reconcile();

    const { incident, issue, body } = await harm(world);

    expect(incident.status).not.toBe('resolved');
    expect(issue.state).toBe('open');
    expect(body).toMatch(/It was over on \d+ Feb 2001 and came back/);
    expect(body).toContain('### Does it hurt?');
    expect(body).toMatch(/v2 \(#\d+, asked for on \d+ Jan 2001\) was not promoted: 1 check failed/);
  });
});

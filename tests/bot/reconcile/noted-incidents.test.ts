import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import { ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { incidentOf } from '../../fakes/incident-of.ts';
import { LoopWorld } from '../../fakes/loop-world.ts';
import { signalOf } from '../../fakes/policy-world.ts';

const MISSING = { missing: 0.5 };

/** Half of one column is missing for four days: one incident, one issue, and somebody who may write. */
async function broken(): Promise<LoopWorld> {
  const world = await LoopWorld.open({
    logs: { format: 'csv', path: 'p.csv', columns: { id: 'id', timestamp: 'ts', score: 'score' }, reach: 'app' },
  });
  world.host.roles.set('writer', 'write').set('reader', 'read');
  world.pass(4, MISSING);
  await world.reconcile();
  return world;
}

async function incidentIn(world: LoopWorld): Promise<Incident> {
  const state = await world.model();
  const incident = state.incidents.find(({ kind }) => kind === 'missing-values');
  if (incident === undefined) throw new Error('no incident of missing values');
  return incident;
}

async function issueOf(world: LoopWorld) {
  const { id } = await incidentIn(world);
  const { issues } = await world.model();
  const issue = world.host.issues.find(({ number }) => number === issues[id]);
  if (issue === undefined) throw new Error('the incident has no issue');
  return issue;
}

const spoken = (world: LoopWorld, issue?: number) =>
  world.host.commentsHeld.filter(({ byBot, number }) => byBot && (issue === undefined || number === issue)).map(({ body }) => body);

async function says(world: LoopWorld, text: string, author = 'writer'): Promise<void> {
  world.host.say((await issueOf(world)).number, author, text);
  await world.reconcile({ observe: 'nothing' });
}

describe('/holdfast acknowledge', () => {
  it('sets the status, says so in the issue and the audit trail, and silences the recovery; the issue still closes', async () => {
    const world = await broken();

    await says(world, '/holdfast acknowledge');
    const [noted, body] = [await incidentIn(world), (await issueOf(world)).body];
    world.pass(4);
    await world.reconcile();

    expect(noted).toMatchObject({ status: 'acknowledged', acknowledged: { by: 'writer' } });
    expect(body).toMatch(/✔ Acknowledged by writer on \d+ Jan 2001: no comments until its severity rises/);
    expect(world.state.events.find(({ action }) => action === 'command-obeyed')).toMatchObject({ actor: 'writer' });
    expect(await issueOf(world)).toMatchObject({ state: 'closed', closedAs: 'completed' });
    const told = spoken(world, (await issueOf(world)).number);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('Noted for writer');
  });

  it('is refused to those who may only read, and says where it belongs under no incident', async () => {
    const world = await broken();
    world.host.say(4711, 'writer', '/holdfast ack');

    await says(world, '/holdfast acknowledge', 'reader');

    expect((await incidentIn(world)).status).toBe('open');
    expect(spoken(world, 4711)[0]).toContain('No incident that goes on belongs to this page');
    expect(spoken(world, (await issueOf(world)).number)[0]).toContain('needs the role *write*');
  });
});

describe('/holdfast snooze', () => {
  it('leaves the issue alone until then, says so in it, and ends by itself', async () => {
    const world = await broken();

    await says(world, '/holdfast snooze 3d');
    const snoozed = (await issueOf(world)).body;
    world.pass(2, MISSING);
    await world.reconcile();
    const asleep = (await issueOf(world)).body;
    world.pass(1, MISSING);
    await world.reconcile();

    expect(snoozed).toMatch(/⏸ Snoozed until 22 Jan 2001/);
    expect(asleep).toBe(snoozed);
    expect((await incidentIn(world)).badWindows).toBe(7);
    expect((await issueOf(world)).body).toContain('7 bad windows so far');
    expect((await issueOf(world)).body).not.toContain('Snoozed');
  });

  it('holds back the recovery too, and tells it once afterwards', async () => {
    const world = await broken();

    await says(world, '/holdfast snooze 7d');
    world.pass(4);
    await world.reconcile();
    const { number, state: during } = await issueOf(world);
    const told = spoken(world, number).length;
    world.pass(3);
    await world.reconcile();
    await world.reconcile({ observe: 'nothing' });

    expect((await incidentIn(world)).status).toBe('resolved');
    expect([during, told]).toEqual(['open', 1]);
    expect((await issueOf(world)).state).toBe('closed');
    expect(spoken(world, number).filter((body) => body.includes('**Recovered.**'))).toHaveLength(1);
  });
});

describe('incidents of moved inputs that were opened one a column', () => {
  it('go on as one: the oldest keeps its issue, the others close without a word, and nothing is opened', async () => {
    const world = await LoopWorld.open();
    world.pass(4);
    await world.reconcile();
    const before = await world.model();
    const legacy = ['income', 'purpose'].map((column, index): Incident => {
      const latest = signalOf(`data-drift/${column}`, 'A', { start: '2001-01-17T00:00:00Z', end: '2001-01-18T00:00:00Z' });
      return incidentOf(latest, { id: `${index}`.repeat(16), key: `${index}`.repeat(16), openedAt: `2001-01-1${index + 6}T00:00:00Z` });
    });
    const snapshot = await world.state.read();
    const state = ModelState.parse({ ...before, incidents: [...before.incidents, ...legacy] });
    await world.state.commit(snapshot, { message: 'as an older version left it', models: { loan: state } });
    await world.reconcile({ observe: 'nothing' });
    const opened = world.host.issues.length;

    world.pass(1);
    await world.reconcile();
    await world.reconcile();

    const after = await world.model();
    const [kept, ended] = legacy.map(({ id }) => after.incidents.find((incident) => incident.id === id));
    expect(kept?.members?.map(({ subject }) => subject).sort()).toEqual(['income', 'purpose']);
    expect(kept?.key).not.toBe(legacy[0]?.key);
    expect(ended).toMatchObject({ status: 'resolved', gatheredInto: kept?.id });
    expect(world.host.issues).toHaveLength(opened);
    expect(spoken(world)).toEqual([]);
    const [keptIssue, endedIssue] = legacy.map(({ id }) => world.host.issues.find(({ number }) => number === after.issues[id]));
    expect(keptIssue).toMatchObject({ state: 'open', title: 'loan: Inputs have moved' });
    expect(endedIssue).toMatchObject({ state: 'closed' });
    expect(endedIssue?.body).toContain(`**Goes on in #${keptIssue?.number}**`);
  });

  it('a gathered incident that nobody may open an issue for stays on the dashboard', async () => {
    const world = await LoopWorld.open({ monitoring: { incident: { driftAlone: 'report', openAfter: 2 }, minimumRows: 50 } });
    world.pass(4, { shift: 2000 });

    await world.reconcile();

    const { incidents, issues } = await world.model();
    expect(incidents.filter(({ kind }) => kind === 'data-drift')).toHaveLength(1);
    expect(incidents.filter(({ kind, id }) => kind === 'data-drift' && issues[id] !== undefined)).toEqual([]);
  });
});

describe('news of an incident that goes on', () => {
  it('is told in one comment: a column of weight that joins; nothing new is told again', async () => {
    const world = await LoopWorld.open();
    world.pass(4, { shift: 2000 });
    await world.reconcile();
    world.pass(4, { shift: 2000, missing: 0.8 });

    await world.reconcile();
    await world.reconcile({ observe: 'nothing' });
    world.pass(1, { shift: 2000, missing: 0.8 });
    await world.reconcile();

    const state = await world.model();
    const drift = state.incidents.find(({ kind }) => kind === 'data-drift');
    const told = spoken(world, state.issues[drift?.id ?? '']);
    expect(drift?.members?.length).toBeGreaterThan(1);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/Joined since:[\s\S]*Drift of purpose/);
    expect(state.pending).toEqual({});
  });
});

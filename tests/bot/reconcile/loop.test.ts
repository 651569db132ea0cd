import { describe, expect, it } from 'vitest';
import { firstBrokenEvent } from '../../../bot/effects/audit-chain.ts';
import { LoopWorld } from '../../fakes/loop-world.ts';

describe('reconcile, from drift to verified promotion', () => {
  it('opens one issue and one pull request, has it trained and judged, records the merge, verifies it, closes the issue', async () => {
    const world = await LoopWorld.open();
    world.pass(7);
    const calm = await world.reconcile();
    expect(calm.decisions.map(({ kind }) => kind)).toEqual(['record-promotion']);
    expect(world.host.issues).toHaveLength(0);

    world.pass(8, { skill: 0.2 });
    const harmed = await world.reconcile();
    expect(harmed.decisions.map(({ kind }) => kind)).toContain('request-retraining');
    const issue = world.host.issues.find(({ title }) => title.includes('AUC'));
    expect(issue?.state).toBe('open');
    expect(world.host.pulls).toHaveLength(1);
    expect(world.host.dispatches.map(({ workflow }) => workflow)).toEqual(['retrain.yml']);

    await world.train();
    await world.reconcile({ observe: 'nothing' });
    expect(world.host.dispatches.at(-1)?.workflow).toBe('gate.yml');
    expect(world.host.pulls[0]?.body).not.toContain('**Better:**');

    world.judge('pass');
    await world.reconcile({ observe: 'nothing' });
    expect(world.host.pulls[0]?.body).toContain('The gate passed');
    expect(world.host.pulls[0]?.body).toContain('**Better:** AUC +0.040');

    const mergeSha = world.host.merge(world.host.pulls[0]?.number ?? 0, 'approver');
    const recorded = await world.reconcile({ observe: 'nothing' });
    expect(recorded.decisions.map(({ kind }) => kind)).toEqual(['record-promotion']);
    expect(world.host.tags.get('model/loan@v2')).toBe(mergeSha);
    expect(world.host.tags.get('model/loan#production#2')).toBe(mergeSha);
    expect(Object.keys(world.state.verdicts)).toHaveLength(1);
    expect(world.state.evaluations).toEqual({});
    expect(world.host.dispatches.at(-1)?.workflow).toBe('dashboard.yml');

    world.pass(8, { version: 'v2' });
    const verified = await world.reconcile();
    expect(verified.decisions.map(({ kind }) => kind)).toContain('verify-promotion');
    expect(world.host.commentsHeld.some(({ body }) => body.includes('The promise is kept'))).toBe(true);
    world.pass(4, { version: 'v2' });
    await world.reconcile();
    const state = await world.model();
    expect(world.host.issues.filter(({ state: is }) => is === 'open').map(({ title }) => title)).toEqual([]);
    expect(state.pending).toEqual({});
    expect(firstBrokenEvent(world.state.events)).toBeNull();
    expect(world.lines).toEqual([]);
  });

  it('tells the figures that the gate measured, whatever the report on the branch says', async () => {
    const world = await LoopWorld.open();
    world.pass(15, { skill: 0.2 });
    await world.reconcile();
    await world.train();
    await world.reconcile({ observe: 'nothing' });
    world.judge('pass');
    const [name = '', bytes] = [...world.host.artifacts].find(([each]) => each.endsWith('/gate-evaluation')) ?? [];
    const measured = Buffer.from(bytes ?? []).toString('utf8');
    world.host.artifacts.set(name, new Uint8Array(Buffer.from(measured.replace('"improvement":0.04', '"improvement":0.03'))));

    await world.reconcile({ observe: 'nothing' });

    expect(world.host.pulls[0]?.body).toContain('**Better:** AUC +0.030');
  });

  it('writes nothing when nothing has changed', async () => {
    const world = await LoopWorld.open();
    world.pass(15, { skill: 0.2 });
    await world.reconcile();
    await world.reconcile({ observe: 'nothing' });
    const before = { writes: world.host.writes, commits: world.state.messages.length };

    await world.reconcile({ observe: 'nothing' });
    await world.reconcile();

    expect({ writes: world.host.writes, commits: world.state.messages.length }).toEqual(before);
  });
});

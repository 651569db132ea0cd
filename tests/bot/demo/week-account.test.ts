import { describe, expect, it } from 'vitest';
import { type WeekFacts, weekAccount } from '../../../bot/demo/week-account.ts';
import type { Decision } from '../../../pipelines/core/schema/decision.ts';
import type { ModelState, WindowSummary } from '../../../pipelines/core/schema/model-state.ts';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import { LoopWorld } from '../../fakes/loop-world.ts';
import { daysUntil, reportOf, signalOf, summariesOf, watchedState } from '../../fakes/policy-world.ts';

const WEEK = { start: '2001-02-12T00:00:00Z', end: '2001-02-19T00:00:00Z' };

function account(changes: Partial<WeekFacts>): readonly string[] {
  const before = { ...watchedState(), watermark: WEEK.start };
  return weekAccount({
    week: 7,
    weeks: 26,
    window: WEEK,
    rows: 11_489,
    things: 'flights',
    metric: 'rocAuc',
    version: 'v1',
    before,
    after: before,
    verdicts: [],
    link: (kind, number) => `http://host/${kind}/${number}`,
    ...changes,
  });
}

function windowsWith(signals: readonly Signal[]): WindowSummary[] {
  const [summary] = summariesOf(reportOf({ asOf: WEEK.end, signals: { 'data-drift/income': 'OO' } }));
  if (summary === undefined) throw new Error('a report has windows');
  return [{ ...summary, window: { start: WEEK.start, end: '2001-02-13T00:00:00Z' }, signals: [...signals] }];
}

function performance(value: number | null): Signal {
  const [window = WEEK] = daysUntil(WEEK.end, 1);
  const interval = { lower: 0.6191, upper: 0.6433, level: 0.95 };
  return { ...signalOf('realised-performance/rocAuc', 'O', window), value, interval, reference: 0.6242 };
}

/** A world in which harm was seen in the last of two runs. */
async function harmed(): Promise<{ world: LoopWorld; before: ModelState }> {
  const world = await LoopWorld.open();
  world.pass(7);
  await world.reconcile();
  const before = await world.model();
  world.pass(8, { skill: 0.2 });
  await world.reconcile();
  return { world, before };
}

describe('the headline of a week', () => {
  it('says what was scored, what drifted, and the measured performance against the promise', () => {
    const [window = WEEK] = daysUntil(WEEK.end, 1);
    const windows = windowsWith([
      signalOf('data-drift/purpose', 'A', window),
      signalOf('data-drift/income', 'A', window),
      signalOf('data-drift/quiet', 'W', window),
      performance(0.6312),
    ]);

    const [line, ...rest] = account({ after: { ...watchedState(), windows } });

    expect(line).toBe(
      'week  7 of 26  from 2001-02-12  11,489 flights scored by v1  drift in income, purpose  AUC 0.631 (0.619 to 0.643) against 0.624 promised',
    );
    expect(rest).toEqual([]);
  });

  it('claims nothing where nothing was measured', () => {
    const [none] = account({});
    const [unlabelled] = account({ after: { ...watchedState(), windows: windowsWith([performance(null)]) } });

    expect(none).toContain('no window complete  AUC: too few labels yet');
    expect(unlabelled).toContain('no drift  AUC: too few labels yet');
  });

  it('speaks of the windows of this week alone', () => {
    const old = windowsWith([performance(0.9)]).map((one) => ({
      ...one,
      window: { start: '2001-02-05T00:00:00Z', end: '2001-02-06T00:00:00Z' },
    }));

    expect(account({ after: { ...watchedState(), windows: old } })[0]).toContain('no window complete');
  });
});

describe('what was done in a week', () => {
  it('names the incident and the proposal with their links, once', async () => {
    const { world, before } = await harmed();
    const after = await world.model();
    const verdicts = [{ version: 'v2', summary: 'passes all 25 checks' }];

    const lines = account({ before, after, verdicts });
    const again = account({ before: after, after, verdicts });

    const issue = Object.values(after.issues)[0];
    expect(lines).toContain(`    ✕ incident opened: Realised AUC #${issue}  http://host/issues/${issue}`);
    const pull = after.retraining?.pullRequest;
    expect(lines).toContain(`    → retraining proposed: v2, pull request #${pull}  http://host/pull/${pull}`);
    expect(lines).toContain('        gate: passes all 25 checks');
    expect(again).toHaveLength(1);
  });

  it.each([
    ['fail', 'v2 did not pass the gate', '✕'],
    [null, 'v2 could not be finished', '▲'],
  ] as const)('tells a refusal from runs that died: verdict %s', async (verdict, words, mark) => {
    const { world } = await harmed();
    const before = await world.model();
    if (verdict !== null) {
      await world.train();
      await world.reconcile({ observe: 'nothing' });
      world.judge(verdict);
    }
    for (let attempt = 1; verdict === null && attempt <= 3; attempt += 1) {
      world.host.finishRun(world.host.dispatches.at(-1)?.runId ?? 0, 'failure');
      await world.reconcile({ observe: 'nothing' });
    }
    await world.reconcile({ observe: 'nothing' });

    const lines = account({ before, after: await world.model() });

    expect(lines.slice(1)).toHaveLength(1);
    expect(lines[1]).toContain(`    ${mark} ${words}`);
    expect(lines[1]).toContain(`pull request #${world.host.pulls[0]?.number} closed`);
  });

  it('tells the promotion, and the promise with the comparison on the same rows', async () => {
    const { world } = await harmed();
    await world.train();
    await world.reconcile({ observe: 'nothing' });
    world.judge('pass');
    await world.reconcile({ observe: 'nothing' });
    const before = await world.model();
    const number = world.host.pulls[0]?.number ?? 0;
    world.host.merge(number, 'approver');
    await world.reconcile({ observe: 'nothing' });
    world.pass(8, { version: 'v2' });
    await world.reconcile();
    const after = await world.model();
    const verified = after.decisions.find((one): one is Extract<Decision, { kind: 'verify-promotion' }> => one.kind === 'verify-promotion');

    const lines = account({ before, after });

    const { promised, observed } = verified ?? {};
    expect(lines).toContain(`    ★ champion is now v2, was v1 by merging #${number}  http://host/pull/${number}`);
    expect(lines).toContainEqual(
      expect.stringContaining(
        `✓ v2 promised ${promised?.value?.toFixed(3)}, observed ${observed?.value?.toFixed(3)} on ${observed?.sampleSize.toLocaleString('en-GB')} labelled flights: promise kept`,
      ),
    );
    expect(lines).toContainEqual(expect.stringContaining('        not compared with v1: '));
  });

  it('says why no retraining is proposed', () => {
    const refusal: Decision = {
      id: '0123456789abcdef',
      model: 'loan',
      at: WEEK.end,
      because: [],
      kind: 'refuse-retraining',
      reason: 'Too few labels.',
      remedy: 'Wait.',
    };

    expect(account({ after: { ...watchedState(), decisions: [refusal] } })).toContain('    ○ no retraining: Too few labels. Wait.');
  });
});

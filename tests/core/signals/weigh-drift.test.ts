import { describe, expect, test } from 'vitest';
import { canonicalLine } from '../../../pipelines/core/digest/canonical-json.ts';
import { ReferenceProfile } from '../../../pipelines/core/schema/reference-profile.ts';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import type { WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { driftSignals } from '../../../pipelines/core/signals/drift-signals.ts';
import { definitionWith, ordinaryDay, ordinaryReference, weekUpTo } from '../../fakes/watched-world.ts';

// A low floor, so that an effect above it is not yet certain in one window.
const definition = definitionWith({ monitoring: { drift: { effectFloor: 0.05 } } });
const reference = ordinaryReference(definition);

function judge(profile: WindowProfile, before = {}, using = { definition, reference }) {
  return driftSignals({ ...using, profile, trailingCubes: [], cycle: weekUpTo(profile), driftEvidence: before });
}

function placeIn(signals: readonly Signal[]): Signal | undefined {
  return signals.find(({ subject }) => subject === 'place');
}

/** Days one after the other, as a watcher takes them. */
function follow(days: readonly WindowProfile[], using = { definition, reference }) {
  let evidence = {};
  return days.map((day) => {
    const verdict = judge(day, evidence, using);
    evidence = verdict.evidence;
    return verdict;
  });
}

const drifting = (count: number, shift: number) =>
  Array.from({ length: count }, (_, day) => ordinaryDay({ rows: 1000, seed: 70 + day, day, shift }));

describe('evidence of drift over windows', () => {
  test('a drift above the floor is a warning until the evidence has reached the budget, then an alert while it lasts', () => {
    const days = drifting(8, 0.08);

    const told = follow(days).map(({ signals }) => placeIn(signals));

    const statuses = told.map((signal) => signal?.status);
    const first = statuses.indexOf('alert');
    expect(first).toBeGreaterThan(0);
    expect(statuses).toEqual([...new Array(first).fill('warning'), ...new Array(8 - first).fill('alert')]);
    expect(told[0]?.why).toMatch(/of the rows; evidence [\d.,]+ of the 90 that an alarm needs\.$/);
    expect(told[first]?.evidence).toMatchObject({ budget: 90 });
    expect(told[first]?.evidence?.total).toBeGreaterThanOrEqual(90);
    expect(told[first - 1]?.evidence?.total).toBeLessThan(90);
  });

  test('the same window is a warning with no evidence before it and an alert with enough; a larger budget asks for more', () => {
    const [day] = drifting(1, 0.08);
    if (day === undefined) throw new RangeError('no day');
    const patient = { definition: definitionWith({ monitoring: { falseAlarmBudget: 100_000, drift: { effectFloor: 0.05 } } }), reference };

    const statuses = [judge(day), judge(day, { place: 90, size: 90 }), judge(day, { place: 90, size: 90 }, patient)].map(
      ({ signals }) => placeIn(signals)?.status,
    );

    expect(statuses).toEqual(['warning', 'alert', 'warning']);
  });

  test('quiet days let the evidence fall, and what is kept is finite and cut to a millionth', () => {
    const quiet = Array.from({ length: 5 }, (_, day) => ordinaryDay({ rows: 1000, seed: 80 + day, day: 8 + day }));

    const verdicts = follow([...drifting(8, 0.4), ...quiet]);

    const kept = verdicts.map(({ evidence }) => evidence['place'] ?? Number.NaN);
    expect(kept[7]).toBeGreaterThan(100);
    expect(kept.at(-1)).toBeLessThan(90);
    for (const one of verdicts.flatMap(({ evidence }) => Object.values(evidence))) {
      // The mean over the family is held at the budget, so one member may hold all of it.
      expect(one).toBeLessThanOrEqual(3 * 90);
      expect(Number(one.toFixed(6))).toBe(one);
    }
  });

  test('calendar columns and personal categories are not in the family; scores are, pooled over a week only where the reference knows how weeks differ', () => {
    const personal = definitionWith({
      columns: [
        { name: 'size', kind: 'numeric' },
        { name: 'place', kind: 'categorical', sensitivity: 'personal' },
      ],
    });
    const day = ordinaryDay({ rows: 1000, seed: 5 });

    const pooled = judge(day);
    const { weeklyDispersions: _, ...unknown } = reference;
    const short = judge(day, {}, { definition, reference: unknown });
    const single = judge(day, {}, { definition: personal, reference: ordinaryReference(personal) });

    expect(Object.keys(pooled.evidence).sort()).toEqual(['$score', 'place', 'size']);
    expect(Object.keys(short.evidence).sort()).toEqual(['place', 'size']);
    expect(Object.keys(single.evidence).sort()).toEqual(['$score', 'size']);
    expect(pooled.signals.filter(({ evidence }) => evidence !== undefined).map(({ subject }) => subject)).toEqual([
      'size',
      'place',
      '$score',
    ]);
  });

  test('a window that cannot be judged leaves the evidence as it was', () => {
    const before = { size: 3, place: 40, $score: 2 };

    const verdict = judge(ordinaryDay({ rows: 150, seed: 1 }), before);

    expect(verdict.evidence).toEqual(before);
    expect(placeIn(verdict.signals)).toMatchObject({ status: 'insufficient-data', value: null });
  });

  test('a reference of too few rows to weigh a window says so, and neither accuses nor acquits', () => {
    const small = { definition, reference: ordinaryReference(definition, 20) };

    const { signals, evidence } = judge(ordinaryDay({ rows: 1000, seed: 1, shift: 0.2 }), { place: 40 }, small);

    expect(placeIn(signals)).toMatchObject({ status: 'insufficient-data', value: null, pValue: null });
    expect(placeIn(signals)?.why).toBe(
      '1,000 rows in the window and 280 rows in the reference; drift is weighed from 50 on, against 500 of the reference.',
    );
    expect(evidence).toEqual({ place: 40, size: 0 });
  });

  test('the order of columns changes no byte of what is kept', () => {
    const turned = { ...definition, columns: definition.columns.toReversed() };
    const days = drifting(4, 0.08);

    const [one, other] = [definition, turned].map((using) =>
      follow(days, { definition: using, reference }).map(({ signals, evidence }) => canonicalLine([evidence, placeIn(signals)])),
    );

    expect(other).toEqual(one);
  });

  test('a reference that knows nothing of its days takes rows for independent: it still parses, and needs fewer windows', () => {
    const { dispersions, ...older } = reference;
    const days = drifting(8, 0.08);

    const alerts = [reference, ReferenceProfile.parse(older)].map((against) =>
      follow(days, { definition, reference: against }).findIndex(({ signals }) => placeIn(signals)?.status === 'alert'),
    );

    expect(Object.keys(dispersions ?? {}).sort()).toEqual(['$score', 'hour', 'place', 'size']);
    expect(dispersions?.['place']).toMatchObject({ windows: 14, ranks: 1 });
    expect(alerts[1]).toBeLessThanOrEqual(alerts[0] ?? -1);
  });
});

import { describe, expect, test } from 'vitest';
import { alarmChance } from '../../../pipelines/core/signals/alarm-chance.ts';
import { judgeShare } from '../../../pipelines/core/signals/judge-share.ts';
import { schemaSignals } from '../../../pipelines/core/signals/schema-signals.ts';
import { servingSkew } from '../../../pipelines/core/signals/serving-skew.ts';
import { clopperPearson } from '../../../pipelines/core/statistics/intervals/clopper-pearson.ts';
import { categoricalProfile, definitionWith, ordinaryDay, ordinaryReference } from '../../fakes/watched-world.ts';

/** Chance of so many successes, by the sum of the terms: another way than the one under test. */
function chanceOf(successes: number, trials: number, share: number): number {
  let term = (1 - share) ** trials;
  let below = 0;
  for (let count = 0; count < successes; count += 1) {
    below += term;
    term *= ((trials - count) / (count + 1)) * (share / (1 - share));
  }
  return 1 - below;
}

describe('alarmChance', () => {
  const slices = [
    { name: 'a', where: { place: 'a' }, toleratedIncrease: 0.1 },
    { name: 'b', where: { place: 'b' }, toleratedIncrease: 0 },
    { name: 'c', where: { place: 'c' } },
  ];

  test.each([1, 2, 3, 5])('keeps the share of all statements within the budget when %i alerts in a row open an incident', (openAfter) => {
    const definition = definitionWith({ slices, monitoring: { incident: { openAfter }, falseAlarmBudget: 90 } });

    const [fresh, atOnce, pooled] = (['fresh', 'at once', 'pooled'] as const).map((look) => alarmChance(definition, look));

    // Three columns with four statements and nine of the log; three columns and the answers; two slices with a limit.
    expect(90 * 21 * (fresh ?? 1) ** openAfter).toBeLessThanOrEqual(0.1 + 1e-12);
    expect(90 * 4 * (atOnce ?? 1)).toBeCloseTo(0.1, 12);
    expect((90 * 2 * (pooled ?? 1)) / openAfter).toBeLessThanOrEqual(0.5 + 1e-12);
    for (const chance of [fresh, atOnce, pooled]) expect(chance).toBeLessThanOrEqual(0.025);
  });

  test('a larger budget asks more of an alert, and so does every further limit', () => {
    const usual = alarmChance(definitionWith(), 'pooled');

    expect(alarmChance(definitionWith({ monitoring: { falseAlarmBudget: 900 } }), 'pooled')).toBeCloseTo(usual / 10, 12);
    expect(alarmChance(definitionWith({ slices }), 'pooled')).toBeCloseTo(usual / 2, 12);
  });
});

describe('a share at exactly its limit', () => {
  test.each([
    [200, 0.01],
    [1000, 0.01],
    [5000, 0.002],
    [300, 0.05],
  ])('%i rows, %f allowed: alerts no more often than agreed, whatever the rows', (rows, allowed) => {
    for (const chance of [0.025, 0.003, 0.0002]) {
      const first = Array.from({ length: rows }, (_, bad) => bad).find(
        (bad) => judgeShare({ bad, rows }, allowed, chance).status === 'alert',
      );

      const found = chanceOf(first ?? Number.NaN, rows, allowed);
      expect(found).toBeLessThanOrEqual(chance);
      // One row fewer would be too often: no power is given away.
      expect(chanceOf((first ?? Number.NaN) - 1, rows, allowed)).toBeGreaterThan(chance);
      expect(clopperPearson(first ?? 0, rows, 1 - 2 * chance).lower).toBeGreaterThanOrEqual(allowed);
    }
  });
});

describe('what one window proves', () => {
  const [definition, profile] = [definitionWith(), ordinaryDay({ rows: 1000, seed: 3 })];
  const reference = ordinaryReference(definition);

  test('answers that differ from the logged ones in the accepted share open nothing by chance', () => {
    const statusOf = (mismatched: number) => {
      const serving = { rows: 1000, mismatched, largest: 1, versionsNamed: true, problem: null };
      return servingSkew({ definition, reference, profile, trailingCubes: [], cycle: [], serving })[0]?.status;
    };

    // One per cent is accepted. By the interval of 95 % seventeen alerted, which one window in fifty has where the limit is kept, and one alert opens an incident.
    expect(chanceOf(18, 1000, 0.01)).toBeGreaterThan(0.01);
    expect([statusOf(10), statusOf(18), statusOf(25)]).toEqual(['ok', 'warning', 'alert']);
  });

  test('a rare category that is absent from a small window is no stuck column', () => {
    const rare = (rows: number, share: number) =>
      categoricalProfile(Array.from({ length: rows }, (_, row) => (row < rows * share ? 'b' : 'a')));
    const days = Array.from({ length: 14 }, (_, day) => {
      const one = ordinaryDay({ rows: 200, seed: 40 + day, day: day - 14 });
      return { ...one, columns: { ...one.columns, place: rare(200, 0.03) } };
    });
    const own = ordinaryReference(definition, 200, days);
    const short = ordinaryReference(definition, 200, days.slice(-4));
    const statusOf = (rows: number, reference = own) => {
      const today = { ...profile, rows, columns: { ...profile.columns, place: rare(rows, 0) } };
      const found = schemaSignals({ definition, reference, profile: today, trailingCubes: [], cycle: [] });
      return found.find(({ subject }) => subject === 'place')?.status;
    };

    // .97^200 = .0023: such a window comes every five quarters, for each rare column by itself.
    expect([statusOf(100), statusOf(200), statusOf(400)]).toEqual(['insufficient-data', 'warning', 'alert']);
    // Four windows do not tell how much they differ, nor that a column of two values is not one that keeps its value for a month.
    expect([statusOf(400, short), statusOf(4000, short)]).toEqual(['warning', 'warning']);
  });
});

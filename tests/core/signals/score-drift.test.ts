import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Signal } from '../../../pipelines/core/schema/signal.ts';
import type { WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { driftSignals } from '../../../pipelines/core/signals/drift-signals.ts';
import { definitionWith, draws, numericColumn, ordinaryDay, ordinaryReference, uniform } from '../../fakes/watched-world.ts';

const FRIDAY = 4;
/** Scores are u to this power, Monday first: high on Fridays, low at the weekend. */
const POWERS = [1, 1, 1, 1, 0.35, 1.8, 1.8];

/** A day on which the score depends on the weekday alone; `shift` is added to it, on [0, 1]. */
function scoredDay(day: number, { rows = 600, shift = 0 } = {}): WindowProfile {
  const power = POWERS[((day % 7) + 7) % 7] ?? 1;
  const next = uniform(40_000 + day);
  const scores = draws(rows, () => Math.min(0.999, next() ** power + shift));
  const ordinary = ordinaryDay({ rows, seed: 90_000 + day, day });
  return { ...ordinary, columns: { ...ordinary.columns, $score: numericColumn('$score', scores) } };
}

function daysFrom(first: number, count: number, shape: (day: number) => { rows?: number; shift?: number } = () => ({})): WindowProfile[] {
  return Array.from({ length: count }, (_, index) => scoredDay(first + index, shape(first + index)));
}

const definition = definitionWith();
const withoutCalendar = definitionWith({
  columns: [
    { name: 'size', kind: 'numeric' },
    { name: 'place', kind: 'categorical' },
  ],
});
const reference = ordinaryReference(definition, 600, daysFrom(-14, 14));

/** The signal of the score in each of these days, one after another, each with the evidence of those before it. */
function scoreSignals(days: readonly WindowProfile[], using = definition, against = reference): Signal[] {
  let driftEvidence = {};
  return days.map((profile, index) => {
    const cycle = days.slice(Math.max(0, index - 6), index + 1);
    const { signals, evidence } = driftSignals({ definition: using, reference: against, profile, trailingCubes: [], cycle, driftEvidence });
    driftEvidence = evidence;
    return Signal.parse(signals.find(({ kind }) => kind === 'prediction-drift'));
  });
}

const alerts = (signals: readonly Signal[]) => signals.filter(({ status }) => status === 'alert').length;

describe('a score that depends on the weekday', () => {
  test('and is the same every week never alerts in 20 weeks; one day against the mix of days is warned of, week after week', () => {
    const days = daysFrom(0, 140);

    const pooled = scoreSignals(days);
    const daily = scoreSignals(days, withoutCalendar);

    expect(alerts(pooled)).toBe(0);
    expect(pooled.filter(({ status }) => status === 'ok')).toHaveLength(134);
    for (let week = 0; week < 20; week += 1) expect(daily[week * 7 + FRIDAY]?.status).toBe('warning');
  });

  test('the signal spans the week that it was measured on; its id still names the monitoring window', () => {
    const [signal] = scoreSignals(daysFrom(0, 9)).slice(-1);

    expect(signal?.window).toEqual({ start: '2001-01-17T00:00:00Z', end: '2001-01-24T00:00:00Z' });
    expect(signal?.id).toBe('prediction-drift/$score/20010123T000000Z_20010124T000000Z');
    expect(signal?.sampleSize).toBe(7 * 600);
    expect(signal?.why).toContain('the score over the last 7 windows');
  });

  test('until a week of windows is there, it says so instead of guessing', () => {
    const signals = scoreSignals(daysFrom(0, 7));

    expect(
      signals.slice(0, 6).every(({ status, value, pValue }) => status === 'insufficient-data' && value === null && pValue === null),
    ).toBe(true);
    expect(signals[2]?.why).toBe(
      'Scores follow the calendar, so they are judged over 7 windows; v1 has served 3 of them since its reference ended.',
    );
    expect(signals[6]?.status).toBe('ok');
  });

  test.each([
    [0.3, 13],
    [0.1, 20],
    [0.05, 34],
  ])(
    'a shift of %f from day 10 on is a warning until whole weeks are evidence of it, alerts on day %i, and is never taken for over',
    (shift, alerted) => {
      const days = daysFrom(0, 42, (day) => ({ shift: day >= 10 ? shift : 0 }));

      const signals = scoreSignals(days);

      const first = signals.findIndex(({ status }) => status === 'alert');
      expect(first).toBe(alerted);
      expect(signals[first - 1]?.status).toBe('warning');
      expect(signals.slice(first, first + 3).map(({ status }) => status)).toEqual(['alert', 'alert', 'alert']);
      expect(signals.slice(first).some(({ status }) => status === 'ok')).toBe(false);
    },
  );

  test('a week is weighed once: on the days between, its evidence stands still', () => {
    const signals = scoreSignals(daysFrom(0, 21));

    const weighed = signals.map(({ evidence }) => evidence?.eValue ?? null);

    expect(weighed.flatMap((eValue, day) => (eValue === null ? [] : [day]))).toEqual([6, 13, 20]);
  });

  test('a week in which Friday has no rows is not compared: the mix alone would move the scores', () => {
    const signals = scoreSignals(daysFrom(0, 21, (day) => ({ rows: day === 11 ? 0 : 600 })));

    const [before, gap, after] = [signals[10], signals.slice(11, 18), signals[18]];
    expect(gap.map(({ status }) => status)).toEqual(new Array(7).fill('insufficient-data'));
    expect(gap[0]?.why).toContain('no rows on weekdays that hold 14.3 % of the reference');
    expect([before?.status, after?.status]).toEqual(['ok', 'ok']);
  });

  test('a model that rests on Sundays is judged over its six days', () => {
    const resting = (first: number, count: number) => daysFrom(first, count, (day) => ({ rows: ((day % 7) + 7) % 7 === 6 ? 0 : 600 }));
    const against = ordinaryReference(definition, 600, resting(-14, 14));

    const signals = scoreSignals(resting(0, 21), definition, against);

    expect(signals.slice(6).every(({ status }) => status === 'ok')).toBe(true);
  });

  test.each([7, 8, 10, 12, 16])(
    'a reference of %i days is compared with a week as if both had the same weekdays, and still finds a shift',
    (length) => {
      const against = ordinaryReference(definition, 600, daysFrom(-length, length));

      const same = scoreSignals(daysFrom(0, 7), definition, against).at(-1);
      const moved = scoreSignals(
        daysFrom(0, 14, () => ({ shift: 0.2 })),
        definition,
        against,
      ).at(-1);

      expect(same?.status).toBe('ok');
      expect(same?.value).toBeLessThan(0.05);
      expect(same?.method.includes('weekdays weighted')).toBe(length !== 7);
      // Less than four weekdays twice: nobody knows how much a Monday differs from the next.
      expect(moved?.status).toBe(length < 11 ? 'warning' : 'alert');
      expect(moved?.why.includes('too short to tell')).toBe(length < 11);
      expect(same?.sampleSize).toBe(4200);
    },
  );

  test('a Friday with a tenth of its rows changes nothing: it counts as a Friday, for fewer rows', () => {
    const thin = (shift: number) => scoreSignals(daysFrom(0, 7, (day) => ({ rows: day === FRIDAY ? 60 : 600, shift }))).at(-1);

    expect(thin(0)?.value).toBeLessThan(0.06);
    expect(thin(0)?.threshold?.level).toBeGreaterThan(scoreSignals(daysFrom(0, 7)).at(-1)?.threshold?.level ?? 1);
    expect(thin(0.2)?.status).toBe('alert');
  });

  test.each(['jensenShannon', 'populationStabilityIndex'] as const)(
    'however rows spread over the week, %s never alerts while weekdays score alike',
    (method) => {
      const using = definitionWith({ monitoring: { drift: { method } } });
      const rows = fc.oneof(
        { weight: 1, arbitrary: fc.constant(0) },
        { weight: 2, arbitrary: fc.integer({ min: 20, max: 100 }) },
        { weight: 20, arbitrary: fc.integer({ min: 100, max: 2500 }) },
      );
      const judged: boolean[] = [];

      fc.assert(
        fc.property(fc.array(rows, { minLength: 7, maxLength: 7 }), (perDay) => {
          const signal = scoreSignals(
            daysFrom(7, 7, (day) => ({ rows: perDay[day % 7] ?? 0 })),
            using,
          ).at(-1);

          judged.push(signal?.status === 'ok');
          expect(signal?.status).not.toBe('alert');
        }),
        { numRuns: 150, seed: 7 },
      );
      expect(judged.filter(Boolean).length).toBeGreaterThan(20);
    },
  );
});

describe('what is pooled', () => {
  test('without a calendar column, the window alone', () => {
    const [signal] = scoreSignals([scoredDay(0)], withoutCalendar);

    expect(signal).toMatchObject({ status: 'ok', sampleSize: 600, window: scoredDay(0).window });
  });

  test('scores of other versions in the week are no evidence against this one', () => {
    const days = daysFrom(0, 7).map((day, index) => (index < 3 ? { ...day, versions: { v0: day.rows } } : day));

    const signal = scoreSignals(days).at(-1);

    expect(signal).toMatchObject({ status: 'insufficient-data', value: null });
    expect(signal?.why).toContain('come from other versions than v1');
  });

  test('too few rows in the whole week is said of the week', () => {
    const signal = scoreSignals(daysFrom(0, 7, () => ({ rows: 20 }))).at(-1);

    expect(signal?.why).toBe('140 rows in the last 7 windows; drift is judged from 200 on.');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeSequence } from '../../../pipelines/core/statistics/sequential/change-sequence.ts';
import { expectNotAbove } from '../../calibration/binomial-band.ts';
import { uniform } from '../../fakes/watched-world.ts';

const exact = (values: readonly number[]) => values.map((value) => ({ value, error: 0 }));

/** A first-order autoregression of standard deviation 1. */
function series(count: number, correlation: number, normal: () => number): number[] {
  let level = normal();
  return Array.from({ length: count }, () => {
    const now = level;
    level = correlation * level + Math.sqrt(1 - correlation * correlation) * normal();
    return now;
  });
}

describe('a confidence sequence for a change', () => {
  // SciPy 1.17.1: brentq of quad(nct.pdf(t, nu, d·sqrt(size))·norm.pdf(d)) / t.pdf(t, nu) − 1/alpha.
  test.each([
    [14, 7, 0.05, 3.478745816026018],
    [14, 30, 0.05, 3.1888972812801093],
    [4, 30, 0.01, 4.205657886903796],
    [6, 6, 0.2, 2.895748950177858],
  ])('%i windows against %i at %f: all changes that the Bayes factor does not reject', (before, now, alpha, critical) => {
    const alternating = (count: number) => Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 1 : -1));
    const [reference, windows] = [alternating(before), alternating(now)];
    const squares = [reference, windows].reduce((sum, values) => {
      const mean = values.reduce((all, value) => all + value, 0) / values.length;
      return sum + values.reduce((all, value) => all + (value - mean) ** 2, 0);
    }, 0);
    const standardError = Math.sqrt((squares / (before + now - 2)) * (1 / before + 1 / now));

    const found = changeSequence({ reference, windows: exact(windows) }, alpha);

    expect(((found?.interval?.upper ?? 0) - (found?.change ?? 0)) / standardError).toBeCloseTo(critical, 8);
    expect(((found?.change ?? 0) - (found?.interval?.lower ?? 0)) / standardError).toBeCloseTo(critical, 8);
  });

  test('says nothing where there is nothing to say', () => {
    expect(changeSequence({ reference: [], windows: exact([1]) }, 0.05)).toBeNull();
    expect(changeSequence({ reference: [1, 1], windows: exact([1, 1]) }, 0.05)).toBeNull();
    expect(changeSequence({ reference: [1, 2], windows: exact([1]) }, 0.05)?.interval).toBeNull();
  });

  test('windows vary no less than their rows alone make them', () => {
    const [reference, windows] = [
      [1, 0, 1, 0, 1, 0],
      [2, 1, 2, 1, 2, 1],
    ];
    const widthAt = (error: number) => {
      const { interval } = changeSequence({ reference, windows: windows.map((value) => ({ value, error })) }, 0.05) ?? {};
      return (interval?.upper ?? 0) - (interval?.lower ?? 0);
    };

    expect(widthAt(0.1)).toBe(widthAt(0));
    expect(widthAt(2)).toBeGreaterThan(3 * widthAt(0));
  });

  test('property: units and a common shift change nothing but the scale', () => {
    const figures = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 6, maxLength: 30 });
    fc.assert(
      fc.property(figures, figures, fc.integer({ min: 1, max: 50 }), fc.integer({ min: -500, max: 500 }), (a, b, scale, shift) => {
        const moved = (values: readonly number[]) => values.map((value) => scale * value + shift);
        const [one, other] = [
          [a, b],
          [moved(a), moved(b)],
        ].map(([reference = [], windows = []]) => changeSequence({ reference, windows: exact(windows) }, 0.05));
        const near = (x: number | undefined, y: number | undefined) => Math.abs(scale * (x ?? 0) - (y ?? 0)) <= 1e-6 * scale;
        return (
          near(one?.change, other?.change) &&
          near(one?.interval?.lower, other?.interval?.lower) &&
          near(one?.interval?.upper, other?.interval?.upper)
        );
      }),
    );
  });

  test.each([
    ['independent windows', 0],
    ['neighbours that hang together a little', 0.3],
  ])(
    '%s: looked at for 60 windows, it ever misses in at most 5 % of the streams, where an interval for one look misses in many',
    (_, correlation) => {
      const next = uniform(Math.round(41 + 10 * correlation));
      const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      const streams = 300;
      let [ever, once] = [0, 0];

      for (let stream = 0; stream < streams; stream += 1) {
        const reference = series(28, correlation, normal);
        const windows = series(60, correlation, normal);
        let [missed, missedOnce] = [false, false];
        for (let count = 2; count <= windows.length; count += 1) {
          const found = changeSequence({ reference, windows: exact(windows.slice(0, count)) }, 0.05);
          if (found?.interval == null) continue;
          missed ||= found.interval.lower > 0 || found.interval.upper < 0;
          missedOnce ||= Math.abs(found.change) > oneLook(reference, windows.slice(0, count));
        }
        if (missed) ever += 1;
        if (missedOnce) once += 1;
      }

      expectNotAbove({ alarms: ever, looks: streams, nominal: 0.05, what: 'streams that were ever missed' });
      expect(once).toBeGreaterThan(2 * 0.05 * streams);
    },
  );
});

/** Student's 97.5 % point for 28 degrees of freedom, the fewest that are looked at. */
const STUDENT_95 = 2.0484;

/** Half-width of Student's interval of two samples. */
function oneLook(reference: readonly number[], windows: readonly number[]): number {
  const squares = [reference, windows].reduce((sum, values) => {
    const mean = values.reduce((all, value) => all + value, 0) / values.length;
    return sum + values.reduce((all, value) => all + (value - mean) ** 2, 0);
  }, 0);
  const degrees = reference.length + windows.length - 2;
  return STUDENT_95 * Math.sqrt((squares / degrees) * (1 / reference.length + 1 / windows.length));
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../../../pipelines/core/statistics/distributions/normal-quantile.ts';
import { dropBayesFactor } from '../../../pipelines/core/statistics/sequential/drop-bayes-factor.ts';
import { effectiveCount, lagOneCorrelation } from '../../../pipelines/core/statistics/sequential/lag-one-correlation.ts';
import { lastingDrop } from '../../../pipelines/core/statistics/sequential/lasting-drop.ts';
import { uniform } from '../../fakes/watched-world.ts';

describe('the Bayes factor of a drop', () => {
  // SciPy 1.17.1: quad of nct.pdf(t, nu, d·sqrt(size))·2·norm.pdf(d) over d > 0, divided by t.pdf(t, nu).
  test.each([
    [0, 10, 3, 0.5],
    [2, 12, 1, 3.0384077483070553],
    [3.5, 20, 5, 44.29149761672398],
    [-1.5, 15, 4, 0.20631731825771646],
    [6, 18, 8, 3377.7245994293253],
    [1, 3, 0.9, 1.3962947746415804],
  ])('t = %f on %i degrees of freedom, size %f', (t, degreesOfFreedom, size, expected) => {
    const factor = dropBayesFactor({ t, degreesOfFreedom, size });

    expect(Math.abs(factor / expected - 1)).toBeLessThan(1e-12);
  });

  // The same, of norm.pdf(d, scale=5): drops of five standard deviations are looked for.
  test.each([
    [6, 4, 4 / 3, 60.251643057564046],
    [10, 3, 0.8, 76.76855259352995],
    [-1, 8, 2, 0.07566275687489273],
    [3, 12, 3, 8.142607647722274],
  ])('a wide prior, t = %f on %i degrees of freedom, size %f', (t, degreesOfFreedom, size, expected) => {
    const factor = dropBayesFactor({ t, degreesOfFreedom, size, prior: 25 });

    expect(Math.abs(factor / expected - 1)).toBeLessThan(1e-9);
  });

  test('has mean 1 without a drop and less where the figure rises', () => {
    const next = uniform(3);
    const normal = () => normalQuantile(next() + 2 ** -33);
    const meanWith = (rise: number) => {
      let sum = 0;
      for (let draw = 0; draw < 20_000; draw += 1) {
        const values = Array.from({ length: 6 }, normal);
        const mean = values.reduce((all, one) => all + one, 0) / 6 + rise;
        const squares = values.reduce((all, one) => all + (one + rise - mean) ** 2, 0);
        sum += dropBayesFactor({ t: (-mean * Math.sqrt(6)) / Math.sqrt(squares / 5), degreesOfFreedom: 5, size: 6 });
      }
      return sum / 20_000;
    };

    expect(Math.abs(meanWith(0) - 1)).toBeLessThan(0.2);
    expect(meanWith(0.5)).toBeLessThan(0.5);
  });
});

describe('the correlation of neighbours', () => {
  test('finds what was put in, on average, and takes a step between stretches for none', () => {
    const next = uniform(5);
    let level = 0;
    const series = Array.from({ length: 4000 }, () => {
      level = 0.5 * level + normalQuantile(next() + 2 ** -33);
      return level;
    });
    const white = Array.from({ length: 2000 }, () => normalQuantile(next() + 2 ** -33));

    expect(Math.abs(lagOneCorrelation([series]) - 0.5)).toBeLessThan(0.04);
    expect(lagOneCorrelation([white, white.map((value) => value + 50)])).toBeLessThan(0.06);
    expect(lagOneCorrelation([[1, 2], []])).toBe(0);
  });

  test('counts fewer values: the variance of a mean, summed term by term', () => {
    const [count, correlation] = [7, 0.6];
    let variance = 1;
    for (let lag = 1; lag < count; lag += 1) variance += 2 * (1 - lag / count) * correlation ** lag;

    expect(effectiveCount(count, correlation)).toBeCloseTo(count / variance, 12);
    expect(effectiveCount(count, 0)).toBe(count);
  });
});

const exact = (values: readonly number[]) => values.map((value) => ({ value, error: 0 }));

describe('a drop that lasts', () => {
  // Figures that differ by rounding alone would be told apart in one unit and not in the other.
  const figure = fc.integer({ min: 5000, max: 9000 }).map((value) => value / 10_000);
  const figures = fc.array(figure, { minLength: 3, maxLength: 14 });

  test('does not depend on the unit, and a larger tolerance never gives more evidence', () => {
    fc.assert(
      fc.property(figures, figures, fc.double({ min: 0, max: 0.1, noNaN: true }), (reference, windows, tolerated) => {
        const found = lastingDrop({ reference, windows: exact(windows), tolerated });
        const inPercent = lastingDrop({
          reference: reference.map((value) => 100 * value),
          windows: exact(windows.map((value) => 100 * value)),
          tolerated: 100 * tolerated,
        });

        expect(Math.abs(inPercent.total - found.total)).toBeLessThanOrEqual(1e-6 * Math.max(1, found.total));
        expect(lastingDrop({ reference, windows: exact(windows), tolerated: tolerated + 0.01 }).total).toBeLessThanOrEqual(
          found.total + 1e-9,
        );
      }),
    );
  });

  test('tells since when: five bad days after ten good ones', () => {
    const reference = [0.7, 0.71, 0.69, 0.705, 0.695, 0.7, 0.71];
    const windows = [...[0.7, 0.69, 0.71, 0.7, 0.7, 0.71, 0.69, 0.7, 0.705, 0.695], ...[0.62, 0.61, 0.63, 0.62, 0.6]];

    const found = lastingDrop({ reference, windows: exact(windows), tolerated: 0.02 });

    expect(found).toMatchObject({ windows: 5, mean: expect.closeTo(0.616, 9) });
    expect(found.total).toBeGreaterThan(90);
    expect(lastingDrop({ reference, windows: exact(windows.slice(0, 10)), tolerated: 0.02 }).total).toBeLessThan(5);
  });

  test('a drop far beyond what windows differ by is said in the second window, though the reference holds four', () => {
    const reference = [-0.86, -1.42, -0.62, -0.93];
    const at = (windows: readonly number[]) => lastingDrop({ reference, windows: exact(windows), tolerated: 0.3 }).total;

    expect(at([-3.9])).toBeLessThan(90);
    expect(at([-3.9, -3.7])).toBeGreaterThan(90);
    expect(at([-1.5, -1.4])).toBeLessThan(5);
  });

  test('rows stand in for windows that a short reference does not have, as far as windows differ by no more than rows explain', () => {
    const reference = [-0.86, -0.62, -0.93, -1.42];
    const at = (error: number) =>
      lastingDrop({ reference, windows: [-3.9, -3.7].map((value) => ({ value, error })), tolerated: 0.3 }).total;

    expect(at(0)).toBeLessThan(20);
    expect(at(0.02)).toBeLessThan(20);
    expect(at(0.2)).toBeGreaterThan(90);
    expect(at(2)).toBeLessThan(10);
  });

  test('windows of few rows are no evidence, however alike the reference was', () => {
    const reference = [0.7, 0.701, 0.699, 0.7, 0.7, 0.701, 0.699];
    const low = [0.66, 0.65, 0.67, 0.66, 0.65];
    const of = (error: number) => lastingDrop({ reference, windows: low.map((value) => ({ value, error })), tolerated: 0.02 }).total;

    expect(of(0.003)).toBeGreaterThan(90);
    expect(of(0.07)).toBeLessThan(5);
  });

  test('one window as reference says little; none is an error; without windows there is no evidence', () => {
    expect(lastingDrop({ reference: [0.7], windows: exact([0.5]), tolerated: 0.02 })).toMatchObject({
      total: 0,
      newest: null,
      windows: null,
    });
    expect(lastingDrop({ reference: [0.7, 0.7], windows: [], tolerated: 0 })).toEqual({
      total: 0,
      newest: null,
      windows: null,
      mean: null,
    });
    expect(() => lastingDrop({ reference: [], windows: exact([0.5]), tolerated: 0 })).toThrow(RangeError);
  });
});

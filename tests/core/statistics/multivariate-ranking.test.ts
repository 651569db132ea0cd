import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pearson } from '../../../pipelines/core/statistics/distances/pearson.ts';
import { intraclassCorrelation } from '../../../pipelines/core/statistics/intervals/intraclass-correlation.ts';
import { lossByShift } from '../../../pipelines/core/statistics/multivariate/loss-by-shift.ts';
import { rankFeatures } from '../../../pipelines/core/statistics/multivariate/rank-features.ts';

const feature = (name: string, effect: number, importance: number | null = null, lossChange: number | null = null, lossError = 0.001) => ({
  name,
  effect,
  importance,
  lossChange,
  lossError,
});

describe('ranking of drifted features', () => {
  test('a large drift that does not matter comes after a small one that does', () => {
    const ranked = rankFeatures([feature('noise', 0.9, 0.001), feature('income', 0.2, 0.3)]);

    expect(ranked.map(({ name, rank }) => [name, rank])).toEqual([
      ['income', 1],
      ['noise', 2],
    ]);
  });

  test('what costs comes first; only rises of the loss have a share', () => {
    const ranked = rankFeatures([feature('a', 0.9, 0.9, -0.01), feature('b', 0.1, 0.1, 0.03), feature('c', 0.1, 0.2, 0.01)]);

    expect(ranked.map(({ name, shareOfDrop }) => [name, shareOfDrop])).toEqual([
      ['b', 0.75],
      ['c', 0.25],
      ['a', 0],
    ]);
  });

  test('a cost that may be chance decides nothing: effect times importance does', () => {
    const ranked = rankFeatures([feature('noise', 0.3, 0.001, 0.03, 0.02), feature('income', 0.2, 0.3, 0.01, 0.02)]);

    expect(ranked.map(({ name, isBeyondChance, shareOfDrop }) => [name, isBeyondChance, shareOfDrop])).toEqual([
      ['income', false, null],
      ['noise', false, null],
    ]);
  });

  test('the bound rises with the features that could lead, with skewness, and with no error known it is never reached', () => {
    const others = Array.from({ length: 9 }, (_, index) => feature(`other ${index}`, 0.1, 0.1, 0, 0.01));
    const two = feature('two errors', 0.1, 0.1, 0.02, 0.01);
    const isBeyond = (features: readonly ReturnType<typeof feature>[]) =>
      rankFeatures(features).find(({ name }) => name === 'two errors')?.isBeyondChance;

    // Normal quantiles: 1.645 for one feature, 2.576 for ten; with skewness 2, 1.645 + 2 · (1.645² − 1) / 6 = 2.21.
    expect(isBeyond([two])).toBe(true);
    expect(isBeyond([two, ...others])).toBe(false);
    expect(rankFeatures([{ ...two, lossSkewness: 2 }])[0]?.isBeyondChance).toBe(false);
    expect(rankFeatures([{ ...two, lossSkewness: -2 }])[0]?.isBeyondChance).toBe(true);
    expect(rankFeatures([{ ...two, lossError: null }])[0]?.isBeyondChance).toBe(false);
  });

  test('an unknown importance is the mean of the known ones; with none known the effect decides', () => {
    const some = rankFeatures([feature('a', 0.2), feature('b', 0.1, 0.6), feature('c', 0.1, 0.2)]);
    const none = rankFeatures([feature('a', 0.1), feature('b', 0.2)]);

    expect(some.map(({ name, score }) => [name, score])).toEqual([
      ['a', 0.2 * 0.4],
      ['b', 0.06],
      ['c', 0.1 * 0.2],
    ]);
    expect(none.map(({ name }) => name)).toEqual(['b', 'a']);
  });

  test('does not depend on the order given', () => {
    const features = fc.uniqueArray(
      fc.record({
        name: fc.string(),
        effect: fc.constantFrom(0.1, 0.2),
        importance: fc.constantFrom(null, 0.5),
        lossChange: fc.constantFrom(null, 0, 0.1),
      }),
      {
        selector: ({ name }) => name,
      },
    );
    fc.assert(
      fc.property(features, (given) => {
        expect(rankFeatures([...given].reverse())).toEqual(rankFeatures(given));
      }),
    );
  });
});

describe('loss by the shift of one feature', () => {
  test('is the change of the mean loss when the shares of the classes change', () => {
    const found = lossByShift({ reference: [3, 1], losses: [1 / 3, 1], current: [1, 1] });

    expect(found?.lossChange).toBeCloseTo((1 / 3 + 1) / 2 - 0.5, 12);
  });

  test('is 0 for the reference itself, and rows of unknown loss count as average rows', () => {
    const known = { reference: [1, 2, 1, 0], losses: [1, 0, 1, null] };

    expect(lossByShift({ ...known, current: [1, 2, 1, 0] })?.lossChange).toBeCloseTo(0, 12);
    expect(lossByShift({ ...known, current: [0, 0, 0, 2] })).toMatchObject({ lossChange: 0, unknownShare: 1 });
    expect(lossByShift({ ...known, current: [] })).toBeNull();
    expect(lossByShift({ reference: [5], losses: [null], current: [5] })).toBeNull();
  });
});

describe('error of the loss by a shift', () => {
  test('is that of many samples: class means and shares of both samples are drawn anew', () => {
    // NumPy 2.4.6, default_rng(7), 400,000 draws: reference shares multinomial(500, (.7, .2, .1)), class losses binomial(n, (.1, .3, .5)) / n, current shares multinomial(300, (.3, .5, .2)).
    const simulated = 0.019862;
    const [reference, rates, current] = [
      [350, 100, 50],
      [0.1, 0.3, 0.5],
      [90, 150, 60],
    ];
    const noise = rates.map((rate, place): [number, number] => [Math.sqrt((rate * (1 - rate)) / (reference[place] ?? 1)), 0]);

    const found = lossByShift({ reference, losses: rates, current, noise });

    expect((found?.standardError ?? 0) / simulated).toBeGreaterThan(0.97);
    expect((found?.standardError ?? 0) / simulated).toBeLessThan(1.03);
  });

  test('is not known where the noise of a class that counts is not', () => {
    const problem = { reference: [5, 5], losses: [0, 1], current: [2, 8] };

    expect(lossByShift({ ...problem, noise: [[0.1, 0], null] })?.standardError).toBeNull();
    expect(lossByShift(problem)?.standardError).toBeNull();
  });

  test('rows of a day that are alike: agrees with the analysis of variance', () => {
    // SciPy 1.17.1: F = f_oneway([.1, .4, .2], [.9, 1.1], [.5, .7, .6, 1.2], [0, .3]).statistic; (F - 1) / (F - 1 + (11 - 33 / 11) / 3)
    const groups = [
      [0.1, 0.4, 0.2],
      [0.9, 1.1],
      [0.5, 0.7, 0.6, 1.2],
      [0, 0.3],
    ];
    const of = (each: (values: readonly number[]) => number) => Float64Array.from(groups, each);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

    const found = intraclassCorrelation({
      sums: of(sum),
      squares: of((values) => sum(values.map((value) => value ** 2))),
      rows: of(({ length }) => length),
    });

    expect(found).toBeCloseTo(0.6882551815375568, 12);
  });
});

describe('correlation', () => {
  test('has no value without spread or with two pairs, and is exact on a line', () => {
    expect(pearson([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(pearson([1, 2], [1, 2])).toBeNull();
    expect(pearson([1, 2, 4], [-1, -2, -4])).toEqual({ correlation: -1, pValue: 0 });
    // SciPy 1.17.1: pearsonr([1, 2, 3], [2, 4, 7])
    expect(pearson([1, 2, 3], [2, 4, 7])?.pValue).toBeCloseTo(0.0731863950403274, 10);
  });
});

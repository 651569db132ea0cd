import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pearson } from '../../../pipelines/core/statistics/distances/pearson.ts';
import { lossByShift } from '../../../pipelines/core/statistics/multivariate/loss-by-shift.ts';
import { rankFeatures } from '../../../pipelines/core/statistics/multivariate/rank-features.ts';

const feature = (name: string, effect: number, importance: number | null = null, lossChange: number | null = null) => ({
  name,
  effect,
  importance,
  lossChange,
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
    expect(lossByShift({ ...known, current: [0, 0, 0, 2] })).toEqual({ lossChange: 0, unknownShare: 1 });
    expect(lossByShift({ ...known, current: [] })).toBeNull();
    expect(lossByShift({ reference: [5], losses: [null], current: [5] })).toBeNull();
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

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binCounts, learnBinning } from '../../../pipelines/core/profile/binning.ts';
import { summariseColumn } from '../../../pipelines/core/profile/column-summary.ts';
import { foldCategories } from '../../../pipelines/core/profile/fold-categories.ts';
import { Column } from '../../../pipelines/core/schema/column.ts';
import { categoricalProfile, draws, numericColumn, uniform } from '../../fakes/watched-world.ts';

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
const repeat = (value: string, times: number) => new Array<string>(times).fill(value);

describe('numeric classes', () => {
  test('are deciles of the grid', () => {
    const next = uniform(1);
    const column = numericColumn(
      'size',
      draws(10_000, () => next() * 10),
    );

    const { counts } = binCounts(column, learnBinning(column));

    expect(counts).toHaveLength(11);
    expect(counts.at(-1)).toBe(0);
    for (const count of counts.slice(0, 10)) expect(Math.abs(count - 1000)).toBeLessThan(60);
  });

  test('are one a value where there are ten values or fewer', () => {
    const column = numericColumn('size', Float64Array.of(1, 1, 2, 5, 5, 5, 9));

    expect(binCounts(column, learnBinning(column)).counts).toEqual([2, 1, 3, 1, 0]);
  });

  test('are open outwards: an outlier falls into the last class, infinity counts as missing', () => {
    const binning = learnBinning(numericColumn('size', Float64Array.of(1, 2, 3)));
    const current = numericColumn('size', Float64Array.of(-40, 900, Number.POSITIVE_INFINITY, Number.NaN, 1e300));

    expect(binCounts(current, binning).counts).toEqual([1, 0, 1, 3]);
  });

  test('count every row once, whatever the reference was', () => {
    const values = fc.array(fc.oneof(fc.double({ min: -100, max: 100, noNaN: true }), fc.constant(Number.NaN)), { maxLength: 60 });
    fc.assert(
      fc.property(values, values, (reference, current) => {
        const binning = learnBinning(numericColumn('size', Float64Array.from(reference)));
        const { counts, labels } = binCounts(numericColumn('size', Float64Array.from(current)), binning);
        return sum(counts) === current.length && labels.length === counts.length;
      }),
    );
  });

  test('of an all-null column: one class and the missing', () => {
    const column = numericColumn('size', Float64Array.of(Number.NaN, Number.NaN));

    expect(learnBinning(column)).toEqual({ kind: 'numeric', edges: [] });
    expect(binCounts(column, learnBinning(column)).counts).toEqual([0, 2]);
  });
});

describe('classes of categories', () => {
  const reference = categoricalProfile([...repeat('often', 900), ...repeat('less', 97), ...repeat('rare', 3)]);

  test('are the values above half a per cent, most frequent first; the rest is other, unseen or missing', () => {
    const binning = learnBinning(reference);
    const current = categoricalProfile(['less', 'rare', 'rare', 'new', null, 'often']);

    expect(binning).toEqual({ kind: 'categorical', categories: ['often', 'less'], known: ['less', 'often', 'rare'] });
    expect(binCounts(current, binning)).toEqual({
      labels: ['often', 'less', 'other', 'unseen', 'missing'],
      counts: [1, 1, 2, 1, 1],
    });
  });

  test('count rare new values as other when asked, as the reference folded its own', () => {
    const current = categoricalProfile([...repeat('new', 25), ...repeat('odd', 2)]);

    expect(binCounts(current, learnBinning(reference), 20).counts).toEqual([0, 0, 2, 25, 0]);
  });

  test('refuse a column of another kind', () => {
    expect(() => binCounts(numericColumn('size', Float64Array.of(1)), learnBinning(reference))).toThrow(RangeError);
  });
});

describe('foldCategories', () => {
  const column = categoricalProfile([...repeat('a', 30), ...repeat('b', 5), null]);

  test('adds rare values to other without their names', () => {
    expect(foldCategories(column, undefined, 20)).toMatchObject({ counts: { a: 30 }, other: 5, missing: 1, rows: 36 });
  });

  test('keeps no name of a personal column', () => {
    const personal = Column.parse({ name: 'x', kind: 'categorical', sensitivity: 'personal' });

    expect(foldCategories(column, personal, 20)).toMatchObject({ counts: {}, other: 35 });
  });
});

describe('summariseColumn', () => {
  test('gives 32 shares of a number that sum to 1 with the missing', () => {
    const summary = summariseColumn(numericColumn('size', Float64Array.of(0, 5, 9.99, 400, Number.NaN)));

    expect(summary.shares).toHaveLength(32);
    expect(summary.shares[31]).toBe(0.4);
    expect(sum(summary.shares) + summary.missing).toBeCloseTo(1, 5);
  });

  test('keeps the order of the reference for categories, and no name', () => {
    const binning = learnBinning(categoricalProfile([...repeat('a', 60), ...repeat('b', 40)]));
    const summary = summariseColumn(categoricalProfile([...repeat('b', 6), ...repeat('a', 1), ...repeat('z', 3)]), binning);

    expect(summary).toEqual({ shares: [0.1, 0.6, 0, 0.3], missing: 0 });
  });

  test('of a column without rows is empty', () => {
    expect(summariseColumn(categoricalProfile([]))).toEqual({ shares: [], missing: 0 });
  });
});

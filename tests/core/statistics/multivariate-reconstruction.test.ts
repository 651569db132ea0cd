import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { nextValue } from '../../../pipelines/core/statistics/intervals/prediction-interval.ts';
import type { FeatureTable } from '../../../pipelines/core/statistics/multivariate/feature-table.ts';
import { encodeNumerically, learnNumericEncoding } from '../../../pipelines/core/statistics/multivariate/numeric-encoding.ts';
import { principalComponents } from '../../../pipelines/core/statistics/multivariate/principal-components.ts';
import {
  crossFittedErrors,
  learnReconstruction,
  reconstructionError,
} from '../../../pipelines/core/statistics/multivariate/reconstruction-error.ts';
import { symmetricEigen } from '../../../pipelines/core/statistics/multivariate/symmetric-eigen.ts';
import { normals } from '../../fakes/random-tables.ts';

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a, (x, i) => x * (b[i] ?? 0)).reduce((sum, x) => sum + x, 0);
const symmetric = fc
  .array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 5, maxLength: 5 }), { minLength: 5, maxLength: 5 })
  .map((rows) => rows.map((row, i) => row.map((x, j) => x + (rows[j]?.[i] ?? 0))));

/** Two columns that move together, and one by itself. */
function related(rows: number, seed: number, sign = 1): FeatureTable {
  const random = seededRandom(seed);
  const [a, b, c] = [normals(rows, random), normals(rows, random), normals(rows, random)];
  return { rows, numeric: [a, a.map((x, row) => sign * x + 0.3 * (b[row] ?? 0)), c], categorical: [] };
}

describe('symmetric eigenvalues', () => {
  test('solve the defining equation, in falling order, with unit vectors at right angles', () => {
    fc.assert(
      fc.property(symmetric, (matrix) => {
        const { values, vectors } = symmetricEigen(matrix);
        for (const [index, vector] of vectors.entries()) {
          const product = matrix.map((row) => dot(row, vector));
          for (const [i, entry] of product.entries()) expect(entry).toBeCloseTo((values[index] ?? 0) * (vector[i] ?? 0), 9);
          for (const [other, second] of vectors.entries()) expect(dot(vector, second)).toBeCloseTo(index === other ? 1 : 0, 10);
          expect(Math.max(...vector)).toBeCloseTo(Math.max(...vector.map(Math.abs)), 8);
        }
        expect([...values].sort((a, b) => b - a)).toEqual(values);
      }),
    );
  });

  test('of a diagonal matrix are its entries', () => {
    const eigen = symmetricEigen([
      [1, 0],
      [0, 4],
    ]);

    expect(eigen.values).toEqual([4, 1]);
    expect(eigen.vectors).toEqual([Float64Array.of(0, 1), Float64Array.of(1, 0)]);
  });
});

describe('columns as numbers', () => {
  const reference: FeatureTable = {
    rows: 4,
    numeric: [Float64Array.of(1, Number.NaN, 3, 5)],
    categorical: [Int32Array.of(0, 1, 1, -1)],
  };

  test('missing numbers become the mean, missing categories the most frequent', () => {
    const encoding = learnNumericEncoding(reference);

    expect(encodeNumerically(encoding, reference)).toEqual([Float64Array.of(1, 3, 3, 5), Float64Array.of(0.25, 0.75, 0.75, 0.75)]);
  });

  test('an unknown category is 0; an empty column is 0 throughout', () => {
    const encoding = learnNumericEncoding(reference);
    const unknown = { rows: 1, numeric: [Float64Array.of(2)], categorical: [Int32Array.of(7)] };
    const empty = { rows: 1, numeric: [Float64Array.of(Number.NaN)], categorical: [Int32Array.of(-1)] };

    expect(encodeNumerically(encoding, unknown)[1]).toEqual(Float64Array.of(0));
    expect(encodeNumerically(learnNumericEncoding(empty), empty)).toEqual([Float64Array.of(0), Float64Array.of(0)]);
  });
});

describe('reconstruction error', () => {
  test('sees a relation turn round although no single column changes', () => {
    const learnt = learnReconstruction(related(2000, 1));

    const [same, turned] = [reconstructionError(learnt, related(2000, 2)), reconstructionError(learnt, related(2000, 3, -1))];

    expect((turned?.mean ?? 0) / (same?.mean ?? 1)).toBeGreaterThan(1.5);
  });

  test('a constant column takes no part', () => {
    const { numeric } = related(500, 4);
    const [without, withConstant] = [numeric, [...numeric, new Float64Array(500).fill(0.1)]].map((columns) =>
      principalComponents(columns, 0.65),
    );

    expect(withConstant?.axes.length).toBe(without?.axes.length);
    expect(withConstant?.scales.at(-1)).toBe(1);
  });

  test('does not depend on the unit of a column', () => {
    const table = related(500, 5);
    const inCents = { ...table, numeric: table.numeric.map((column) => column.map((x) => 100 * x - 7)) };

    const [euros, cents] = [table, inCents].map((each) => reconstructionError(learnReconstruction(each), each)?.mean ?? Number.NaN);

    expect(cents).toBeCloseTo(euros ?? 0, 10);
  });

  test('is null without rows', () => {
    const learnt = learnReconstruction(related(50, 6));

    expect(
      reconstructionError(learnt, { rows: 0, numeric: [new Float64Array(0), new Float64Array(0), new Float64Array(0)], categorical: [] }),
    ).toBeNull();
  });

  test('scores no chunk with what it taught', () => {
    const table = related(300, 7);
    const chunks = Float64Array.from({ length: 300 }, (_, row) => row % 3);

    const errors = crossFittedErrors(table, chunks);

    expect(errors).toHaveLength(3);
    expect(errors[0]).not.toBe(reconstructionError(learnReconstruction(table), table)?.mean);
  });
});

describe('interval of the next value', () => {
  test('is wider than three standard deviations of the values themselves at the same nominal level', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

    const next = nextValue(values, 0.9973);

    // SciPy 1.17.1: t.ppf(1 - 0.00135, 9) * std(1..10, ddof=1) * sqrt(1 + 1/10)
    expect((next?.interval.upper ?? 0) - 5.5).toBeCloseTo(13.00084634019941, 9);
    expect((next?.interval.upper ?? 0) - 5.5).toBeGreaterThan(3 * Math.sqrt(8.25));
    expect(next?.pValueOf(next.interval.upper)).toBeCloseTo(0.0027, 10);
  });

  test('needs three values and a spread', () => {
    expect(nextValue([1, 2])).toBeNull();
    expect(nextValue([2, 2, 2])).toBeNull();
  });
});

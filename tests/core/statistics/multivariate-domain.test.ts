import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { crossFittedArea, foldsOf } from '../../../pipelines/core/statistics/estimation/cross-fitted-area.ts';
import { rankSum } from '../../../pipelines/core/statistics/hypotheses/rank-sum.ts';
import { fitLogistic } from '../../../pipelines/core/statistics/learners/logistic-regression.ts';
import { domainClassifier } from '../../../pipelines/core/statistics/multivariate/domain-classifier.ts';
import { featureCells } from '../../../pipelines/core/statistics/multivariate/feature-cells.ts';
import type { FeatureTable } from '../../../pipelines/core/statistics/multivariate/feature-table.ts';
import { permutationImportance } from '../../../pipelines/core/statistics/multivariate/permutation-importance.ts';
import { packSparseRows } from '../../../pipelines/core/statistics/text/sparse-rows.ts';
import { normals } from '../../fakes/random-tables.ts';
import { LOGISTIC_ORACLE } from './logistic-oracle.ts';

const ids = (rows: number, from = 0) => Uint32Array.from({ length: rows }, (_, row) => from + row);

/** Two normal columns of a given correlation, one more, and a category. */
function world(rows: number, seed: number, { correlation = 0.8, shift = 0 } = {}): FeatureTable {
  const random = seededRandom(seed);
  const [a, b, c] = [normals(rows, random), normals(rows, random), normals(rows, random)];
  const second = a.map((x, row) => correlation * x + Math.sqrt(1 - correlation ** 2) * (b[row] ?? 0));
  const category = Int32Array.from({ length: rows }, () => random.below(4));
  return { rows, numeric: [a, second, c.map((x) => x + shift)], categorical: [category] };
}

describe('logistic regression', () => {
  const design = packSparseRows(
    LOGISTIC_ORACLE.rows.map((row) => ({
      indices: row.flatMap((x, column) => (x === 0 ? [] : [column])),
      values: row.filter((x) => x !== 0),
    })),
    6,
  );

  test.each(LOGISTIC_ORACLE.models)('finds the coefficients of scikit-learn, penalty $penalty', ({ penalty, coefficients }) => {
    const train = ids(LOGISTIC_ORACLE.rows.length);

    const model = fitLogistic({ design, labels: LOGISTIC_ORACLE.labels, train, penalty, tolerance: 1e-10, maximumSteps: 500 });

    const found = [model.intercept, ...model.weights];
    for (const [index, expected] of coefficients.entries()) expect(found[index]).toBeCloseTo(expected, 7);
  });

  test('learns the same bits from all rows where they lie as from a copy of them, with columns that no row has', () => {
    const wide = { ...design, columns: 9, indices: design.indices.map((column) => (column > 2 ? column + 3 : column)) };
    const task = { design: wide, labels: LOGISTIC_ORACLE.labels, penalty: 2, maximumSteps: 20 };

    const inPlace = fitLogistic(task);

    expect(inPlace).toEqual(fitLogistic({ ...task, train: ids(wide.rows) }));
    expect([...inPlace.weights.slice(3, 6)]).toEqual([0, 0, 0]);
    expect(inPlace.weights.every((weight, column) => (column > 2 && column < 6) || weight !== 0)).toBe(true);
  });

  test('learns nothing from no rows, and only an intercept from one class', () => {
    const none = fitLogistic({ design, labels: LOGISTIC_ORACLE.labels, train: [], penalty: 1 });
    const negative = fitLogistic({ design, labels: LOGISTIC_ORACLE.labels, train: [0, 1, 3], penalty: 1 });

    expect([none.intercept, ...none.weights]).toEqual(new Array(7).fill(0));
    expect(negative.intercept).toBeLessThan(-3);
    expect(Number.isFinite(negative.intercept)).toBe(true);
  });
});

describe('rank sum', () => {
  test('is that of SciPy with ties', () => {
    const found = rankSum([1, 2, 2, 3, 5, 5, 6, 9, 9, 10, 11, 12], [0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 0]);

    // SciPy 1.17.1: mannwhitneyu(alternative='greater', method='asymptotic', use_continuity=False)
    expect(found.area).toBeCloseTo(0.6527777777777778, 12);
    expect(found.z).toBeCloseTo(0.8853605868057502, 10);
  });

  test('says nothing when all scores are equal or a class is missing', () => {
    expect(rankSum([1, 1, 1], [0, 1, 1])).toEqual({ area: 0.5, z: 0 });
    expect(rankSum([1, 2, 3], [1, 1, 1])).toEqual({ area: 0.5, z: 0 });
  });
});

describe('cells', () => {
  test('deciles of many values, single values of few, cell 0 for missing', () => {
    const many = Float64Array.from({ length: 100 }, (_, row) => row);
    const few = Float64Array.from({ length: 100 }, (_, row) => (row === 0 ? Number.NaN : row % 3));

    const [first, second] = featureCells({ rows: 100, numeric: [many, few], categorical: [] });

    expect(first?.fineSize).toBe(11);
    expect(first?.fine[0]).toBe(1);
    expect([second?.fine[0], second?.fine[1], second?.fine[2], second?.fine[3]]).toEqual([0, 2, 3, 1]);
  });

  test('rare categories share a cell', () => {
    const codes = Int32Array.from({ length: 1000 }, (_, row) => (row < 3 ? 7 : row < 6 ? 8 : row % 2));

    const [cells] = featureCells({ rows: 1000, numeric: [], categorical: [codes] });

    expect(cells?.fine[0]).toBe(cells?.fine[4]);
    expect(cells?.fineSize).toBe(4);
  });
});

describe('telling samples apart', () => {
  test('no row is scored by what it taught', () => {
    const labels = Uint8Array.from({ length: 100 }, (_, row) => row % 2);
    const taught: Uint32Array[] = [];

    const found = crossFittedArea({
      labels,
      folds: Array.from({ length: 100 }, (_, row) => Math.floor(row / 25)),
      learn: (train) => {
        taught.push(train);
        return () => 0;
      },
    });

    for (const [fold, { rows }] of (found?.folds ?? []).entries()) expect(rows.some((row) => taught[fold]?.includes(row))).toBe(false);
    // Four for the area; of the progressive ones the last is one of them.
    expect(taught.map(({ length }) => length)).toEqual([75, 75, 75, 75, 25, 50]);
    expect(found).toMatchObject({ area: 0.5, pValue: 0.5 });
  });

  test('rows of one hash share a fold, and folds are even', () => {
    const folds = foldsOf([...ids(10_000), ...ids(10_000)], 5);
    const sizes = new Array(5).fill(0).map((_, fold) => folds.filter((each) => each === fold).length);

    expect(folds.slice(0, 10_000)).toEqual(folds.slice(10_000));
    for (const size of sizes) expect(Math.abs(size - 4000)).toBeLessThan(250);
  });

  test('is silent without drift', () => {
    const found = domainClassifier({ table: world(800, 1), hashes: ids(800) }, { table: world(500, 2), hashes: ids(500, 800) });

    expect(found?.area).toBeGreaterThan(0.45);
    expect(found?.area).toBeLessThan(0.55);
    expect(found?.pValue).toBeGreaterThan(0.05);
  });

  test('values that occur once in either sample are no drift', () => {
    const once = (from: number) => ({ rows: 600, numeric: [], categorical: [Int32Array.from(ids(600, from))] });

    const found = domainClassifier({ table: once(0), hashes: ids(600) }, { table: once(600), hashes: ids(600, 600) });

    expect(found?.area).toBe(0.5);
  });

  test('finds the feature that moved', () => {
    const found = domainClassifier(
      { table: world(800, 1), hashes: ids(800) },
      { table: world(500, 2, { shift: 1 }), hashes: ids(500, 800) },
    );

    expect(found?.area).toBeGreaterThan(0.7);
    expect(found?.pValue).toBeLessThan(1e-9);
    const importance = found?.importance() ?? [];
    expect(importance.indexOf(Math.max(...importance))).toBe(2);
  });

  test('finds a relation that turned round although no single feature moved', () => {
    const turned = world(1500, 2, { correlation: -0.8 });

    const found = domainClassifier({ table: world(1500, 1), hashes: ids(1500) }, { table: turned, hashes: ids(1500, 1500) });

    expect(found?.area).toBeGreaterThan(0.75);
    const [first = 0, second = 0, third = 1, category = 1] = found?.importance() ?? [];
    expect(Math.min(first, second)).toBeGreaterThan(10 * Math.max(third, category));
  });

  test('one outlier does not move it, and a run can be repeated', () => {
    const [reference, current] = [world(400, 3), world(300, 4, { shift: 0.3 })];
    const outlier = { ...current, numeric: current.numeric.map((column) => column.with(column.indexOf(Math.max(...column)), 1e6)) };
    const [once, again, moved] = [current, current, outlier].map((table) =>
      domainClassifier({ table: reference, hashes: ids(400) }, { table, hashes: ids(300, 400) }),
    );

    expect({ ...again, importance: again?.importance() }).toEqual({ ...once, importance: once?.importance() });
    expect(moved?.area).toBe(once?.area);
  });

  test('is null when a fold has too few rows of a sample', () => {
    expect(domainClassifier({ table: world(400, 3), hashes: ids(400) }, { table: world(40, 4), hashes: ids(40, 400) })).toBeNull();
  });
});

describe('permutation importance', () => {
  test('is the fall of the area for the feature that decides, and 0 for one that is not read', () => {
    const labels = Uint8Array.from({ length: 400 }, (_, row) => row % 2);
    const score = (row: number, swap?: { readonly feature: number; readonly donor: number }) =>
      (swap?.feature === 0 ? swap.donor : row) % 2;

    const [first = 0, second] = permutationImportance([{ rows: Array.from(ids(400)), score }], labels, {
      features: 2,
      random: seededRandom(1),
    });

    expect(Math.abs(first - 0.5)).toBeLessThan(0.06);
    expect(second).toBe(0);
  });
});

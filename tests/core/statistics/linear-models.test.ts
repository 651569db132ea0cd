import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { solvePositiveDefinite } from '../../../pipelines/core/statistics/learners/cholesky.ts';
import { conjugateGradient } from '../../../pipelines/core/statistics/learners/conjugate-gradient.ts';
import { fitRidge, ridgeValue } from '../../../pipelines/core/statistics/learners/ridge-regression.ts';
import { fitSoftmax, type SoftmaxModel } from '../../../pipelines/core/statistics/learners/softmax-regression.ts';
import { hashedWords } from '../../../pipelines/core/statistics/text/hashed-n-grams.ts';
import { rarityScales } from '../../../pipelines/core/statistics/text/rarity-scales.ts';
import { packSparseRows, type SparseRows } from '../../../pipelines/core/statistics/text/sparse-rows.ts';

// Expected figures: scikit-learn 1.9.1, Ridge(solver='cholesky') and LogisticRegression(tol=1e-12) on these rows.
const ROWS = [
  [1.764, 0.4, 0.0, 1.0],
  [0.979, 2.241, 0.0, 1.0],
  [1.868, -0.977, 1.0, 1.0],
  [0.95, -0.151, 1.0, 1.0],
  [-0.103, 0.411, 0.0, 0.0],
  [0.144, 1.454, 1.0, 0.0],
  [0.761, 0.122, 1.0, 1.0],
  [0.444, 0.334, 0.0, 0.0],
  [1.494, -0.205, 0.0, 0.0],
  [0.313, -0.854, 1.0, 0.0],
  [-2.553, 0.654, 1.0, 0.0],
  [0.864, -0.742, 0.0, 0.0],
];
const TARGETS = [54.039, 53.714, 51.99, 50.637, 48.796, 48.819, 49.772, 50.151, 54.454, 49.367, 40.408, 52.894];
const LABELS = [1, 2, 1, 1, 0, 2, 1, 1, 1, 1, 1, 1];
const RIDGE: readonly (readonly [number, readonly number[]])[] = [
  [0.1, [49.582973445529035, 3.0699723887108417, 0.4043005289348827, -1.5110075444627311, -0.646910078528515]],
  [1.0, [49.53636602601663, 2.8087122599584, 0.29033885389424324, -1.378529807555494, -0.270937273498455]],
  [10.0, [49.638638063843885, 1.7567247287197967, 0.022783162583713715, -0.6242084724073665, 0.17921139281411783]],
];
const SOFTMAX: readonly (readonly [number, readonly (readonly number[])[]])[] = [
  [
    1.0,
    [
      [0.07184588, 0.80252915, 0.12562497],
      [0.07769139, 0.14569744, 0.77661118],
      [0.01388766, 0.97577421, 0.01033813],
      [0.03306134, 0.92276986, 0.0441688],
      [0.16120083, 0.7183481, 0.12045107],
      [0.10864478, 0.37624784, 0.51510737],
      [0.04206247, 0.88698491, 0.07095262],
      [0.13891737, 0.74562043, 0.11546221],
      [0.08016502, 0.86659158, 0.0532434],
      [0.03498187, 0.95099001, 0.01402812],
      [0.17656138, 0.68747567, 0.13596295],
      [0.06097998, 0.92097077, 0.01804925],
    ],
  ],
  [
    0.1,
    [
      [0.04227161, 0.91317597, 0.04455242],
      [0.02646854, 0.00874101, 0.96479045],
      [0.00015046, 0.99972883, 0.00012071],
      [0.00127786, 0.99584138, 0.00288076],
      [0.36222479, 0.60051468, 0.03726053],
      [0.032401, 0.11815759, 0.84944141],
      [0.00244109, 0.98889342, 0.00866549],
      [0.27286657, 0.68699783, 0.0401356],
      [0.07282047, 0.91867411, 0.00850541],
      [0.00212851, 0.99757694, 0.00029455],
      [0.15102565, 0.8062272, 0.04274715],
      [0.03392345, 0.9654711, 0.00060545],
    ],
  ],
];
const DESIGN = packSparseRows(
  ROWS.map((values) => ({ indices: [0, 1, 2, 3], values })),
  4,
);

/** The same rows behind so many empty columns that the equations are not written down. */
function widened(columns: number): SparseRows {
  return packSparseRows(
    ROWS.map((values) => ({ indices: [0, 1, 2, 3].map((column) => columns - 4 + column), values })),
    columns,
  );
}

function probabilitiesOf({ intercepts, weights }: SoftmaxModel, row: readonly number[]): number[] {
  const classes = intercepts.length;
  const powers = Array.from(intercepts, (intercept, each) =>
    Math.exp(row.reduce((sum, value, column) => sum + value * (weights[column * classes + each] ?? 0), intercept)),
  );
  return powers.map((power) => power / powers.reduce((sum, each) => sum + each, 0));
}

describe('ridge regression', () => {
  test.each(RIDGE)('has the weights of scikit-learn at alpha %s', (penalty, [intercept, ...weights]) => {
    const model = fitRidge({ design: DESIGN, targets: TARGETS, penalty });

    expect(model.intercept).toBeCloseTo(intercept ?? Number.NaN, 9);
    for (const [column, weight] of weights.entries()) expect(model.weights[column]).toBeCloseTo(weight, 9);
  });

  test.each(RIDGE)('has them on 2,000 columns too, stepwise (alpha %s)', (penalty, [intercept, ...weights]) => {
    const model = fitRidge({ design: widened(2000), targets: TARGETS, penalty });

    expect(model.intercept).toBeCloseTo(intercept ?? Number.NaN, 7);
    expect(Array.from(model.weights.subarray(1996))).toEqual(weights.map((weight) => expect.closeTo(weight, 7)));
    expect(model.weights.subarray(0, 1996).every((weight) => weight === 0)).toBe(true);
  });

  test('gives one answer without a penalty, where one-hot columns add up to the intercept', () => {
    const design = packSparseRows(
      [0, 0, 1, 1, 2, 2].map((column) => ({ indices: [column], values: [1] })),
      3,
    );

    const model = fitRidge({ design, targets: [1, 3, 5, 7, 10, 10], penalty: 0 });

    for (const [row, mean] of [2, 2, 6, 6, 10, 10].entries()) expect(ridgeValue(model, design, row)).toBeCloseTo(mean, 6);
  });

  test('moves with the targets, whatever their size', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (shift) => {
        const [model, moved] = [0, shift].map((by) => fitRidge({ design: DESIGN, targets: TARGETS.map((y) => y + by), penalty: 1 }));

        expect((moved?.intercept ?? 0) - (model?.intercept ?? 0)).toBeCloseTo(shift, 6);
        expect(moved?.weights[0]).toBeCloseTo(model?.weights[0] ?? Number.NaN, 6);
      }),
      { numRuns: 20 },
    );
  });
});

describe('softmax regression', () => {
  // One row at a time comes near the minimum, and does not stand in it.
  test.each(SOFTMAX)('has the probabilities of scikit-learn at penalty %s within 0.02', (penalty, expected) => {
    const model = fitSoftmax({ design: DESIGN, labels: LABELS, classes: 3, penalty, epochs: 2000, seed: 1 });

    for (const [row, probabilities] of expected.entries()) {
      for (const [each, found] of probabilitiesOf(model, ROWS[row] ?? []).entries()) {
        expect(Math.abs(found - (probabilities[each] ?? Number.NaN))).toBeLessThan(0.02);
      }
    }
  });

  test('is the same for the same seed, and learns: the loss falls from epoch to epoch', () => {
    const losses: number[] = [];
    const problem = { design: DESIGN, labels: LABELS, classes: 3, penalty: 0.1, epochs: 8, seed: 3 };

    const [first, again] = [fitSoftmax({ ...problem, onEpoch: (_, loss) => losses.push(loss) }), fitSoftmax(problem)];
    const other = fitSoftmax({ ...problem, seed: 4 });

    expect(again).toEqual(first);
    expect(other.weights).not.toEqual(first.weights);
    expect(losses).toHaveLength(8);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
  });

  test('gives the shares of the classes where columns tell nothing, and hardly anything to a class without rows', () => {
    const design = packSparseRows(
      Array.from({ length: 200 }, () => ({ indices: [], values: [] })),
      1,
    );
    const labels = Array.from({ length: 200 }, (_, row) => (row < 50 ? 0 : 1));

    const model = fitSoftmax({ design, labels, classes: 3, penalty: 1, epochs: 30, seed: 1 });

    const [first = 0, second = 0, none = 0] = probabilitiesOf(model, []);
    expect(first).toBeCloseTo(0.25, 1);
    expect(second).toBeCloseTo(0.75, 1);
    expect(none).toBeLessThan(0.01);
  });
});

describe('linear equations', () => {
  test('are solved by factors and by steps alike', () => {
    const random = seededRandom(5);
    const size = 12;
    const half = Float64Array.from({ length: size * size }, () => random.uint32() / 2 ** 32 - 0.5);
    const product = (row: number, column: number) =>
      Array.from({ length: size }, (_, each) => (half[row * size + each] ?? 0) * (half[column * size + each] ?? 0)).reduce(
        (a, b) => a + b,
        0,
      );
    const matrix = Float64Array.from({ length: size * size }, (_, at) => product(Math.floor(at / size), at % size));
    for (let row = 0; row < size; row += 1) matrix[row * size + row] = (matrix[row * size + row] ?? 0) + 0.1;
    const apply = (x: Float64Array, y: Float64Array) => {
      for (let row = 0; row < size; row += 1)
        y[row] = x.reduce((sum, value, column) => sum + value * (matrix[row * size + column] ?? 0), 0);
    };
    const right = Float64Array.from({ length: size }, (_, row) => row - 4);

    const exact = solvePositiveDefinite(matrix, right) ?? new Float64Array(size);

    const diagonal = right.map((_, row) => matrix[row * size + row] ?? 1);
    const stepwise = conjugateGradient({ apply, right, diagonal, tolerance: 1e-13, maximumSteps: 100 });
    const back = new Float64Array(size);
    apply(exact, back);
    for (let row = 0; row < size; row += 1) {
      expect(back[row]).toBeCloseTo(right[row] ?? Number.NaN, 9);
      expect(stepwise[row]).toBeCloseTo(exact[row] ?? Number.NaN, 9);
    }
  });

  test('of a matrix that is not positive definite have no answer', () => {
    expect(solvePositiveDefinite(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toBeNull();
  });
});

describe('words as columns', () => {
  test('runs of words are hashed up to the longest, each once', () => {
    const of = (longest: number) => hashedWords(['to', 'be', 'or', 'to', 'be'], { buckets: 2 ** 20, longest });

    // to, be, or; to be, be or, or to; to be or, be or to, or to be.
    expect([1, 2, 3].map((longest) => of(longest).length)).toEqual([3, 6, 9]);
    expect(Array.from(of(3))).toEqual([...of(3)].sort((a, b) => a - b));
    expect(hashedWords([], { buckets: 4, longest: 2 })).toHaveLength(0);
  });

  test('rare ones weigh more, and together as much as one-hot columns', () => {
    const design = packSparseRows(
      [
        { indices: [0, 1, 2], values: [0.5, 0.5, 5] },
        { indices: [0], values: [0.5] },
        { indices: [0], values: [0.5] },
      ],
      3,
    );

    const scales = rarityScales(design, [{ from: 0, to: 2 }]);

    // Smoothed inverse document frequency: ln(4/4) + 1 and ln(4/2) + 1.
    expect((scales[1] ?? 0) / (scales[0] ?? 1)).toBeCloseTo(Math.log(2) + 1, 12);
    expect((3 * (0.5 * (scales[0] ?? 0)) ** 2 + (0.5 * (scales[1] ?? 0)) ** 2) / 4).toBeCloseTo(1, 12);
    expect(scales[2]).toBe(1);
  });
});

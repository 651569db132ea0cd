import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeWeights, encodeWeights } from '../../../pipelines/core/evaluation/decode-weights.ts';
import { encodeRows } from '../../../pipelines/core/evaluation/encode-rows.ts';
import { learnEncodings } from '../../../pipelines/core/evaluation/learn-encodings.ts';
import { predictRows } from '../../../pipelines/core/evaluation/predict-rows.ts';
import { ModelArtifact } from '../../../pipelines/core/schema/model-artifact.ts';
import { TrainingPolicy } from '../../../pipelines/core/schema/training-policy.ts';
import { loanTable } from '../../fakes/loan-table.ts';

const ARTIFACT: ModelArtifact = {
  schemaVersion: 1,
  model: 'loan',
  algorithm: 'multilayerPerceptron',
  inputs: [
    { kind: 'numeric', column: 'income', mean: 2000, standardDeviation: 500, missingAs: 0 },
    { kind: 'categorical', column: 'purpose', vocabulary: ['car', 'house'] },
  ],
  layers: [
    { inputs: 5, units: 2, activation: 'relu' },
    { inputs: 2, units: 1, activation: 'sigmoid' },
  ],
  weightsBytes: 4 * (12 + 3),
};
const WEIGHTS = encodeWeights([
  { kernel: Float32Array.of(1, -1, 0.5, 0, 0.25, 0, 0, 0.125, -0.5, 2), bias: Float32Array.of(0.5, 0) },
  { kernel: Float32Array.of(1, -2), bias: Float32Array.of(0.25) },
]);
const ROW = { ...loanTable(1), numeric: { income: Float64Array.of(2500) }, categorical: { purpose: ['house'] } };

const learningPolicy = (minimumCategoryCount: number) => TrainingPolicy.parse({ minimumCategoryCount });

function scoreOf(changes: { income?: number; purpose?: string | null }): number {
  const rows = {
    ...ROW,
    numeric: { income: Float64Array.of(changes.income ?? 2500) },
    categorical: { purpose: [changes.purpose === undefined ? 'house' : changes.purpose] },
  };
  return predictRows({ inputs: ARTIFACT.inputs, layers: decodeWeights(ARTIFACT, WEIGHTS) }, rows).scores[0] ?? Number.NaN;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe('a score', () => {
  test.each([
    // income 2500 is one deviation above the mean: hidden sums are kernel row 0 + the row of the category + bias, then relu.
    ['a known category', {}, sigmoid(1 + 0.25 + 0.5 + 0.25)],
    ['a category never seen', { purpose: 'boat' }, sigmoid(1 + 0 + 0.5 + 0.25)],
    ['a missing category', { purpose: null }, sigmoid(1 - 0.5 + 0.5 - 2 * (-1 + 2) + 0.25)],
    ['a missing number', { income: Number.NaN }, sigmoid(0 + 0.25 + 0.5 + 0.25)],
    ['an infinite number, as missing', { income: Number.POSITIVE_INFINITY }, sigmoid(0 + 0.25 + 0.5 + 0.25)],
    ['a low number, cut by relu', { income: 500 }, sigmoid(0 - 2 * 3 + 0.25)],
  ])('of %s is what the layers say', (_, changes, expected) => {
    expect(scoreOf(changes)).toBeCloseTo(expected, 12);
  });
});

describe('weights', () => {
  test('are little-endian floats, layer by layer, kernel before bias', () => {
    const bytes = encodeWeights([{ kernel: Float32Array.of(1), bias: Float32Array.of(-2) }]);

    expect([...bytes]).toEqual([0, 0, 128, 63, 0, 0, 0, 192]);
  });

  test('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 15, maxLength: 15 }), (values) => {
        const bytes = encodeWeights([
          { kernel: Float32Array.from(values.slice(0, 10)), bias: Float32Array.from(values.slice(10, 12)) },
          { kernel: Float32Array.from(values.slice(12, 14)), bias: Float32Array.from(values.slice(14)) },
        ]);
        expect(encodeWeights(decodeWeights(ARTIFACT, bytes))).toEqual(bytes);
      }),
    );
  });

  test.each<[string, Partial<ModelArtifact>, Uint8Array, string]>([
    ['cut short', {}, WEIGHTS.slice(0, 56), 'weights.bin has 56'],
    ['too long', {}, new Uint8Array(64), 'weights.bin has 64'],
    ['of another size than declared', { weightsBytes: 64 }, WEIGHTS, 'model.json says 64'],
    ['for other inputs', { inputs: ARTIFACT.inputs.slice(0, 1) }, WEIGHTS, 'where 1 come in'],
    [
      'for layers that do not chain',
      {
        layers: [
          { inputs: 5, units: 2, activation: 'relu' },
          { inputs: 3, units: 1, activation: 'sigmoid' },
        ],
      },
      WEIGHTS,
      'where 2 come in',
    ],
    ['without a sigmoid at the end', { layers: [{ inputs: 5, units: 3, activation: 'relu' }] }, WEIGHTS, 'sigmoid unit'],
    ['without layers', { layers: [] }, WEIGHTS, 'sigmoid unit'],
    ['of a logistic regression with two layers', { algorithm: 'logisticRegression' }, WEIGHTS, 'one layer'],
    ['that are too many', {}, new Uint8Array(64_000_004), 'more than'],
    ['that are not numbers', {}, WEIGHTS.map((byte, at) => (at < 4 ? 255 : byte)), 'finite'],
  ])('%s are refused', (_, changes, bytes, message) => {
    expect(() => decodeWeights({ ...ARTIFACT, ...changes }, bytes)).toThrow(
      expect.objectContaining({ code: 'ARTIFACT_INVALID', message: expect.stringContaining(message) }),
    );
  });

  test('an artifact that names a file is not an artifact', () => {
    expect(ModelArtifact.safeParse({ ...ARTIFACT, weightsManifest: [{ paths: ['../../etc/passwd'] }] }).success).toBe(false);
  });
});

describe('encodings', () => {
  const rows = loanTable(400);

  test('standardise numbers, and give codes and categories an input each', () => {
    const [income, month, purpose] = learnEncodings(rows, { ...learningPolicy(1), features: ['income', 'month', 'purpose'] });

    expect(income).toMatchObject({ kind: 'numeric', missingAs: 0 });
    expect(month).toMatchObject({ kind: 'categorical', column: 'month' });
    expect(month?.kind === 'categorical' && [...month.vocabulary].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 12 }, (_, index) => String(index + 1)),
    );
    expect(purpose).toEqual({ kind: 'categorical', column: 'purpose', vocabulary: ['car', 'house', 'study', 'travel'] });
  });

  test('leave rare values to the input for others', () => {
    const few = { ...rows, categorical: { purpose: rows.ids.map((_, row) => (row < 3 ? 'boat' : 'car')) } };

    const [purpose] = learnEncodings(few, { ...learningPolicy(4), features: ['purpose'] });

    expect(purpose).toEqual({ kind: 'categorical', column: 'purpose', vocabulary: ['car'] });
  });

  test.each([
    ['whole numbers of many values', Float64Array.from({ length: 40 }, (_, index) => index)],
    ['fractions', Float64Array.of(0, 1, 0.5)],
  ])('take %s as numbers', (_, values) => {
    const [encoding] = learnEncodings({ ...rows, numeric: { x: values } }, { ...learningPolicy(1), features: ['x'] });

    expect(encoding?.kind).toBe('numeric');
  });

  test('survive a constant column and one that is missing throughout', () => {
    const numeric = { half: Float64Array.of(0.5, 0.5), none: Float64Array.of(Number.NaN, Number.NaN) };

    const encodings = learnEncodings({ ...rows, numeric }, { ...learningPolicy(1), features: ['half', 'none'] });
    const { values } = encodeRows(encodings, { ...rows, ids: ['a', 'b'], numeric });

    expect([...values].every(Number.isFinite)).toBe(true);
  });

  test('say nothing of a column that was constant in training, whatever it becomes', () => {
    // .003467 added up 1,000 times and divided again is not .003467: the spread is rounding, not 0.
    const learnt = new Float64Array(1000).fill(0.003467);
    const encodings = learnEncodings({ ...rows, numeric: { price: learnt } }, { ...learningPolicy(1), features: ['price'] });

    const { values } = encodeRows(encodings, { ...rows, ids: ['a', 'b'], numeric: { price: Float64Array.of(0.004, 1e6) } });

    expect([...values]).toEqual([0, 0]);
  });

  test('cut a value where training met nothing like it, and no value of training', () => {
    const learnt = Float64Array.from({ length: 1000 }, (_, index) => (index === 0 ? 1e5 : index + 0.5));
    const encodings = learnEncodings({ ...rows, numeric: { price: learnt } }, { ...learningPolicy(1), features: ['price'] });
    const at = (value: number) =>
      encodeRows(encodings, { ...rows, ids: ['a'], numeric: { price: Float64Array.of(value) } }).values[0] ?? Number.NaN;

    expect(at(1e5)).toBeGreaterThan(30);
    expect(at(1e9)).toBe(at(1e5));
    expect(at(-1e9)).toBe(-at(1e5));
  });

  test('refuse rows without a column of the model', () => {
    expect(() => encodeRows([{ kind: 'categorical', column: 'shoe-size', vocabulary: [] }], rows)).toThrow(
      expect.objectContaining({ code: 'MODEL_COLUMN_MISSING' }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { openTfjsRuntime } from '../../../pipelines/adapters/tfjs/open-tfjs-runtime.ts';
import { digestBytes, digestValue } from '../../../pipelines/core/digest/sha256.ts';
import { TrainingPolicy } from '../../../pipelines/core/schema/training-policy.ts';
import { rocAuc } from '../../../pipelines/core/statistics/metrics/roc-auc.ts';
import { loanTable } from '../../fakes/loan-table.ts';

const BACKENDS = ['wasm', 'cpu'] as const;
const ROWS = loanTable(1500);

function policyOf(seed = 1): TrainingPolicy {
  return TrainingPolicy.parse({
    algorithm: 'multilayerPerceptron',
    seed,
    minimumCategoryCount: 20,
    hyperparameters: { epochs: 4, batchSize: 128, learningRate: 0.03, hiddenUnits: [6] },
  });
}

function requestOf(policy: TrainingPolicy, onEpoch: (epoch: number, loss: number) => void = () => {}) {
  return { model: 'loan', rows: ROWS, features: ['income', 'month', 'purpose'], policy, onEpoch };
}

describe.each(BACKENDS)('TensorFlow.js on %s', (backend) => {
  test('gives the same digest when trained twice', async () => {
    const runtime = await openTfjsRuntime({ backend });

    const [first, again] = [await runtime.train(requestOf(policyOf())), await runtime.train(requestOf(policyOf()))];

    expect(digestBytes(again.weights)).toBe(digestBytes(first.weights));
    expect(digestValue(again.artifact)).toBe(digestValue(first.artifact));
  });

  test('gives other weights for another seed', async () => {
    const runtime = await openTfjsRuntime({ backend });

    const [first, other] = [await runtime.train(requestOf(policyOf())), await runtime.train(requestOf(policyOf(2)))];

    expect(digestBytes(other.weights)).not.toBe(digestBytes(first.weights));
  });

  test('learns: the loss falls, and fresh rows are ranked well above chance', async () => {
    const runtime = await openTfjsRuntime({ backend });
    const losses: number[] = [];
    const fresh = loanTable(3000, 2);

    const model = await runtime.train(requestOf(policyOf(), (_, loss) => losses.push(loss)));

    const { scores } = await (await runtime.load(model)).predict(fresh);
    expect(losses).toHaveLength(4);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    expect(rocAuc(scores, fresh.labels)?.area).toBeGreaterThan(0.68);
  });
});

test('wasm and cpu give artifacts of one form, and nearly the same scores', async () => {
  const models = [];
  for (const backend of BACKENDS) models.push(await (await openTfjsRuntime({ backend })).train(requestOf(policyOf())));
  const runtime = await openTfjsRuntime({ backend: 'wasm' });

  const [first, second] = await Promise.all(models.map(async (model) => (await (await runtime.load(model)).predict(ROWS)).scores));

  expect(models[0]?.artifact).toEqual(models[1]?.artifact);
  const worst = Math.max(...(first ?? []).map((score, row) => Math.abs(score - (second?.[row] ?? Number.NaN))));
  expect(worst).toBeLessThan(1e-4);
});

test('names the engine and its version', async () => {
  const runtime = await openTfjsRuntime({ backend: 'wasm' });

  expect(runtime.backend).toMatch(/^tfjs-wasm \d+\.\d+\.\d+$/);
});

test.each([
  ['one class', (labels: Float64Array) => labels.map(() => 0)],
  ['a row without a label', (labels: Float64Array) => labels.map((label, row) => (row === 3 ? Number.NaN : label))],
  ['no rows', () => new Float64Array(0)],
])('refuses to train on %s', async (_, change) => {
  const runtime = await openTfjsRuntime({ backend: 'wasm' });
  const labels = change(ROWS.labels);
  const request = requestOf(policyOf());

  const training = runtime.train({ ...request, rows: { ...ROWS, ids: ROWS.ids.slice(0, labels.length), labels } });

  await expect(training).rejects.toMatchObject({ code: 'TRAINING_LABELS_INSUFFICIENT' });
});

test('refuses a feature that the rows do not have', async () => {
  const runtime = await openTfjsRuntime({ backend: 'wasm' });

  const training = runtime.train({ ...requestOf(policyOf()), features: ['income', 'shoe-size'] });

  await expect(training).rejects.toMatchObject({ code: 'TRAINING_COLUMN_MISSING' });
});

import { describe, expect, test } from 'vitest';
import { openTrainingRuntime } from '../../../pipelines/cli/open-training-runtime.ts';
import { digestBytes, digestValue } from '../../../pipelines/core/digest/sha256.ts';
import { ModelArtifact } from '../../../pipelines/core/schema/model-artifact.ts';
import type { RowTable } from '../../../pipelines/core/schema/row-table.ts';
import { TrainingPolicy } from '../../../pipelines/core/schema/training-policy.ts';
import type { TrainedModel, TrainingRequest } from '../../../pipelines/ports/training-runtime.ts';
import { loanTable } from '../../fakes/loan-table.ts';

const CLASSES = ['10', '2', 'none'];
const SAID = ['call anna now', 'play some jazz', 'what is the news', 'call bert', 'play rock music', 'news of today'];

/** Loans whose label is three times the income in thousands, and a little for travel. */
function priced(): RowTable {
  const rows = loanTable(400);
  const label = (row: number) => {
    const income = rows.numeric['income']?.[row] ?? Number.NaN;
    return (Number.isNaN(income) ? 7 : (3 * income) / 1000) + (rows.categorical['purpose']?.[row] === 'travel' ? 2 : 0);
  };
  return { ...rows, labels: Float64Array.from(rows.ids, (_, row) => label(row)) };
}

/** Queries and their intent: calls, music, news. */
function spoken(): RowTable {
  const rows = loanTable(120);
  const texts = { query: rows.ids.map((_, row) => (row === 7 ? null : (SAID[row % 6] ?? null))) };
  return { ...rows, texts, labels: Float64Array.from(rows.ids, (_, row) => row % 3) };
}

const REQUESTS = {
  logisticRegression: () => requestOf('logisticRegression', loanTable(400), ['income', 'month', 'purpose']),
  ridgeRegression: () => requestOf('ridgeRegression', priced(), ['income', 'month', 'purpose']),
  softmaxRegression: () => ({ ...requestOf('softmaxRegression', spoken(), ['query', 'purpose']), classes: CLASSES }),
};
type Linear = keyof typeof REQUESTS;
const LINEAR: readonly Linear[] = ['logisticRegression', 'ridgeRegression', 'softmaxRegression'];

function requestOf(algorithm: Linear, rows: RowTable, features: readonly string[]): TrainingRequest {
  return { model: 'loan', rows, features, policy: TrainingPolicy.parse({ algorithm, minimumCategoryCount: 5 }), onEpoch: () => {} };
}

function runtimeOf(algorithm: Linear) {
  return openTrainingRuntime({ training: TrainingPolicy.parse({ algorithm }) });
}

async function predictWith(algorithm: Linear, model: TrainedModel, rows: RowTable) {
  return (await (await runtimeOf(algorithm)).load(model)).predict(rows);
}

describe.each(LINEAR)('%s', (algorithm) => {
  test('gives the same bytes when trained twice, as an artifact of the schema', async () => {
    const runtime = await runtimeOf(algorithm);

    const [first, again] = [await runtime.train(REQUESTS[algorithm]()), await runtime.train(REQUESTS[algorithm]())];

    expect(ModelArtifact.parse(JSON.parse(JSON.stringify(first.artifact)))).toEqual(first.artifact);
    expect(digestBytes(again.weights)).toBe(digestBytes(first.weights));
    expect(digestValue(again.artifact)).toBe(digestValue(first.artifact));
    expect(runtime.backend).toMatch(/^holdfast-linear \d/);
  });

  test.each<[string, (model: TrainedModel) => TrainedModel]>([
    ['fewer weights', ({ artifact, weights }) => ({ artifact, weights: weights.slice(4) })],
    ['another size', ({ artifact, weights }) => ({ artifact: { ...artifact, weightsBytes: 4 }, weights })],
    ['another activation', ({ artifact, weights }) => ({ artifact: layered(artifact, { activation: 'relu' }), weights })],
    ['other inputs', ({ artifact, weights }) => ({ artifact: { ...artifact, inputs: artifact.inputs.slice(1) }, weights })],
    ['a class more', ({ artifact, weights }) => ({ artifact: { ...artifact, classes: [...CLASSES, 'more'] }, weights })],
    ['one class twice', ({ artifact, weights }) => ({ artifact: { ...artifact, classes: ['2', '2', 'none'] }, weights })],
    ['another algorithm', ({ artifact, weights }) => ({ artifact: { ...artifact, algorithm: otherThan(algorithm) }, weights })],
    [
      'a second layer',
      ({ artifact, weights }) => ({ artifact: { ...artifact, layers: [...artifact.layers, ...artifact.layers] }, weights }),
    ],
    ['a weight that is no number', ({ artifact, weights }) => ({ artifact, weights: weights.map((byte, at) => (at < 4 ? 255 : byte)) })],
  ])('refuses an artifact with %s', async (_, tamper) => {
    const runtime = await runtimeOf(algorithm);
    const model = tamper(await runtime.train(REQUESTS[algorithm]()));

    await expect(runtime.load(model)).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
  });
});

function otherThan(algorithm: Linear): Linear {
  return algorithm === 'ridgeRegression' ? 'logisticRegression' : 'ridgeRegression';
}

function layered(artifact: ModelArtifact, change: Partial<ModelArtifact['layers'][number]>): ModelArtifact {
  return { ...artifact, layers: artifact.layers.map((layer) => ({ ...layer, ...change })) };
}

describe('a logistic regression', () => {
  test('is the model of its rows, whatever epochs, batches and seed say', async () => {
    const runtime = await runtimeOf('logisticRegression');
    const request = REQUESTS.logisticRegression();
    const settings = { ...request.policy.hyperparameters, epochs: 1, batchSize: 7, learningRate: 1 };

    const [usual, other] = [
      await runtime.train(request),
      await runtime.train({ ...request, policy: { ...request.policy, seed: 5, hyperparameters: settings } }),
    ];

    expect(digestBytes(other.weights)).toBe(digestBytes(usual.weights));
  });

  test('lies where no small change of a weight lowers the penalised loss', async () => {
    const runtime = await runtimeOf('logisticRegression');
    const request = REQUESTS.logisticRegression();

    const { artifact, weights } = await runtime.train(request);

    const losses = await Promise.all(
      [0, -0.01, 0.01].flatMap((change) =>
        [0, 1, 2].map((place) => penalisedLoss(request, { artifact, weights: nudged(weights, place, change) })),
      ),
    );
    expect(Math.min(...losses)).toBe(losses[0]);
  });

  test.each([
    ['one class', (labels: Float64Array) => labels.map(() => 0)],
    ['a row without a label', (labels: Float64Array) => labels.map((label, row) => (row === 3 ? Number.NaN : label))],
  ])('refuses to train on %s', async (_, change) => {
    const runtime = await runtimeOf('logisticRegression');
    const request = REQUESTS.logisticRegression();

    const training = runtime.train({ ...request, rows: { ...request.rows, labels: change(request.rows.labels) } });

    await expect(training).rejects.toMatchObject({ code: 'TRAINING_LABELS_INSUFFICIENT' });
  });
});

/** One 32-bit weight moved. */
function nudged(weights: Uint8Array, place: number, change: number): Uint8Array {
  const moved = Float32Array.from(new Float32Array(weights.slice().buffer));
  moved[place] = (moved[place] ?? 0) + change;
  return new Uint8Array(moved.buffer);
}

/** Mean log loss, and l2 times the squared weights without the intercept, which is the last. */
async function penalisedLoss({ rows, policy }: TrainingRequest, model: TrainedModel): Promise<number> {
  const { scores } = await predictWith('logisticRegression', model, rows);
  const loss = scores.reduce((sum, score, row) => sum - Math.log(rows.labels[row] === 1 ? score : 1 - score), 0) / scores.length;
  const kernel = new Float32Array(model.weights.slice().buffer).slice(0, -1);
  return loss + policy.hyperparameters.l2 * kernel.reduce((sum, weight) => sum + weight * weight, 0);
}

describe('a ridge regression', () => {
  test('gives values, and neither classes nor probabilities', async () => {
    const rows = priced();

    const { scores, predicted, probabilities } = await predictWith(
      'ridgeRegression',
      await (await runtimeOf('ridgeRegression')).train(REQUESTS.ridgeRegression()),
      rows,
    );

    const errors = scores.map((score, row) => Math.abs(score - (rows.labels[row] ?? Number.NaN)));
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.2);
    expect(predicted.every(Number.isNaN)).toBe(true);
    expect(probabilities).toEqual({});
  });

  test('needs a finite label on every row', async () => {
    const runtime = await runtimeOf('ridgeRegression');
    const rows = { ...priced(), labels: priced().labels.fill(Number.NaN, 3, 4) };

    await expect(runtime.train({ ...REQUESTS.ridgeRegression(), rows })).rejects.toMatchObject({ code: 'TRAINING_LABELS_INSUFFICIENT' });
  });
});

describe('a softmax regression', () => {
  test('calls classes by words that it met, and is as sure as it says', async () => {
    const rows = spoken();
    const model = await (await runtimeOf('softmaxRegression')).train(REQUESTS.softmaxRegression());

    const { scores, predicted, probabilities } = await predictWith('softmaxRegression', model, rows);

    const right = rows.ids.filter((_, row) => predicted[row] === rows.labels[row]).length;
    expect(right).toBeGreaterThan(115);
    expect(Object.keys(probabilities).sort()).toEqual([...CLASSES].sort());
    for (const [row, score] of scores.entries()) {
      const all = CLASSES.map((name) => probabilities[name]?.[row] ?? Number.NaN);
      expect(all.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
      // Classes that look like numbers change their places in an object, but not in the list of the artifact.
      expect(score).toBe(all[predicted[row] ?? -1]);
      expect(score).toBe(Math.max(...all));
    }
  });

  test('keeps no word, and only runs of words that two rows share', async () => {
    const rows = spoken();
    const once = { ...rows, texts: { query: rows.ids.map((_, row) => (row === 0 ? 'secret password' : (SAID[row % 6] ?? null))) } };
    const runtime = await runtimeOf('softmaxRegression');

    const model = await runtime.train({ ...REQUESTS.softmaxRegression(), rows: once });

    const [input] = model.artifact.inputs;
    expect(input?.kind === 'text' && input.buckets.length).toBe(new Set(SAID.flatMap((text) => runsOf(text))).size);
    expect(JSON.stringify(model.artifact)).not.toMatch(/jazz|anna|secret/);
  });

  test('answers a text without a known word, a missing one and an empty one alike', async () => {
    const model = await (await runtimeOf('softmaxRegression')).train({ ...REQUESTS.softmaxRegression(), features: ['query'] });
    const three = { ...loanTable(3), texts: { query: ['zzz yyy', null, ''] } };

    const { scores } = await predictWith('softmaxRegression', model, three);

    expect(scores[1]).toBe(scores[0]);
    expect(scores[2]).toBe(scores[0]);
  });

  test('refuses buckets that do not ascend', async () => {
    const runtime = await runtimeOf('softmaxRegression');
    const { artifact, weights } = await runtime.train(REQUESTS.softmaxRegression());
    const inputs = artifact.inputs.map((input) => (input.kind === 'text' ? { ...input, buckets: [...input.buckets].reverse() } : input));

    await expect(runtime.load({ artifact: { ...artifact, inputs }, weights })).rejects.toMatchObject({
      code: 'ARTIFACT_INVALID',
      message: expect.stringContaining('ascending'),
    });
  });

  test.each([
    ['one class only', new Float64Array(120)],
    ['a label that is no class', Float64Array.from({ length: 120 }, (_, row) => row % 4)],
  ])('does not learn from %s', async (_, labels) => {
    const runtime = await runtimeOf('softmaxRegression');

    await expect(runtime.train({ ...REQUESTS.softmaxRegression(), rows: { ...spoken(), labels } })).rejects.toMatchObject({
      code: 'TRAINING_LABELS_INSUFFICIENT',
    });
  });
});

function runsOf(text: string): string[] {
  const words = text.split(' ');
  return [...words, ...words.slice(1).map((word, index) => `${words[index]} ${word}`)];
}

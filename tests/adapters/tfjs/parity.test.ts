import { describe, expect, test } from 'vitest';
import { buildNetwork, layerShapes } from '../../../pipelines/adapters/tfjs/build-network.ts';
import { openBackend } from '../../../pipelines/adapters/tfjs/open-backend.ts';
import { predictByEngine, trainNetwork } from '../../../pipelines/adapters/tfjs/train-network.ts';
import { encodeRows } from '../../../pipelines/core/evaluation/encode-rows.ts';
import { learnEncodings } from '../../../pipelines/core/evaluation/learn-encodings.ts';
import { predictRows } from '../../../pipelines/core/evaluation/predict-rows.ts';
import { TrainingPolicy } from '../../../pipelines/core/schema/training-policy.ts';
import { loanTable } from '../../fakes/loan-table.ts';

const CASES = (['wasm', 'cpu'] as const).flatMap((backend) =>
  [
    { algorithm: 'multilayerPerceptron', hiddenUnits: [] },
    { algorithm: 'multilayerPerceptron', hiddenUnits: [5] },
    { algorithm: 'multilayerPerceptron', hiddenUnits: [7, 4] },
  ].map((each) => ({ backend, ...each })),
);

describe('our forward pass', () => {
  test.each(CASES)('gives the scores of $backend within 1e-6 ($algorithm $hiddenUnits)', async ({ backend, algorithm, hiddenUnits }) => {
    await openBackend(backend);
    const policy = TrainingPolicy.parse({ algorithm, hyperparameters: { epochs: 2, batchSize: 100, learningRate: 0.05, hiddenUnits } });
    const rows = loanTable(700);
    const inputs = learnEncodings(rows, { ...policy, features: ['income', 'month', 'purpose'], minimumCategoryCount: 150 });
    const encoded = encodeRows(inputs, rows);
    const shapes = layerShapes(policy, encoded.columns);
    const network = buildNetwork(shapes, { policy, baseRate: 0.3 });
    await trainNetwork(network, { encoded, labels: rows.labels }, { policy, onEpoch: () => {} });
    const layers = network.layers.map((layer, index) => {
      const [kernel, bias] = layer.getWeights().map((tensor) => Float32Array.from(tensor.dataSync()));
      const shape = shapes[index];
      if (kernel === undefined || bias === undefined || shape === undefined) throw new Error('a layer lacks weights');
      return { ...shape, kernel, bias };
    });

    const { scores: ours } = predictRows({ inputs, layers }, rows);

    const engine = predictByEngine(
      network,
      encoded,
      Uint32Array.from({ length: 700 }, (_, row) => row),
    );
    const worst = ours.reduce((far, score, row) => Math.max(far, Math.abs(score - (engine[row] ?? Number.NaN))), 0);
    expect(new Set(ours).size).toBeGreaterThan(100);
    expect(worst).toBeLessThan(1e-6);
    network.dispose();
  });
});

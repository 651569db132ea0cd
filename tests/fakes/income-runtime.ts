import { calibratedScore } from '../../pipelines/core/evaluation/calibrated-score.ts';
import type { ModelArtifact } from '../../pipelines/core/schema/model-artifact.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import type { Predictor, TrainedModel, TrainingRequest, TrainingRuntime } from '../../pipelines/ports/training-runtime.ts';
import { probabilitiesOf } from './probabilities-of.ts';

const BANDS = 10;
const LOWEST = 900;
const BAND = 100;

/** Learns the share of positives in each of ten bands of income: a real model, trained in no time. Says how often it was asked. */
export class IncomeRuntime implements TrainingRuntime {
  readonly backend = 'income-bands 1.0.0';
  trainings = 0;

  async train(request: TrainingRequest): Promise<TrainedModel> {
    this.trainings += 1;
    const counts = Array.from({ length: BANDS }, () => ({ rows: 1, positives: 0.25 }));
    for (const [row, income] of incomesOf(request.rows).entries()) {
      const band = counts[bandOf(income)];
      if (band === undefined) continue;
      band.rows += 1;
      band.positives += request.rows.labels[row] ?? 0;
    }
    const shares = Float32Array.from(counts, ({ rows, positives }) => positives / rows);
    const artifact: ModelArtifact = {
      schemaVersion: 1,
      model: request.model,
      algorithm: 'logisticRegression',
      inputs: [{ kind: 'numeric', column: 'income', mean: LOWEST, standardDeviation: BAND, missingAs: 0 }],
      layers: [{ inputs: BANDS, units: 1, activation: 'sigmoid' }],
      weightsBytes: shares.byteLength,
    };
    return { artifact, weights: new Uint8Array(shares.buffer) };
  }

  async load(model: TrainedModel): Promise<Predictor> {
    const shares = new Float32Array(model.weights.slice().buffer);
    return {
      predict: async (rows) => {
        const scores = Float64Array.from(incomesOf(rows), (income) => shares[bandOf(income)] ?? 0.5);
        const { calibration } = model.artifact;
        return probabilitiesOf(calibration === undefined ? scores : scores.map((score) => calibratedScore(calibration, score)));
      },
      dispose: () => undefined,
    };
  }
}

function incomesOf(rows: RowTable): Float64Array {
  return rows.numeric['income'] ?? new Float64Array();
}

function bandOf(income: number): number {
  return Math.min(BANDS - 1, Math.max(0, Math.floor((income - LOWEST) / BAND)));
}

import type { ModelArtifact } from '../core/schema/model-artifact.ts';
import type { Predictions } from '../core/schema/predictions.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { TrainingPolicy } from '../core/schema/training-policy.ts';

export interface TrainingRequest {
  readonly model: string;
  readonly rows: RowTable;
  /** Feature columns, in order. */
  readonly features: readonly string[];
  readonly policy: TrainingPolicy;
  /** Multiclass only: `labels.classes` of the definition, in which the labels of the rows are places. */
  readonly classes?: readonly string[] | undefined;
  /** Called after each epoch; never by an engine that has none. */
  readonly onEpoch: (epoch: number, loss: number) => void;
}

export interface TrainedModel {
  readonly artifact: ModelArtifact;
  readonly weights: Uint8Array;
}

/** A loaded model. */
export interface Predictor {
  predict(rows: RowTable): Promise<Predictions>;
  dispose(): void;
}

/** Trains and scores. Deterministic per backend: the same request gives the same bytes. */
export interface TrainingRuntime {
  /** Engine and version, e.g. `tfjs-wasm 4.22.0`. */
  readonly backend: string;
  train(request: TrainingRequest): Promise<TrainedModel>;
  /** Loads from bytes; refuses artifacts whose shapes and sizes do not agree. */
  load(model: TrainedModel): Promise<Predictor>;
}

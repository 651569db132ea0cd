import { labelledPositions, selectRows } from '../core/evaluation/select-rows.ts';
import { datasetFacts } from '../core/registry/dataset-facts.ts';
import { TASK_OF_ALGORITHM } from '../core/schema/algorithm.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { DatasetFacts, TrainingSpec } from '../core/schema/training-spec.ts';
import { type Window, windowsBetween } from '../core/schema/window.ts';
import type { Grid, WindowProfile } from '../core/schema/window-profile.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import { inspectedProfiles } from './inspected-profiles.ts';

export type Grids = Readonly<Record<string, Grid>>;

/** Labelled rows as a spec sees them: labels by spec.asOf, at most training.maximumRows, chosen by hash of id. */
export interface Dataset {
  readonly labelled: RowTable;
  readonly facts: DatasetFacts;
}

/** The held-out range: also its rows without a label yet, and one profile a monitoring window, for the reference. */
export interface HeldOut extends Dataset {
  readonly rows: RowTable;
  readonly windows: readonly WindowProfile[];
}

/** Reads the rows that a challenger is trained on. */
export async function readTrainingRows(log: PredictionLog, request: { spec: TrainingSpec; range: Window; grids: Grids }): Promise<Dataset> {
  const { spec, range, grids } = request;
  const labelled = await log.rows({ range, asOf: spec.asOf, limit: spec.training.maximumRows, labelledOnly: true });
  const profiles = await log.profile([range], grids, spec.asOf);
  return {
    labelled,
    facts: datasetFacts(labelled, {
      task: TASK_OF_ALGORITHM[spec.training.algorithm],
      range,
      features: spec.features,
      quarantined: countQuarantined(profiles),
    }),
  };
}

/** Reads the rows that judge. Training and gate read them through this one function, so that equal data has equal digests. */
export async function readHeldOut(
  log: PredictionLog,
  request: { readonly definition: ModelDefinition; readonly spec: TrainingSpec; readonly grids: Grids },
): Promise<HeldOut> {
  const { definition, spec, grids } = request;
  const range = spec.heldOut;
  const rows = await log.rows({ range, asOf: spec.asOf, limit: spec.training.maximumRows, labelledOnly: false });
  const labelled = selectRows(rows, labelledPositions(rows));
  const wanted = windowsBetween(range, durationSeconds(definition.monitoring.window));
  const windows = await inspectedProfiles(log, { windows: wanted, grids, asOf: spec.asOf, inspectFrom: 0 });
  const facts = datasetFacts(labelled, { task: definition.task, range, features: spec.features, quarantined: countQuarantined(windows) });
  const all = windows.reduce((sum, window) => sum + window.rows, 0);
  const isSample = rows.ids.length >= spec.training.maximumRows && all > rows.ids.length;
  return { rows, labelled, facts: isSample ? { ...facts, sampledFrom: all } : facts, windows };
}

function countQuarantined(profiles: readonly WindowProfile[]): number {
  return profiles.flatMap(({ quarantined }) => Object.values(quarantined)).reduce((sum, rows) => sum + rows, 0);
}

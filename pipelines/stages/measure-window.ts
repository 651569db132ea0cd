import { serviceReport } from '../core/business/service-report.ts';
import { canonicalJson } from '../core/digest/canonical-json.ts';
import type { CubeCalibration } from '../core/profile/calibrate-cube.ts';
import { summariseColumn } from '../core/profile/column-summary.ts';
import type { ClassEstimates } from '../core/profile/estimate-classes.ts';
import { foldCategories } from '../core/profile/fold-categories.ts';
import { mergeQuarantine } from '../core/profile/merge-profiles.ts';
import { raiseRest } from '../core/profile/raise-rest.ts';
import type { DriftEvidence } from '../core/schema/drift-evidence.ts';
import type { InputEncoding } from '../core/schema/model-artifact.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { WindowSummary } from '../core/schema/model-state.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { RowSample } from '../core/schema/row-sample.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { ServingCheck } from '../core/schema/serving-check.ts';
import { LATENCY_COLUMN, type WindowProfile } from '../core/schema/window-profile.ts';
import { detectSignals } from '../core/signals/detect-signals.ts';
import type { LabelShelf } from './label-shelf.ts';
import { moneyOf } from './money-of.ts';
import type { PerformanceHistory } from './performance-history.ts';
import { realisedFigure } from './realised-figure.ts';

export interface WindowMaterial {
  readonly definition: ModelDefinition;
  readonly reference: ReferenceProfile;
  readonly profile: WindowProfile;
  /** Profiles of the last calendar cycle, this window's among them (see `cycleOf`). */
  readonly cycle: readonly WindowProfile[];
  /** Profiles of the windows that performance pools, this window's among them (see `performanceProfiles`). */
  readonly trailingProfiles: readonly WindowProfile[];
  /** What the reference teaches about its scores, learnt once for all windows. */
  readonly calibration: CubeCalibration | null;
  readonly shelf: LabelShelf;
  readonly history: PerformanceHistory;
  /** Labels of the window that were changed after they had come. */
  readonly corrected: number;
  /** Of drift, in the windows before this one. */
  readonly driftEvidence: DriftEvidence;
  /** See `sampleReader`. */
  readonly sample?: RowSample | null;
  /** See `pooledRowsReader`. */
  readonly pooledRows?: RowTable | null;
  /** See `classReader`. */
  readonly classes?: ClassEstimates | null;
  /** See `checkServing`; the answers of the newest window only. */
  readonly encodings?: readonly InputEncoding[];
  readonly serving?: ServingCheck | null;
}

/** One window: what its summary keeps, the bytes of its fine profile with rare and personal values folded, and what the next window starts from. */
export interface MeasuredWindow {
  readonly summary: Omit<WindowSummary, 'champion' | 'profileDigest'>;
  readonly bytes: Uint8Array;
  readonly driftEvidence: DriftEvidence;
}

/** Signals, summaries and money of one window. */
export function measureWindow({ shelf, history, corrected, ...material }: WindowMaterial): MeasuredWindow {
  const { definition, reference, profile } = material;
  const { window, rows } = profile;
  const byName = new Map(definition.columns.map((column) => [column.name, column]));
  const columns = Object.entries(profile.columns).map(([name, column]) => ({
    name,
    folded: foldCategories(column, byName.get(name), definition.privacy.minimumCount),
  }));
  const pool = history.pool(window);
  const trailingCubes = pool === null ? [] : shelf.champion(pool);
  const fine = { ...profile, columns: Object.fromEntries(columns.map(({ name, folded }) => [name, folded])) };
  const { signals, driftEvidence: next } = detectSignals({ ...material, trailingCubes, realised: history.of(window) });
  const summary = {
    window,
    rows,
    labelled: shelf.labelled(window),
    quarantined: mergeQuarantine(profile.quarantined, shelf.quarantined(window)),
    signals: [...signals],
    columns: Object.fromEntries(
      columns.map(({ name, folded }) => [
        name,
        summariseColumn(raiseRest(folded, definition.privacy.minimumCount), reference.binnings[name]),
      ]),
    ),
    service: serviceReport({ definition, profile, latencyGrid: reference.grids[LATENCY_COLUMN] }),
    business: moneyOf({ definition, reference, window, rows, shelf, history }),
    realised: realisedFigure(history, window, corrected),
  };
  return { summary, bytes: new TextEncoder().encode(canonicalJson(fine)), driftEvidence: next };
}

import { selectRows } from '../core/evaluation/select-rows.ts';
import type { CubeCalibration } from '../core/profile/calibrate-cube.ts';
import type { ClassEstimates } from '../core/profile/estimate-classes.ts';
import { SECOND_ROWS, type SecondEstimate, secondEstimate } from '../core/profile/second-estimate.ts';
import type { RowSample } from '../core/schema/row-sample.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { Signal } from '../core/schema/signal.ts';
import type { WindowProfile } from '../core/schema/window-profile.ts';
import { estimatedPerformance } from '../core/signals/estimated-performance.ts';
import { EVIDENCE_LEVEL } from '../core/signals/evidence-level.ts';
import { TOGETHER } from '../core/signals/multivariate-drift.ts';
import { pooledScores } from '../core/signals/pooled-scores.ts';
import { type JudgedReference, type ReferenceJudge, referenceJudge, type ServedModel } from './judged-reference.ts';

/** A window that was measured, with what it was measured from. */
export interface EstimatedWindow {
  readonly profile: WindowProfile;
  readonly trailingProfiles: readonly WindowProfile[];
  readonly calibration: CubeCalibration | null;
  readonly sample: RowSample | null;
  readonly signals: readonly Signal[];
  /** See `classReader`; left out: nobody estimated them. */
  readonly classes?: ClassEstimates | null;
}

/** The signals of a window, its estimates with a second opinion where there is something to weigh. */
export type OpinionReader = (window: EstimatedWindow) => Promise<readonly Signal[]>;

/**
 * Asks for a second opinion on the estimates of a window (see `secondEstimate`), only where columns together tell the window from the reference by more than
 * chance: without that all weights are one and it would say the same. The reference is answered once a run by the version that serves, unless its rows
 * were logged by that very version; the rows of the pooled windows are read once more. In memory only.
 */
export function opinionReader(task: ServedModel, judge: ReferenceJudge = referenceJudge(task)): OpinionReader {
  const { definition, reference } = task;
  return async (window) => {
    const { profile, trailingProfiles, calibration, sample, signals, classes = null } = window;
    if (sample === null || !isAsked(signals)) return signals;
    const judged = definition.task === 'regression' ? ROW_BY_ROW : await judge(sample.reference);
    const second = await opinionOf(task, window, judged);
    if (second === null) return signals;
    const evidence = { definition, reference, profile, trailingProfiles, calibration, second, classes, trailingCubes: [], cycle: [] };
    const again = new Map(estimatedPerformance(evidence, signals).map((signal) => [signal.id, signal]));
    return signals.map((signal) => again.get(signal.id) ?? signal);
  };
}

/** Why a regression has no second opinion. */
const ROW_BY_ROW = 'errors are estimated row by row already.';

function isAsked(signals: readonly Signal[]): boolean {
  const together = signals.find(({ kind, subject }) => kind === 'multivariate-drift' && subject === TOGETHER);
  const isEstimated = signals.some(
    ({ kind, status, value }) => kind === 'estimated-performance' && value !== null && status !== 'insufficient-data',
  );
  return isEstimated && together?.pValue != null && together.pValue <= EVIDENCE_LEVEL;
}

async function opinionOf(task: ServedModel, window: EstimatedWindow, judged: JudgedReference | string): Promise<SecondEstimate | null> {
  const { definition, reference } = task;
  if (typeof judged === 'string') {
    return { weights: { effectiveRows: 0, outOfSupport: 0, isUsable: false, why: judged }, referenceRows: 0, metrics: [] };
  }
  const rows = await pooledOf(task, window);
  const own = rows.ids.flatMap((_, row) => ((rows.versions[row] ?? reference.version) === reference.version ? [row] : []));
  const { recognised } = reference;
  return secondEstimate({ definition, recognised, reference: judged.rows, answers: judged.answers, window: selectRows(rows, own) });
}

/** The rows that the estimate is about: those of the sample where no other window is pooled. */
async function pooledOf(
  { definition, reference, log, asOf }: ServedModel,
  { profile, trailingProfiles, sample }: EstimatedWindow,
): Promise<RowTable> {
  const range = pooledScores({ profile, trailingProfiles, reference }).window;
  if (sample !== null && range.start === profile.window.start) return sample.window;
  return log.rows({ range, asOf, limit: Math.min(SECOND_ROWS, definition.monitoring.sampleRows), labelledOnly: false });
}

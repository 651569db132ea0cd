import { UserError } from '../core/errors/user-error.ts';
import { labelledPositions, selectRows } from '../core/evaluation/select-rows.ts';
import type { CubeCalibration } from '../core/profile/calibrate-cube.ts';
import { fewerRows } from '../core/profile/sample-table.ts';
import { SECOND_ROWS, type SecondEstimate, secondEstimate } from '../core/profile/second-estimate.ts';
import type { Predictions } from '../core/schema/predictions.ts';
import type { RowSample } from '../core/schema/row-sample.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { Signal } from '../core/schema/signal.ts';
import type { WindowProfile } from '../core/schema/window-profile.ts';
import { estimatedPerformance } from '../core/signals/estimated-performance.ts';
import { EVIDENCE_LEVEL } from '../core/signals/evidence-level.ts';
import { TOGETHER } from '../core/signals/multivariate-drift.ts';
import type { LoadServing } from './check-serving.ts';
import type { SampledModel } from './read-sample.ts';

export interface OpinionTask extends SampledModel {
  /** Loads the version that serves: rows of its reference may carry the scores of its predecessor. Left out: those rows are not used then. */
  readonly serving?: LoadServing;
}

/** A window that was measured, with what it was measured from. */
export interface EstimatedWindow {
  readonly profile: WindowProfile;
  readonly trailingProfiles: readonly WindowProfile[];
  readonly calibration: CubeCalibration | null;
  readonly sample: RowSample | null;
  readonly signals: readonly Signal[];
}

/** The signals of a window, its estimates with a second opinion where there is something to weigh. */
export type OpinionReader = (window: EstimatedWindow) => Promise<readonly Signal[]>;

/** The rows of the reference whose labels are in, and what the version that serves answers for them. */
interface Judged {
  readonly rows: RowTable;
  readonly answers: Predictions;
}

/**
 * Asks for a second opinion on the estimates of a window (see `secondEstimate`), only where columns together tell the window from the reference by more than
 * chance: without that all weights are one and it would say the same. The reference is answered once a run by the version that serves, unless its rows
 * were logged by that very version; the rows of the pooled windows are read once more. In memory only.
 */
export function opinionReader(task: OpinionTask): OpinionReader {
  const { definition, reference } = task;
  let judged: Promise<Judged | string> | null = null;
  return async (window) => {
    const { profile, trailingProfiles, calibration, sample, signals } = window;
    if (sample === null || !isAsked(signals)) return signals;
    judged ??= judgedReference(task, sample.reference);
    const second = await opinionOf(task, window, await judged);
    if (second === null) return signals;
    const evidence = { definition, reference, profile, trailingProfiles, calibration, second, trailingCubes: [], cycle: [] };
    const again = new Map(estimatedPerformance(evidence, signals).map((signal) => [signal.id, signal]));
    return signals.map((signal) => again.get(signal.id) ?? signal);
  };
}

function isAsked(signals: readonly Signal[]): boolean {
  const together = signals.find(({ kind, subject }) => kind === 'multivariate-drift' && subject === TOGETHER);
  const isEstimated = signals.some(
    ({ kind, status, value }) => kind === 'estimated-performance' && value !== null && status !== 'insufficient-data',
  );
  return isEstimated && together?.pValue != null && together.pValue <= EVIDENCE_LEVEL;
}

/** A text says why there is none. */
async function judgedReference({ definition, reference, serving }: OpinionTask, before: RowTable): Promise<Judged | string> {
  const labelled = labelledPositions(before);
  const rows = selectRows(before, fewerRows(before, labelled, SECOND_ROWS));
  if (definition.task === 'regression') return 'errors are estimated row by row already.';
  if (rows.versions.every((version) => version === reference.version)) return { rows, answers: rows };
  if (serving === undefined)
    return `rows of the reference carry scores of other versions than ${reference.version}, which could not be asked.`;
  try {
    const { predictor } = await serving(reference.version);
    try {
      return { rows, answers: await predictor.predict(rows) };
    } finally {
      predictor.dispose();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `rows of the reference carry scores of other versions than ${reference.version}, whose files cannot be read.`;
  }
}

async function opinionOf(task: OpinionTask, window: EstimatedWindow, judged: Judged | string): Promise<SecondEstimate | null> {
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
async function pooledOf({ definition, log, asOf }: OpinionTask, { profile, trailingProfiles, sample }: EstimatedWindow): Promise<RowTable> {
  const start = trailingProfiles[0]?.window.start ?? profile.window.start;
  if (sample !== null && start === profile.window.start) return sample.window;
  const range = { start, end: profile.window.end };
  return log.rows({ range, asOf, limit: Math.min(SECOND_ROWS, definition.monitoring.sampleRows), labelledOnly: false });
}

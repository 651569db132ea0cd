import { selectRows } from '../core/evaluation/select-rows.ts';
import {
  CLASS_ROWS,
  type ClassCalibration,
  type ClassEstimates,
  calibrateClasses,
  estimateClasses,
  MACRO_METRICS,
} from '../core/profile/estimate-classes.ts';
import type { RowSample } from '../core/schema/row-sample.ts';
import type { WindowProfile } from '../core/schema/window-profile.ts';
import { pooledScores } from '../core/signals/pooled-scores.ts';
import { type ReferenceJudge, referenceJudge, type ServedModel } from './judged-reference.ts';

/** A window whose classes are estimated. `isNewest`: of the run. */
export interface ClassedWindow {
  readonly profile: WindowProfile;
  readonly trailingProfiles: readonly WindowProfile[];
  readonly sample: RowSample | null;
  readonly isNewest: boolean;
}

/** Gives the figures by class of a window before its labels; null where the log names no probabilities, or nobody would see them. */
export type ClassReader = (window: ClassedWindow) => Promise<ClassEstimates | null>;

/**
 * Estimates what only the probabilities of all classes can tell (macro F1, precision, recall, the confusion matrix), from rows: those of the windows that
 * performance pools, at most 3,000 by hash of id. Of the newest window of a run, which pages show; of every window where one of these metrics is the
 * agreed one. The reference is answered and learnt from once a run. In memory only.
 */
export function classReader(task: ServedModel, judge: ReferenceJudge = referenceJudge(task)): ClassReader {
  const { definition, reference, log, asOf } = task;
  const { classes } = definition.labels;
  const isAgreed = MACRO_METRICS.some((metric) => metric === definition.monitoring.performance.metric);
  let learnt: Promise<ClassCalibration> | null = null;
  return async ({ profile, trailingProfiles, sample, isNewest }) => {
    if (definition.task !== 'multiclass' || classes === undefined || definition.logs.columns.probabilities === undefined) return null;
    if (sample === null || !(isNewest || isAgreed)) return null;
    learnt ??= judge(sample.reference).then((judged) =>
      typeof judged === 'string' ? { why: judged } : calibrateClasses(classes, judged.rows, judged.answers),
    );
    const calibration = await learnt;
    if ('why' in calibration) return { rows: 0, metrics: [], confusion: [], why: calibration.why };
    const range = pooledScores({ profile, trailingProfiles, reference }).window;
    const rows =
      range.start === profile.window.start ? sample.window : await log.rows({ range, asOf, limit: CLASS_ROWS, labelledOnly: false });
    const own = rows.ids.flatMap((_, row) => ((rows.versions[row] ?? reference.version) === reference.version ? [row] : []));
    return estimateClasses(classes, calibration.map, selectRows(rows, own));
  };
}

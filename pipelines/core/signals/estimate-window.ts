import { calibrateCube, LEAST_OF_A_CLASS } from '../profile/calibrate-cube.ts';
import { MACRO_METRICS } from '../profile/estimate-classes.ts';
import { estimateFromCounts } from '../profile/estimate-from-counts.ts';
import { scoreSupport } from '../profile/score-support.ts';
import { phraseVerb } from '../schema/phrase-number.ts';
import { estimateErrors } from './estimate-errors.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { pooledScores } from './pooled-scores.ts';
import type { WindowEvidence } from './signal-of.ts';
import { MOST_UNREADABLE, type WindowEstimate } from './window-estimate.ts';

/** Estimates the pooled windows by the calibration of the reference, or, of a regression, by its loss model. */
export function estimateWindow(evidence: WindowEvidence): WindowEstimate {
  const { definition, reference } = evidence;
  const pooled = pooledScores(evidence);
  const none = (missing: string, rows = 0): WindowEstimate => ({ evidence, pooled, rows, metrics: [], missing, doubt: null });
  if (pooled.scores === null) return none(pooled.obstacle ?? 'There are no scores.');
  if (definition.task === 'regression') return estimateErrors(evidence, pooled);
  const calibration = evidence.calibration === undefined ? calibrateCube(reference.labels) : evidence.calibration;
  if (calibration === null) {
    const { labelled, positives } = reference.labels;
    return none(
      `The reference of ${reference.version} holds ${figure(positives)} positive and ${figure(labelled - positives)} negative labels; ${figure(LEAST_OF_A_CLASS)} of each are needed.`,
    );
  }
  const { businessValue, task, monitoring } = definition;
  const { rows, metrics: counted } = estimateFromCounts({ calibration, scores: pooled.scores, businessValue, task });
  const metrics = [...counted, ...figuresByClass(evidence)];
  const all = pooled.scores.rows;
  const unreadable = all === 0 ? 1 : 1 - rows / all;
  if (unreadable > MOST_UNREADABLE)
    return none(`${percent(unreadable)} of the scores are missing or no probability; at most ${percent(MOST_UNREADABLE)} may be.`, rows);
  if (rows < monitoring.minimumRows)
    return none(
      `${rowsText(rows)} ${phraseVerb(rows, 'has', 'have')} a score; at least ${figure(monitoring.minimumRows)} are needed.`,
      rows,
    );
  return { evidence, pooled, rows, metrics, missing: null, doubt: scoreSupport(calibration, pooled.scores).why };
}

/** None of them without a reason where somebody asked. */
function figuresByClass({ classes }: WindowEvidence): WindowEstimate['metrics'] {
  if (classes == null) return [];
  if (classes.why === null) return classes.metrics;
  return MACRO_METRICS.map((metric) => ({ metric, value: null, standardError: null, why: classes.why }));
}

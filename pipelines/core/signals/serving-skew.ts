import { phraseVerb } from '../schema/phrase-number.ts';
import type { Predictions } from '../schema/predictions.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { ServingCheck } from '../schema/serving-check.ts';
import type { Signal } from '../schema/signal.ts';
import type { Task } from '../schema/task.ts';
import { SCORE_COLUMN } from '../schema/window-profile.ts';
import { alarmChance } from './alarm-chance.ts';
import { judgeShare } from './judge-share.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/** Largest difference between a logged answer and the same answer computed again: well above what other engines and 32-bit floats make. */
const TOLERANCE = 1e-4;

/**
 * Compares logged scores with those computed again. A regression value may differ by one in 10,000 of itself, a probability by 0.0001; another called class
 * differs always. Rows without a logged score are left out. O(rows).
 */
export function compareServed(rows: RowTable, again: Predictions, task: Task): Pick<ServingCheck, 'rows' | 'mismatched' | 'largest'> {
  const counted = { rows: 0, mismatched: 0, largest: 0 };
  for (const [row, logged] of rows.scores.entries()) {
    const computed = again.scores[row] ?? Number.NaN;
    if (!Number.isFinite(logged)) continue;
    const scale = task === 'regression' ? Math.max(1, Math.abs(logged)) : 1;
    const apart = Math.abs(logged - computed) / scale;
    const called = rows.predicted[row] ?? Number.NaN;
    const other = !Number.isNaN(called) && called !== again.predicted[row];
    counted.rows += 1;
    counted.largest = Math.max(counted.largest, apart);
    if (other || !(apart <= TOLERANCE)) counted.mismatched += 1;
  }
  return counted;
}

/**
 * Training-serving skew: whether the features that were logged are those that were served. On a sample of the newest window, the version that serves
 * answers again from the logged features; more than logs.maximumQuarantineShare of different answers is an alert, because a model trained on such a
 * log learns another world. A log that names no versions at most warns: another version may have answered. An empty list when nobody compared.
 */
export function servingSkew(evidence: WindowEvidence): Signal[] {
  const { definition, serving } = evidence;
  if (serving === undefined || serving === null) return [];
  const allowed = definition.logs.maximumQuarantineShare;
  const base = {
    kind: 'serving-skew' as const,
    subject: definition.logs.columns.score ?? SCORE_COLUMN,
    method: 'Share of sampled rows whose logged answer differs from the one computed again, Wilson interval',
    sampleSize: serving.rows,
    threshold: { operator: '>' as const, level: allowed, rule: 'logs.maximumQuarantineShare of model.yml' },
  };
  const none = (why: string) => [signalOf(evidence, { ...base, status: 'insufficient-data', why })];
  if (serving.problem !== null) return none(`Logged answers could not be computed again: ${serving.problem}.`);
  const least = definition.monitoring.minimumRows;
  if (serving.rows < least) return none(`${rowsText(serving.rows)} of the version that serves; at least ${figure(least)} are needed.`);
  const { value, interval, status } = judgeShare(
    { bad: serving.mismatched, rows: serving.rows },
    allowed,
    alarmChance(definition, 'at once'),
  );
  const unsure = serving.versionsNamed ? '' : ' The log names no versions, so another version may have answered.';
  return [
    signalOf(evidence, {
      ...base,
      value,
      interval,
      status: status === 'alert' && !serving.versionsNamed ? 'warning' : status,
      why: `${figure(serving.mismatched)} of ${rowsText(serving.rows)} (${percent(value)}) ${phraseVerb(serving.mismatched, 'was', 'were')} answered otherwise than the logged features give (largest difference ${figure(serving.largest)}); ${percent(allowed)} are accepted.${unsure}`,
    }),
  ];
}

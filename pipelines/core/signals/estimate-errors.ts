import { estimateLosses } from '../profile/estimate-losses.ts';
import { LEAST_LOSSES } from '../profile/learn-loss-model.ts';
import { cellSupport } from '../profile/score-support.ts';
import { phraseVerb } from '../schema/phrase-number.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import { SCORE_COLUMN } from '../schema/window-profile.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import type { PooledScores } from './pooled-scores.ts';
import type { WindowEvidence } from './signal-of.ts';
import { MOST_UNREADABLE, type WindowEstimate } from './window-estimate.ts';

/**
 * The errors of a regression on the pooled windows, by the loss model that was learnt from its own answers on held-out rows when it was made. The rows
 * are those of `pooledRows` that this version answered. Not trusted where the answers lie beyond those of the reference.
 */
export function estimateErrors(evidence: WindowEvidence, pooled: PooledScores): WindowEstimate {
  const { definition, reference, pooledRows } = evidence;
  const none = (missing: string, rows = 0): WindowEstimate => ({ evidence, pooled, rows, metrics: [], missing, doubt: null });
  if (reference.lossModel === undefined) return none(whyNoModel(reference));
  if (pooledRows === null || pooledRows === undefined)
    return none('The rows of the window were not read, and errors are estimated row by row.');
  const own = pooledRows.ids.flatMap((_, row) => ((pooledRows.versions[row] ?? reference.version) === reference.version ? [row] : []));
  const answered = own.filter((row) => Number.isFinite(pooledRows.scores[row]));
  const unreadable = own.length === 0 ? 1 : 1 - answered.length / own.length;
  if (unreadable > MOST_UNREADABLE)
    return none(`${percent(unreadable)} of the answers are missing; at most ${percent(MOST_UNREADABLE)} may be.`, answered.length);
  const { minimumRows } = definition.monitoring;
  if (answered.length < minimumRows)
    return none(
      `${rowsText(answered.length)} ${phraseVerb(answered.length, 'has', 'have')} an answer; at least ${figure(minimumRows)} are needed.`,
      answered.length,
    );
  const metrics = estimateLosses(reference, pooledRows, answered);
  return { evidence, pooled, rows: answered.length, metrics, missing: null, doubt: doubtOf(reference, pooled) };
}

function whyNoModel({ version, labels }: ReferenceProfile): string {
  return labels.labelled < LEAST_LOSSES
    ? `The reference of ${version} holds ${figure(labels.labelled)} labelled rows; ${figure(LEAST_LOSSES)} are needed to learn where errors are large.`
    : `The reference of ${version} holds no model of its losses, so errors cannot be estimated before labels: it was made before Holdfast learnt one, or in fewer than two windows. The next version will have one.`;
}

function doubtOf(reference: ReferenceProfile, { scores }: PooledScores): string | null {
  const before = reference.profile.columns[SCORE_COLUMN];
  if (scores === null || before?.kind !== 'numeric') return null;
  return cellSupport(new Map(before.cells.map(([cell, rows]) => [cell, rows])), scores).why;
}

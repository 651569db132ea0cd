import { emptyProfile, mergeProfiles } from '../profile/merge-profiles.ts';
import { durationSeconds } from '../schema/duration.ts';
import { addSeconds } from '../schema/instant.ts';
import { phraseQuantity } from '../schema/phrase-number.ts';
import type { ColumnProfile, GridCell, WindowProfile } from '../schema/window-profile.ts';
import { calendarCycle } from './calendar-cycle.ts';
import { figure, percent } from './phrase-figures.ts';
import { isOfPredictions } from './prediction-subjects.ts';
import type { WindowEvidence } from './signal-of.ts';
import { weekdayWeights } from './weekday-weights.ts';

/** The rows that a drift is judged on. */
export interface JudgedRows {
  /** Counts of all windows; weighted counts are not whole numbers. */
  readonly profile: WindowProfile;
  /** The monitoring windows in it, as they were counted. */
  readonly windows: readonly WindowProfile[];
  readonly isWeighted: boolean;
  /** As much of the effect as weekdays without rows can make by themselves. */
  readonly explained: number;
  /** Why these rows cannot be held against the reference; null when they can. */
  readonly obstacle: string | null;
}

/**
 * The scores that stand against the reference: those of the window, or, where a column follows the calendar, of the last whole calendar
 * cycle, its weekdays weighted as in the reference (see `weekdayWeights`). A model that uses the weekday scores a Friday unlike a week; a
 * Friday held against a reference of all weekdays would be an alarm every week.
 */
export function scoreRows(evidence: WindowEvidence): JudgedRows {
  const { definition, profile, reference } = evidence;
  const seconds = calendarCycle(definition);
  if (seconds === null) return windowRows(profile);
  const length = durationSeconds(definition.monitoring.window);
  const start = addSeconds(profile.window.end, -seconds);
  const windows = evidence.cycle.filter(({ window }) => window.start >= start && window.end <= profile.window.end);
  const unweighted = { profile: pooled(profile, windows, null), windows, isWeighted: false, explained: 0 };
  if (windows.length < seconds / length) {
    const obstacle = `Scores follow the calendar, so they are judged over ${phraseQuantity(seconds / length, 'window')}; ${reference.version} has served ${figure(windows.length)} of them since its reference ended.`;
    return { ...unweighted, obstacle };
  }
  if (reference.windowSeconds !== length) return { ...unweighted, obstacle: 'The reference was counted in windows of another length.' };
  const weighing = weekdayWeights(windows, reference, definition.monitoring.drift);
  if (weighing === null) return { ...unweighted, obstacle: `The last ${figure(windows.length)} windows hold no rows to compare.` };
  const { weights, explained, lacking } = weighing;
  const lacks = `The last ${figure(windows.length)} windows have no rows on weekdays that hold ${percent(lacking)} of the reference, which alone can move the scores.`;
  const obstacle = explained < definition.monitoring.drift.effectFloor ? null : lacks;
  return { profile: pooled(profile, windows, weights), windows, isWeighted: weights !== null, explained, obstacle };
}

/** The rows of the window alone. */
export function windowRows(profile: WindowProfile): JudgedRows {
  return { profile, windows: [profile], isWeighted: false, explained: 0, obstacle: null };
}

function pooled(profile: WindowProfile, windows: readonly WindowProfile[], weights: readonly number[] | null): WindowProfile {
  const scores = windows.map((each, index) => onlyScores(each, weights === null ? 1 : (weights[index] ?? 0)));
  return scores.reduce(mergeProfiles, emptyProfile(profile.model, profile.window));
}

function onlyScores(profile: WindowProfile, weight: number): WindowProfile {
  const columns = Object.entries(profile.columns).filter(([name]) => isOfPredictions(name));
  const weighed = columns.map(([name, column]) => [name, weighted(column, weight)] as const);
  return { ...profile, rows: profile.rows * weight, columns: Object.fromEntries(weighed) };
}

function weighted(column: ColumnProfile, weight: number): ColumnProfile {
  if (weight === 1) return column;
  const base = { rows: column.rows * weight, missing: column.missing * weight };
  if (column.kind === 'categorical') {
    const counts = Object.fromEntries(Object.entries(column.counts).map(([value, rows]) => [value, rows * weight]));
    return { ...column, ...base, counts, other: column.other * weight };
  }
  const cells = column.cells.map(([cell, rows, sum, squares]): GridCell => [cell, rows * weight, sum * weight, squares * weight]);
  return { ...column, ...base, nonFinite: column.nonFinite * weight, cells };
}

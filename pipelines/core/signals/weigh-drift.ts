import type { DriftEvidence } from '../schema/drift-evidence.ts';
import { epochSeconds } from '../schema/instant.ts';
import { accumulateEvidence } from '../statistics/sequential/accumulate-evidence.ts';
import { calendarCycle } from './calendar-cycle.ts';
import { type DriftCandidate, isPersonalCategory } from './drift-candidates.ts';
import { weighPair } from './drift-measure.ts';
import { isOfPredictions } from './prediction-subjects.ts';
import type { SampledDrift } from './sampled-drift.ts';
import type { WindowEvidence } from './signal-of.ts';

/** The evidence of a model after one more window. */
export interface WeighedDrift {
  /** Of this window alone, by subject of the family; null where there was nothing to weigh. */
  readonly eValues: Readonly<Record<string, number | null>>;
  /** Of the model: drift may alert from the budget on. */
  readonly total: number;
  readonly next: DriftEvidence;
}

/**
 * Takes one window into the evidence of its model, over the columns that may alarm (see `accumulateEvidence`). The family is fixed by the definition and the
 * reference, never by what the window holds: calendar columns and personal categories are not in it, nor columns that the reference lacks. Scores that are
 * pooled over a calendar cycle share most of their rows with those of the window before, so each cycle is weighed once: where a whole number of them has
 * passed since the reference ended. They are held against how days differ about the mean of their weekday, and are not in the family where the reference is
 * too short to know that.
 * What is measured on samples of rows (columns together, words) is in it beside them: `sampled`, the same keys in every window.
 * Subjects are taken in the order of their names, so that the order of columns changes no bit.
 */
export function weighDrift(
  evidence: WindowEvidence,
  candidates: readonly DriftCandidate[],
  sampled: readonly SampledDrift[] = [],
): WeighedDrift {
  const { definition, driftEvidence: before = {} } = evidence;
  const family = candidates.filter((each) => isInFamily(evidence, each));
  const ofColumns = family.map((each) => [each.subject, weigh(evidence, each)] as const);
  const ofSamples = sampled.map(({ key, eValue }) => [key, eValue] as const);
  const eValues = Object.fromEntries([...ofColumns, ...ofSamples].sort(([a], [b]) => (a < b ? -1 : 1)));
  if (ofColumns.length + ofSamples.length === 0) return { eValues, total: 0, next: {} };
  const { total, next } = accumulateEvidence(before, eValues, definition.monitoring.falseAlarmBudget);
  return { eValues, total, next };
}

function weigh(evidence: WindowEvidence, { subject, judged, pair, measure }: DriftCandidate): number | null {
  if (pair === null || measure === null) return null;
  const { reference } = evidence;
  if (!isPooled(evidence, subject)) return weighPair(pair, measure.counts, reference.dispersions?.[subject]);
  // Weekdays without rows move the pooled scores by themselves: an effect can be corrected for them, a test cannot.
  return endsCycle(evidence) && judged.explained === 0 ? weighPair(pair, measure.counts, reference.weeklyDispersions?.[subject]) : null;
}

/** Whether the subject is judged on the rows of a whole calendar cycle, and not on those of the window. */
export function isPooled({ definition }: Pick<WindowEvidence, 'definition'>, subject: string): boolean {
  return isOfPredictions(subject) && calendarCycle(definition) !== null;
}

function endsCycle({ definition, reference, profile }: WindowEvidence): boolean {
  const cycle = calendarCycle(definition);
  return cycle !== null && (epochSeconds(profile.window.end) - epochSeconds(reference.range.end)) % cycle === 0;
}

function isInFamily(evidence: WindowEvidence, { subject, calendar }: DriftCandidate): boolean {
  const { reference } = evidence;
  const isKnown = (reference.profile.columns[subject]?.rows ?? 0) > 0 && reference.binnings[subject] !== undefined;
  const isWeighed = !isPooled(evidence, subject) || reference.weeklyDispersions?.[subject] !== undefined;
  return isKnown && !calendar && isWeighed && !isPersonalCategory(evidence, subject);
}

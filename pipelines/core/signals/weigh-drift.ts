import type { DriftEvidence } from '../schema/drift-evidence.ts';
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
 * pooled over a calendar cycle share most of their rows with the cycle before, so their windows would count many times: they are not in it either.
 * What is measured on samples of rows (columns together, words) is in it beside them: `sampled`, the same keys in every window.
 * Subjects are taken in the order of their names, so that the order of columns changes no bit.
 */
export function weighDrift(
  evidence: WindowEvidence,
  candidates: readonly DriftCandidate[],
  sampled: readonly SampledDrift[] = [],
): WeighedDrift {
  const { definition, reference, driftEvidence: before = {} } = evidence;
  const family = candidates.filter((each) => isInFamily(evidence, each));
  const ofColumns = family.map(
    ({ subject, pair }) => [subject, pair === null ? null : weighPair(pair, reference.dispersions?.[subject])] as const,
  );
  const ofSamples = sampled.map(({ key, eValue }) => [key, eValue] as const);
  const eValues = Object.fromEntries([...ofColumns, ...ofSamples].sort(([a], [b]) => (a < b ? -1 : 1)));
  if (ofColumns.length + ofSamples.length === 0) return { eValues, total: 0, next: {} };
  const { total, next } = accumulateEvidence(before, eValues, definition.monitoring.falseAlarmBudget);
  return { eValues, total, next };
}

function isInFamily(evidence: WindowEvidence, { subject, calendar }: DriftCandidate): boolean {
  const { definition, reference } = evidence;
  const isKnown = (reference.profile.columns[subject]?.rows ?? 0) > 0 && reference.binnings[subject] !== undefined;
  const isPooled = isOfPredictions(subject) && calendarCycle(definition) !== null;
  return isKnown && !calendar && !isPooled && !isPersonalCategory(evidence, subject);
}

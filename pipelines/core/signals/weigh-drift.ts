import type { DriftEvidence } from '../schema/drift-evidence.ts';
import { SCORE_COLUMN } from '../schema/window-profile.ts';
import { accumulateEvidence } from '../statistics/accumulate-evidence.ts';
import { calendarCycle } from './calendar-cycle.ts';
import { type DriftCandidate, isPersonalCategory } from './drift-candidates.ts';
import { weighPair } from './drift-measure.ts';
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
 * Subjects are taken in the order of their names, so that the order of columns changes no bit.
 */
export function weighDrift(evidence: WindowEvidence, candidates: readonly DriftCandidate[]): WeighedDrift {
  const { definition, reference, driftEvidence: before = {} } = evidence;
  const family = candidates.filter((each) => isInFamily(evidence, each)).sort((a, b) => (a.subject < b.subject ? -1 : 1));
  const eValues = Object.fromEntries(
    family.map(({ subject, pair }) => [subject, pair === null ? null : weighPair(pair, reference.dispersions?.[subject])]),
  );
  if (family.length === 0) return { eValues, total: 0, next: {} };
  const { total, next } = accumulateEvidence(before, eValues, definition.monitoring.falseAlarmBudget);
  return { eValues, total, next };
}

function isInFamily(evidence: WindowEvidence, { subject, calendar }: DriftCandidate): boolean {
  const { definition, reference } = evidence;
  const isKnown = (reference.profile.columns[subject]?.rows ?? 0) > 0 && reference.binnings[subject] !== undefined;
  const isPooled = subject === SCORE_COLUMN && calendarCycle(definition) !== null;
  return isKnown && !calendar && !isPooled && !isPersonalCategory(evidence, subject);
}

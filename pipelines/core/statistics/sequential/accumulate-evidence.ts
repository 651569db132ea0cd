import { averageEValue } from './average-e-value.ts';
import { stepShiryaevRoberts } from './e-detector.ts';

const FIXED_POINT = 1e6;

/** Evidence by signal. Left out: 0. */
export type Evidence = Readonly<Record<string, number>>;

/** Evidence after one more window. */
export interface EvidenceStep {
  /** Mean over the family; an alarm from the budget on. */
  readonly total: number;
  readonly alarm: boolean;
  /** What to remember; the mean of it is at most the budget. */
  readonly next: Evidence;
}

/**
 * Takes one window into account: every signal has a detector of its own (see `stepShiryaevRoberts`), and the model's evidence is their mean, which is a
 * detector again, whatever the dependence between signals. The mean of the detectors finds a small lasting change of one signal among many far sooner than
 * a detector of the mean e-value, in which one signal's evidence is diluted every day.
 *
 * Alarms in T null runs: at most T / budget in expectation, if the caller starts again from {} after each alarm (or when the incident that it opened has
 * closed). Without a fresh start evidence is held at the budget, so that an alarm stands while the change lasts and falls with the first
 * quiet windows. null: not measured in this window; its evidence stays as it was. Signals that the family lacks are forgotten.
 * Remembered figures are cut to a millionth, downwards, so that they read the same everywhere. Throws a RangeError on an empty family.
 *
 * @example accumulateEvidence({ a: 3 }, { a: 20, b: 1 }, 90); // => { total: 40.5, alarm: false, next: { a: 80, b: 1 } }
 */
export function accumulateEvidence(previous: Evidence, eValues: Readonly<Record<string, number | null>>, budget: number): EvidenceStep {
  const signals = Object.keys(eValues);
  const stepped = signals.map((signal) => {
    const before = previous[signal] ?? 0;
    const value = eValues[signal] ?? null;
    return value === null ? before : stepShiryaevRoberts(before, value);
  });
  const total = averageEValue(stepped);
  const held = total > budget ? budget / total : 1;
  const next: Record<string, number> = {};
  for (const [index, signal] of signals.entries()) next[signal] = Math.floor((stepped[index] ?? 0) * held * FIXED_POINT) / FIXED_POINT;
  return { total, alarm: total >= budget, next };
}

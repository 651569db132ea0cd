import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { fasterShare } from './online-false-discovery.ts';

/** Level of a batch, and which of its tests were discoveries. */
export interface BatchDecision {
  readonly level: number;
  readonly rejected: readonly boolean[];
}

interface PastBatch {
  readonly level: number;
  readonly found: number;
  /** Discoveries if the luckiest of its p values had been 0. */
  readonly most: number;
}

/**
 * Benjamini-Hochberg over an endless row of batches (days): keeps the expected share of false alarms among all alarms at alpha.
 *
 * Formula: level = (alpha · Σ shares up to now − Σ past levels · most / (most + discoveries in the other batches)) · (tests + past discoveries) / tests (Zrnic,
 * Jiang, Ramdas and Jordan 2020, https://arxiv.org/abs/1910.04968). For independent p values. Levels fade without discoveries. For comparison.
 * O(batches² + tests²).
 *
 * No command uses it: its thresholds fall while nothing is found. The calibration suite compares the e-process of the watch with it.
 *
 * @example batchBenjaminiHochberg([[1e-6, 0.5]], 0.05)[0]?.rejected; // => [true, false]
 */
export function batchBenjaminiHochberg(batches: readonly (readonly number[])[], alpha: number): BatchDecision[] {
  const past: PastBatch[] = [];
  let shares = 0;
  return batches.map((pValues, index) => {
    shares += fasterShare(index + 1);
    const foundBefore = past.reduce((sum, { found }) => sum + found, 0);
    const spent = past.reduce((sum, { level, found, most }) => sum + (level * most) / Math.max(1, most + foundBefore - found), 0);
    const level = ((alpha * shares - spent) * (pValues.length + foundBefore)) / pValues.length;
    const rejected = rejectedAt(pValues, level);
    const ifZero = pValues.map((_, place) => count(rejectedAt(pValues.with(place, 0), level)));
    past.push({ level, found: count(rejected), most: Math.max(0, ...ifZero) });
    return { level, rejected };
  });
}

function rejectedAt(pValues: readonly number[], level: number): boolean[] {
  return benjaminiHochberg(pValues).map((adjusted) => adjusted <= level);
}

function count(values: readonly boolean[]): number {
  return values.filter(Boolean).length;
}

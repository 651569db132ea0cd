import { chiSquareUpperTail } from '../distributions/chi-square-upper-tail.ts';
import { pairedShares } from './shares.ts';

/** The index with what it would be without drift. */
export interface StabilityIndex {
  /** With half a row added to every class (Jeffreys), so that empty classes stay finite. */
  readonly value: number;
  /** Without smoothing; null when one sample has an empty class that the other fills. */
  readonly raw: number | null;
  /** What `value` is about without any drift: (classes − 1) · (1/N + 1/M). */
  readonly nullExpectation: number;
  readonly pValue: number;
}

/**
 * Population stability index, with its expectation and p value under no drift.
 *
 * Formula: Σ (p − q) · ln(p/q) on shares (count + ½) / (rows + classes/2); index / (1/N + 1/M) is about chi-square with classes − 1 degrees of
 * freedom (Yurdakul 2018, https://scholarworks.wmich.edu/dissertations/3208, in its two-sample form). The usual bands (0.1, 0.25) ignore the
 * sample size: read them only with the p value. Classes that are empty in both samples are left out. Not for expected counts below 5. O(classes).
 *
 * @example populationStabilityIndex([100, 100], [100, 100]).value; // => 0
 */
export function populationStabilityIndex(reference: readonly number[], current: readonly number[]): StabilityIndex {
  const raw = pairedShares(reference, current);
  const used = raw.flatMap(([p, q], index) => (p + q > 0 ? [index] : []));
  const take = (counts: readonly number[]) => used.map((index) => (counts[index] ?? 0) + 0.5);
  const smoothed = pairedShares(take(reference), take(current));
  const value = Math.max(0, index(smoothed));
  const filled = raw.filter(([p, q]) => p + q > 0);
  const scale = 1 / sum(reference) + 1 / sum(current);
  const degreesOfFreedom = used.length - 1;
  return {
    value,
    raw: filled.some(([p, q]) => p === 0 || q === 0) ? null : Math.max(0, index(filled)),
    nullExpectation: degreesOfFreedom * scale,
    pValue: degreesOfFreedom === 0 ? 1 : chiSquareUpperTail(value / scale, degreesOfFreedom),
  };
}

function index(pairs: readonly (readonly [number, number])[]): number {
  return pairs.reduce((total, [p, q]) => total + (p - q) * Math.log(p / q), 0);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

import type { ErrorSums } from '../schema/label-cube.ts';
import { addSums, roundSum } from './round-sum.ts';

type Name = keyof ErrorSums;

/** What one row adds to each sum. */
const TERMS: Readonly<Record<Name, (error: number, label: number) => number>> = {
  absolute: (error) => Math.abs(error),
  signed: (error) => error,
  squares: (error) => error ** 2,
  fourths: (error) => error ** 4,
  labels: (_, label) => label,
  labelSquares: (_, label) => label ** 2,
  labelThirds: (_, label) => label ** 3,
  labelFourths: (_, label) => label ** 4,
  squaresByLabels: (error, label) => error ** 2 * label,
  squaresByLabelSquares: (error, label) => error ** 2 * label ** 2,
};
export const ERROR_SUMS = Object.keys(TERMS) as readonly Name[];

/** Digits of the largest that a sum of mixed signs could have been: more are dust of the order in which rows were added. */
const DIGITS = 10;
/** Larger than what the order of additions changes, smaller than what the digits show: sums that lie on a rounding tie are moved off it. */
const TIE = 2 ** -41;

/** No rows. */
export const NO_ERRORS = sums(() => 0);

/** The sums of rows held in memory, as they are stored. O(n). */
export function errorSums(predictions: ArrayLike<number>, labels: ArrayLike<number>): ErrorSums {
  const totals = new Map(ERROR_SUMS.map((name) => [name, 0]));
  for (let row = 0; row < labels.length; row += 1) {
    const label = labels[row] ?? Number.NaN;
    const error = (predictions[row] ?? Number.NaN) - label;
    for (const name of ERROR_SUMS) totals.set(name, (totals.get(name) ?? 0) + TERMS[name](error, label));
  }
  return storedErrors(
    sums((name) => totals.get(name) ?? 0),
    labels.length,
  );
}

/** The sums of the rows of both. */
export function addErrors(a: ErrorSums, b: ErrorSums): ErrorSums {
  return sums((name) => addSums(a[name], b[name]));
}

/**
 * Sums as they are stored: ten significant digits, those of mixed signs ten digits below what they could at most have been
 * (Cauchy-Schwarz), so that the order in which rows were added leaves no trace. `round` rounds one sum to ten digits.
 */
export function storedErrors(raw: ErrorSums, rows: number, round: (sum: number) => number = roundSum): ErrorSums {
  const { absolute, labelSquares, labelFourths, fourths } = raw;
  const most: Partial<Record<Name, number>> = {
    signed: absolute,
    labels: Math.sqrt(rows * labelSquares),
    labelThirds: Math.sqrt(labelSquares) * Math.sqrt(labelFourths),
    squaresByLabels: Math.sqrt(fourths) * Math.sqrt(labelSquares),
  };
  return sums((name) => {
    const bound = most[name];
    return bound === undefined ? round(finite(raw[name])) : roundMixed(raw[name], bound);
  });
}

/** Sums by name. */
export function sums(of: (name: Name) => number): ErrorSums {
  return Object.fromEntries(ERROR_SUMS.map((name) => [name, of(name)])) as ErrorSums;
}

/** Compensated sums of infinities are no number; they too are beyond the largest double. */
function finite(sum: number): number {
  return Number.isFinite(sum) ? sum : Number.MAX_VALUE;
}

function roundMixed(sum: number, most: number): number {
  // Of numbers too large to be squared nothing of mixed sign can be said; their even powers stand at the largest double and say so.
  if (!(most > 0) || !Number.isFinite(sum) || !Number.isFinite(most)) return 0;
  const places = DIGITS - 1 - Math.floor(Math.log10(most));
  const moved = sum + most * TIE;
  if (places >= 0 && places <= 100 && Math.abs(moved) < 1e21) return Number(moved.toFixed(places)) + 0;
  const unit = 10 ** -places;
  return unit > 0 && Number.isFinite(unit) ? Math.round(moved / unit) * unit + 0 : roundSum(sum);
}

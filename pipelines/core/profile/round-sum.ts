/** Significant digits of a stored sum of measurements. */
const STORED_DIGITS = 10;
// Adding up to a hundred thousand stored sums stays exact in 15 decimal digits, so the order of a merge leaves no trace.
const MERGED_DIGITS = 15;

/** A sum as it is stored: ten significant digits, so that the order in which rows were added leaves no trace in the bytes. */
export function roundSum(sum: number): number {
  return held(Number(sum.toPrecision(STORED_DIGITS)));
}

/** The sum of two stored sums, free of binary rounding dust. */
export function addSums(a: number, b: number): number {
  return held(Number((a + b).toPrecision(MERGED_DIGITS)));
}

/** JSON has no infinity: a sum beyond the largest double is stored as the largest double. */
function held(sum: number): number {
  return Math.min(Math.max(sum, -Number.MAX_VALUE), Number.MAX_VALUE);
}

/** Larger figures add nothing: any budget of false alarms is far below. A capped e-value is still an e-value, and the state stays finite. */
const LARGEST = 1e12;
const SERIES_BELOW = 0.02;

/**
 * The e-value of a p value: evidence that may be averaged over dependent tests and multiplied over time, as p values may not.
 *
 * Formula: (1 − p + p·ln p) / (p·(ln p)²), the calibrators κ·p^(κ−1) averaged over κ from 0 to 1 (Vovk and Wang 2021, section 2,
 * https://arxiv.org/abs/1912.06116). Its integral over uniform p values is 1, so its mean without an effect is at most 1 for any valid p value;
 * 1/2 at p = 1, without bound towards p = 0 (where it is cut at 1e12). p = 0.05 gives 1.8: one such day is next to nothing. A p value that is
 * too small in the far tail breaks the guarantee: the part below p = 0.001 holds a seventh of the mean. O(1).
 *
 * @example eValue(0.01); // => 4.450992260085819
 */
export function eValue(pValue: number): number {
  if (!(pValue >= 0 && pValue <= 1)) throw new RangeError(`eValue requires a probability, got ${pValue}`);
  const x = -Math.log(pValue);
  // With x = −ln p the formula is (e^x − 1 − x) / x², which cancels near p = 1 and overflows near p = 0.
  if (x < SERIES_BELOW) return 1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x / 5040))));
  const logarithm = x + Math.log1p(-(1 + x) * Math.exp(-x)) - 2 * Math.log(x);
  return logarithm < Math.log(LARGEST) ? Math.exp(logarithm) : LARGEST;
}

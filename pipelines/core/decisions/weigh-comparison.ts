import type { VersionName } from '../schema/identifiers.ts';
import { metricDigits, metricName } from '../schema/phrase-metric.ts';
import { phraseCount, phraseInterval, phraseNumber } from '../schema/phrase-number.ts';
import type { ShadowComparison } from '../schema/shadow-comparison.ts';

/**
 * Which of two versions did better on the same rows, as far as the paired interval tells:
 * `previous`: the whole interval of the improvement lies below 0; `champion`: it lies above 0; `neither`: it holds 0;
 * `unknown`: there is no interval.
 */
export type BetterVersion = 'previous' | 'champion' | 'neither' | 'unknown';

export function betterVersion({ improvement, interval }: ShadowComparison): BetterVersion {
  if (improvement === null || interval === null) return 'unknown';
  if (improvement < 0 && interval.upper < 0) return 'previous';
  return improvement > 0 && interval.lower > 0 ? 'champion' : 'neither';
}

/** The comparison in one sentence, with its figures. `isBroken`: the champion did worse than promised, and the sentence says what that means. */
export function phraseComparison(comparison: ShadowComparison, of: { readonly champion: VersionName; readonly isBroken: boolean }): string {
  const { version: previous, estimate, improvement, interval, why } = comparison;
  const { champion, isBroken } = of;
  const better = betterVersion(comparison);
  if (better === 'unknown' || improvement === null || interval === null || estimate.value === null) {
    return `${previous} could not be compared on the same rows: ${why ?? estimate.why ?? 'no figure'}`;
  }
  const digits = metricDigits(estimate.metric, estimate.value);
  const range = `interval ${phraseInterval(interval, digits)}`;
  const has = `${previous} has ${metricName(estimate.metric)} ${phraseNumber(estimate.value, digits)} on the same rows (${phraseCount(estimate.sampleSize)} sampled)`;
  const difference = `${champion} is ${phraseNumber(Math.abs(improvement), digits)} ${improvement < 0 ? 'worse' : 'better'} (${range})`;
  const figures = `${has}, ${difference}`;
  if (better === 'previous') return `${previous} is the better one: ${figures}`;
  if (better === 'champion') return isBroken ? `Harder weeks for every model: ${figures}` : `${champion} is the better one: ${figures}`;
  return isBroken ? `Going back is not shown to help: ${figures}` : `Neither is better for sure: ${figures}`;
}

import type { Bounds } from '../intervals/bounds.ts';
import { wilsonInterval } from '../intervals/wilson-interval.ts';

/** A figure that was estimated before the labels came, its band, and what the labels showed. */
export interface EstimatedAndRealised {
  readonly lower: number;
  readonly upper: number;
  readonly realised: number;
}

/** How often bands held the realised figure. */
export interface BandCoverage {
  readonly bands: number;
  readonly covered: number;
  readonly share: number | null;
  /** 95 % Wilson interval of the share. */
  readonly interval: Bounds | null;
}

/**
 * The share of bands that held what came out, with its interval: bands at 95 % are honest when the interval holds 0.95.
 *
 * Assumes that the bands are of different rows; figures of overlapping windows are one figure told twice. `share` is null without a band. O(n).
 *
 * @example bandCoverage([{ lower: 0.7, upper: 0.8, realised: 0.75 }, { lower: 0.7, upper: 0.8, realised: 0.9 }]).share; // => 0.5
 */
export function bandCoverage(pairs: readonly EstimatedAndRealised[]): BandCoverage {
  const bands = pairs.length;
  const covered = pairs.filter(({ lower, upper, realised }) => lower <= realised && realised <= upper).length;
  if (bands === 0) return { bands, covered, share: null, interval: null };
  return { bands, covered, share: covered / bands, interval: wilsonInterval(covered, bands) };
}

/** A band around an estimate, and the level that the figure must not fall through. */
export interface HeldEstimate {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** The agreed floor, or ceiling for a loss. */
  readonly level: number;
  readonly higherIsBetter: boolean;
}

/**
 * What an estimate says about an agreed level: `below` only when even the favourable end of its band misses it, `may be below` when just the
 * estimate does, else `holds`. One-sided: a metric that gets better never alarms. O(1).
 *
 * @example judgeEstimate({ value: 0.7, lower: 0.6, upper: 0.74, level: 0.75, higherIsBetter: true }); // => 'below'
 */
export function judgeEstimate({ value, lower, upper, level, higherIsBetter }: HeldEstimate): 'below' | 'may be below' | 'holds' {
  const [favourable, misses] = higherIsBetter ? [upper, value < level] : [-lower, value > level];
  if (favourable < (higherIsBetter ? level : -level)) return 'below';
  return misses ? 'may be below' : 'holds';
}

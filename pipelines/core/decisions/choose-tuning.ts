import type { TuningPoint } from './tuning-grid.ts';

/** How a policy did in the past period. */
export interface PolicyFigures {
  /** Signed so that more is better. null: nothing could be measured. */
  readonly worth: number | null;
  readonly promotions: number;
  readonly incidents: number;
}

export interface TriedPoint {
  readonly point: TuningPoint;
  readonly figures: PolicyFigures;
}

/**
 * Of each threshold the value that did best in the past period, where it did better than the present one: more worth by more than `slack`, or as
 * much with fewer promotions, or with as many and fewer incidents. Values within `slack` of each other count as equal, so that noise is not tuned to.
 */
export function chooseTuning(present: PolicyFigures, tried: readonly TriedPoint[], slack: number): TuningPoint[] {
  const paths = [...new Set(tried.map(({ point }) => point.path))];
  return paths.flatMap((path) => {
    const candidates = tried.filter(({ point, figures }) => point.path === path && isBetter(figures, present, slack));
    const [best] = candidates.sort((a, b) => (isBetter(a.figures, b.figures, slack) ? -1 : isBetter(b.figures, a.figures, slack) ? 1 : 0));
    return best === undefined ? [] : [best.point];
  });
}

function isBetter(one: PolicyFigures, other: PolicyFigures, slack: number): boolean {
  if (one.worth === null) return false;
  const gain = other.worth === null ? Number.POSITIVE_INFINITY : one.worth - other.worth;
  if (Math.abs(gain) > slack) return gain > 0;
  if (one.promotions !== other.promotions) return one.promotions < other.promotions;
  return one.incidents < other.incidents;
}

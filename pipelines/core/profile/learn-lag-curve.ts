import { epochSeconds, type Instant } from '../schema/instant.ts';
import type { LabelArrivals } from '../schema/label-arrivals.ts';
import type { LagCurve, LagPoint } from '../schema/lag-curve.ts';
import { type LagShare, lagCurve, type TruncatedLags } from '../statistics/estimation/lag-curve.ts';
import { normalInterval } from '../statistics/intervals/normal-interval.ts';
import { LAG_ENDS } from './lag-grid.ts';
import { roundSum } from './round-sum.ts';

/** Fewer labels than this say nothing about late ones. */
const FEWEST_LABELS = 100;
/** Fewer labels of a class than this have no curve of their own. */
const FEWEST_OF_A_CLASS = 50;

/** The curve of some windows as it looked at a moment; null where labels have no time of arrival, or too few had come. */
export function learnLagCurve(arrivals: readonly LabelArrivals[], asOf: Instant): LagCurve | null {
  const all = arrivals.map((window) => truncated(window, asOf, ([, labels]) => labels));
  const labels = seenOf(all);
  if (labels < FEWEST_LABELS) return null;
  const classes = [
    arrivals.map((window) => truncated(window, asOf, ([, , yes]) => yes)),
    arrivals.map((window) => truncated(window, asOf, ([, every, yes]) => every - yes)),
  ];
  const [positive, negative] = classes.map((lags) => (seenOf(lags) < FEWEST_OF_A_CLASS ? [] : lagCurve(lags)));
  const points = lagCurve(all).map(({ share, standardError }, cell): LagPoint => {
    const bounds = normalInterval({ value: share, standardError, minimum: 0, maximum: 1 });
    const both = (positive?.length ?? 0) > 0 && (negative?.length ?? 0) > 0;
    const of = (curve: readonly LagShare[] | undefined) => (both ? roundSum(curve?.[cell]?.share ?? 1) : null);
    return [LAG_ENDS[cell] ?? 0, roundSum(share), roundSum(bounds.lower), roundSum(bounds.upper), of(positive), of(negative)];
  });
  return points.length === 0 ? null : { asOf, labels, positives: finalShare(classes, [positive ?? [], negative ?? []]), points };
}

/** The lags that all predictions of a window could have shown by asOf. */
function truncated(
  { window, cells }: LabelArrivals,
  asOf: Instant,
  count: (cell: LabelArrivals['cells'][number]) => number,
): TruncatedLags {
  const watched = epochSeconds(asOf) - epochSeconds(window.end);
  const complete = LAG_ENDS.filter((end) => end <= watched).length;
  const counts = new Array<number>(complete).fill(0);
  for (const cell of cells) if (cell[0] < complete) counts[cell[0]] = count(cell);
  return { counts, complete };
}

function seenOf(lags: readonly TruncatedLags[]): number {
  return lags.reduce((sum, { counts }) => sum + counts.reduce((all, one) => all + one, 0), 0);
}

/**
 * What is in, scaled up by what is still to come, class by class: labels of the newest windows are not a fair sample where one class comes sooner. Windows that
 * could not show both classes yet are left out.
 */
function finalShare(classes: readonly (readonly TruncatedLags[])[], curves: readonly (readonly LagShare[])[]): number | null {
  const shareAt = (which: number, complete: number) => curves[which]?.[complete - 1]?.share ?? 0;
  const [yes = 0, no = 0] = classes.map((lags, which) =>
    lags
      .filter(({ complete }) => shareAt(0, complete) > 0 && shareAt(1, complete) > 0)
      .reduce((sum, { counts, complete }) => sum + counts.reduce((all, one) => all + one, 0) / shareAt(which, complete), 0),
  );
  return yes > 0 && no > 0 ? roundSum(yes / (yes + no)) : null;
}

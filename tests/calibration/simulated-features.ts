import { normalQuantile } from '../../pipelines/core/statistics/distributions/normal-quantile.ts';
import { normalUpperTail } from '../../pipelines/core/statistics/distributions/normal-upper-tail.ts';
import { uniform } from '../fakes/watched-world.ts';

/** Numbers in (0, 1) that can be repeated. */
export type Uniform = () => number;

export function seeded(seed: number): Uniform {
  const next = uniform(seed);
  return () => next() + 2 ** -33;
}

export const even = (classes: number) => new Array<number>(classes).fill(1 / classes);

export function zipf(classes: number): number[] {
  const weights = Array.from({ length: classes }, (_, rank) => 1 / (rank + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** True shares between the deciles of a reference sample: gaps between order statistics of uniform numbers. */
export function sharesAtSampleDeciles(referenceRows: number, next: Uniform): number[] {
  // A gap spans a tenth of the rows: a sum of that many exponential waiting times.
  const gaps = Array.from({ length: 10 }, () => {
    let gap = 0;
    for (let row = 0; row < referenceRows / 10; row += 1) gap -= Math.log(next());
    return gap;
  });
  const all = gaps.reduce((sum, gap) => sum + gap, 0);
  return gaps.map((gap) => gap / all);
}

/** Shares of ordered classes of a normal feature after its mean has risen by so many standard deviations. */
export function shifted(shares: readonly number[], deviations: number): number[] {
  let below = 0;
  const edges = shares.map((share) => {
    below += share;
    return below;
  });
  const moved = edges.map((edge, index) =>
    index === shares.length - 1 ? 1 : 1 - normalUpperTail(normalQuantile(Math.min(1, edge)) - deviations),
  );
  return moved.map((edge, index) => edge - (moved[index - 1] ?? 0));
}

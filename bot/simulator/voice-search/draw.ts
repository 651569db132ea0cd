import type { SeededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';

/** A number in [0, 1). */
export function uniform(random: SeededRandom): number {
  return random.uint32() / 4_294_967_296;
}

/** One of a list, each equally often. Throws a RangeError for an empty list. */
export function oneOf<T>(items: readonly T[], random: SeededRandom): T {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new RangeError('nothing to draw from');
  return item;
}

/** A place in a list of weights, each as often as its weight says. */
export function weightedPlace(weights: readonly number[], random: SeededRandom): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = uniform(random) * total;
  for (const [place, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return place;
  }
  return weights.length - 1;
}

/** A draw from the normal distribution with mean 0 and standard deviation 1 (Box and Muller, 1958). */
export function standardNormal(random: SeededRandom): number {
  return Math.sqrt(-2 * Math.log(1 - uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
}

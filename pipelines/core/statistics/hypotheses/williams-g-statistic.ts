import { type GStatistic, gStatistic } from './g-statistic.ts';

/**
 * The statistic of `williamsGTest`, before its tail probability: G over Williams' q. One class: that of `gStatistic`, which is 0.
 * Throws a RangeError as `gStatistic` does. O(classes).
 *
 * @example williamsGStatistic([10, 10, 10], [20, 20, 20]).statistic; // => 0
 */
export function williamsGStatistic(reference: readonly number[], current: readonly number[]): GStatistic {
  const plain = gStatistic(reference, current);
  if (plain.degreesOfFreedom < 1) return plain;
  let [first, second] = [0, 0];
  for (const count of reference) first += count;
  for (const count of current) second += count;
  const rows = first + second;
  let inverses = 0;
  for (let index = 0; index < reference.length; index += 1) {
    const count = (reference[index] ?? 0) + (current[index] ?? 0);
    if (count > 0) inverses += rows / count;
  }
  const ofSamples = rows / first + rows / second - 1;
  const ofClasses = inverses - 1;
  const statistic = plain.statistic / (1 + (ofSamples * ofClasses) / (6 * rows * plain.degreesOfFreedom));
  return { statistic, degreesOfFreedom: plain.degreesOfFreedom };
}

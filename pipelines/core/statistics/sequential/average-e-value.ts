/**
 * One e-value for a family of tests: their mean, valid however they depend on each other (Vovk and Wang 2021, proposition 3.1,
 * https://arxiv.org/abs/1912.06116; in essence no other symmetric merging is). One strong signal among K counts for a K-th. Throws a RangeError
 * on an empty family. O(tests).
 *
 * @example averageEValue([1, 3]); // => 2
 */
export function averageEValue(eValues: readonly number[]): number {
  if (eValues.length === 0) throw new RangeError('averageEValue requires at least one e-value');
  return eValues.reduce((sum, value) => sum + value, 0) / eValues.length;
}

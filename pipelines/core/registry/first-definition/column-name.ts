/** A column name as patterns expect it: lower case, words parted by one underscore (`arrDelay`, `Arr Delay` and `arr-delay` are `arr_delay`). */
export function plainName(name: string): string {
  return name
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

/** Place of the first pattern that a name fits; one more than the last place where none does. */
export function rankOfName(name: string, patterns: readonly RegExp[]): number {
  const place = patterns.findIndex((pattern) => pattern.test(plainName(name)));
  return place === -1 ? patterns.length : place;
}

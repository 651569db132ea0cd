const DIGITS = 3;

/**
 * Cuts of numbers into about `bands` parts of equal size, at rounded values (three significant digits) so that a name says exactly what a part holds. Fewer where values repeat. NaN is left out.
 */
export function quantileCuts(values: Float64Array, bands: number): number[] {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  const smallest = sorted[0];
  if (smallest === undefined) return [];
  const cuts = Array.from({ length: bands - 1 }, (_, index) => sorted[Math.floor(((index + 1) * sorted.length) / bands)] ?? smallest);
  return [...new Set(cuts.map((cut) => Number(cut.toPrecision(DIGITS))))].filter((cut) => cut > smallest).sort((a, b) => a - b);
}

/** Which band a number lies in: 0 below the first cut, `cuts.length` from the last on; −1 for NaN. */
export function bandOf(value: number, cuts: readonly number[]): number {
  if (Number.isNaN(value)) return -1;
  let band = 0;
  while (band < cuts.length && value >= (cuts[band] ?? Number.POSITIVE_INFINITY)) band += 1;
  return band;
}

/** Names of the bands: 'under 25', '25 to under 60', '60 or more'. */
export function bandNames(cuts: readonly number[]): string[] {
  const first = cuts[0];
  const last = cuts.at(-1);
  if (first === undefined || last === undefined) return ['any'];
  return [`under ${first}`, ...cuts.slice(1).map((cut, index) => `${cuts[index]} to under ${cut}`), `${last} or more`];
}

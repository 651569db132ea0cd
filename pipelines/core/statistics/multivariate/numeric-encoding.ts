import type { FeatureTable } from './feature-table.ts';

/** What imputation and frequency encoding learnt from a reference. */
export interface NumericEncoding {
  /** Mean of the rows that have a value, per numeric column; 0 when none has. */
  readonly means: readonly number[];
  /** Per categorical column: the most frequent code (the smallest of equals) and the share of rows by code after imputation. */
  readonly categories: readonly { readonly mode: number; readonly shares: Float64Array }[];
}

/**
 * Learns how to make every column a complete column of numbers: missing numbers become the mean, missing categories the most frequent
 * one, and a category its share of the reference rows (an unknown one 0).
 *
 * The encoding of NannyML's data reconstruction (https://nannyml.readthedocs.io/en/stable/how_it_works/multivariate_drift.html). Two
 * categories of equal share become the same number, so a swap between them cannot be seen. O(rows · columns).
 *
 * @example learnNumericEncoding({ rows: 3, numeric: [Float64Array.of(1, NaN, 3)], categorical: [] }).means; // => [2]
 */
export function learnNumericEncoding(table: FeatureTable): NumericEncoding {
  return { means: table.numeric.map(meanOfPresent), categories: table.categorical.map(learnShares) };
}

/** The columns of a table as numbers without gaps: numeric columns first, then categorical ones. */
export function encodeNumerically(encoding: NumericEncoding, table: FeatureTable): Float64Array[] {
  const numeric = table.numeric.map((column, index) => column.map((value) => (Number.isNaN(value) ? (encoding.means[index] ?? 0) : value)));
  const categorical = table.categorical.map((codes, index) => {
    const { mode, shares } = encoding.categories[index] ?? { mode: -1, shares: new Float64Array(0) };
    return Float64Array.from(codes, (code) => shares[code < 0 ? mode : code] ?? 0);
  });
  return [...numeric, ...categorical];
}

function meanOfPresent(column: Float64Array): number {
  const present = column.filter((value) => !Number.isNaN(value));
  let sum = 0;
  for (const value of present) sum += value;
  return present.length === 0 ? 0 : sum / present.length;
}

function learnShares(codes: Int32Array): { mode: number; shares: Float64Array } {
  const counts = new Float64Array(codes.reduce((most, code) => Math.max(most, code), -1) + 1);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  let mode = -1;
  for (const [code, count] of counts.entries()) if (count > 0 && (mode < 0 || count > (counts[mode] ?? 0))) mode = code;
  const missing = codes.filter((code) => code < 0).length;
  const imputed = counts.map((count, code) => count + (code === mode ? missing : 0));
  return { mode, shares: imputed.map((count) => count / codes.length) };
}

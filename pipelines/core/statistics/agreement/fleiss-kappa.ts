import { studentTQuantile } from '../distributions/student-t-quantile.ts';
import type { Bounds } from '../intervals/bounds.ts';

/** Agreement of many annotators beyond chance. */
export interface FleissKappa {
  readonly kappa: number;
  /** Error if annotators agreed by chance only: for testing κ = 0. null unless every item has equally many annotations. */
  readonly nullStandardError: number | null;
  /** From leaving out one item at a time. null with fewer than three items. */
  readonly interval: Bounds | null;
}

/**
 * Fleiss' kappa of items that several annotators put into classes; the annotators of one item need not be those of another.
 *
 * `counts[i][j]`: annotations of item i with class j; items of fewer than two are left out. κ = (P̄ − Pₑ)/(1 − Pₑ), P̄ the mean share of agreeing pairs of an item, Pₑ = Σ pⱼ²
 * (Fleiss 1971, https://doi.org/10.1037/h0031619). Error under chance: Fleiss, Nee and Landis 1979 (https://doi.org/10.1037/0033-2909.86.5.974), as irr of R has it. The interval is
 * a jackknife over items (Gwet 2021, https://doi.org/10.1177/0013164420973080, shows that the error under chance must not be used for intervals). null without such items, or with one class
 * only. O(items · classes).
 *
 * @example fleissKappa([[2, 0], [0, 2], [2, 0], [0, 2]])?.kappa; // => 1
 */
export function fleissKappa(counts: readonly (readonly number[])[], level = 0.95): FleissKappa | null {
  const items = counts.filter((row) => sum(row) >= 2);
  const whole = totals(items);
  const kappa = kappaOf(whole);
  if (kappa === null) return null;
  return { kappa, nullStandardError: nullError(items, whole), interval: jackknife(items, { whole, kappa, level }) };
}

interface Totals {
  readonly items: number;
  /** Sum over items of the share of agreeing pairs. */
  readonly agreement: number;
  readonly classes: readonly number[];
}

function totals(items: readonly (readonly number[])[]): Totals {
  const width = Math.max(0, ...items.map((row) => row.length));
  const classes = Array.from({ length: width }, (_, index) => sum(items.map((row) => row[index] ?? 0)));
  return { items: items.length, agreement: sum(items.map(agreementOf)), classes };
}

function agreementOf(row: readonly number[]): number {
  const annotations = sum(row);
  return (sum(row.map((count) => count * count)) - annotations) / (annotations * (annotations - 1));
}

function kappaOf({ items, agreement, classes }: Totals): number | null {
  const chance = sum(shares(classes).map((share) => share * share));
  if (items === 0 || chance >= 1) return null;
  return (agreement / items - chance) / (1 - chance);
}

function nullError(items: readonly (readonly number[])[], { classes }: Totals): number | null {
  const annotators = sum(items[0] ?? []);
  if (items.some((row) => sum(row) !== annotators)) return null;
  const spreads = shares(classes).map((share) => share * (1 - share));
  const skew = sum(shares(classes).map((share) => share * (1 - share) * (1 - 2 * share)));
  const spread = sum(spreads);
  return Math.sqrt((2 * (spread * spread - skew)) / (items.length * annotators * (annotators - 1))) / spread;
}

function jackknife(
  items: readonly (readonly number[])[],
  { whole, kappa, level }: { readonly whole: Totals; readonly kappa: number; readonly level: number },
): Bounds | null {
  const without = items.map((row) =>
    kappaOf({
      items: whole.items - 1,
      agreement: whole.agreement - agreementOf(row),
      classes: whole.classes.map((count, index) => count - (row[index] ?? 0)),
    }),
  );
  const left = without.filter((each) => each !== null);
  const n = left.length;
  if (n < 3 || n < items.length) return null;
  const mean = sum(left) / n;
  const error = Math.sqrt(((n - 1) / n) * sum(left.map((each) => (each - mean) ** 2)));
  const half = studentTQuantile((1 - level) / 2, n - 1) * error;
  return { lower: Math.max(-1, kappa - half), upper: Math.min(1, kappa + half), level };
}

function shares(classes: readonly number[]): number[] {
  const total = sum(classes);
  return classes.map((count) => count / total);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

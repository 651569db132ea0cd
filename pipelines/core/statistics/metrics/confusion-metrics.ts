/** What a table of calls says. Classes without rows count 0 where a share has no base, as in scikit-learn. */
export interface ConfusionMetrics {
  readonly accuracy: number;
  /** Mean over the classes. */
  readonly macro: { readonly precision: number; readonly recall: number; readonly specificity: number; readonly f1: number };
  /** F1 weighted by the rows of each actual class. */
  readonly weightedF1: number;
  /** Matthews correlation: 1 perfect, 0 no better than chance. */
  readonly matthews: number;
  /** Cohen's kappa: agreement beyond what the margins give. */
  readonly kappa: number;
}

/**
 * Metrics of a table of calls for any number of classes: `table[actual][called]` holds rows, or expected rows.
 *
 * Definitions of https://scikit-learn.org/stable/modules/model_evaluation.html#classification-metrics, with which it agrees. The recall of `macro` is
 * the balanced accuracy. null when the table is not square or holds no row. O(classes²).
 *
 * @example confusionMetrics([[3, 1], [0, 4]])?.accuracy; // => 0.875
 */
export function confusionMetrics(table: readonly (readonly number[])[]): ConfusionMetrics | null {
  const actual = table.map(total);
  const called = table.map((_, column) => total(table.map((row) => row[column] ?? 0)));
  const rows = total(actual);
  if (!(rows > 0) || table.some((row) => row.length !== table.length)) return null;
  const hits = table.map((row, index) => row[index] ?? 0);
  const right = total(hits);
  const precision = hits.map((hit, index) => ratio(hit, called[index] ?? 0));
  const recall = hits.map((hit, index) => ratio(hit, actual[index] ?? 0));
  const f1 = hits.map((hit, index) => ratio(2 * hit, (called[index] ?? 0) + (actual[index] ?? 0)));
  const specificity = hits.map((hit, index) =>
    ratio(rows - (actual[index] ?? 0) - (called[index] ?? 0) + hit, rows - (actual[index] ?? 0)),
  );
  const mean = (values: readonly number[]) => total(values) / values.length;
  const chance = total(actual.map((count, index) => count * (called[index] ?? 0)));
  const spread = (margin: readonly number[]) => rows ** 2 - total(margin.map((count) => count ** 2));
  return {
    accuracy: right / rows,
    macro: { precision: mean(precision), recall: mean(recall), specificity: mean(specificity), f1: mean(f1) },
    weightedF1: total(f1.map((value, index) => (value * (actual[index] ?? 0)) / rows)),
    matthews: ratio(right * rows - chance, Math.sqrt(spread(actual) * spread(called))),
    kappa: ratio(right * rows - chance, rows ** 2 - chance),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** A table of calls: `table[actual][called]` holds rows, or expected rows. */
export type CallTable = readonly (readonly number[])[];

export type ClassMetric = 'f1' | 'precision' | 'recall' | 'specificity';
export type ConfusionMetric = 'accuracy' | ClassMetric | 'weightedF1' | 'matthews' | 'valuePerPrediction';

/** A metric, and what one more row in each cell would do to it. `why` says what is missing when `value` is null. */
export interface ConfusionFigure<Metric extends string = ConfusionMetric> {
  readonly metric: Metric;
  readonly value: number | null;
  readonly influence: CallTable;
  readonly why: string | null;
}

export interface ConfusionOptions {
  /** The one class that F1, precision, recall and specificity are of; left out: the mean over all classes (macro). */
  readonly positive?: number;
  /** Value of a row by actual and called class. */
  readonly worth?: CallTable;
}

/**
 * What a table of calls for any number of classes says: accuracy; F1, precision, recall and specificity; F1 weighted by the rows of each class; Matthews correlation (1 perfect, 0 no better than chance;
 * Gorodkin 2004, https://doi.org/10.1016/j.compbiolchem.2004.09.006); with `worth` the value per prediction. The macro recall is the balanced accuracy; for Cohen's kappa see `cohensKappa`.
 *
 * Every figure is made of sums over cells, so what one more row would do to it is a derivative; standard errors follow as √Σ rows·influence² (delta method; for a share it is √(p(1 − p)/n)). F1 is 0 when no call is
 * right, which is a figure and not a gap. A ratio without rows below its line leaves its figure null and says why; nothing is NaN. Definitions of
 * https://scikit-learn.org/stable/modules/model_evaluation.html#classification-metrics, which writes 0 or 1 where we write null. Throws a RangeError for a table that is not square. O(classes³).
 *
 * @example confusionMetrics([[3, 1], [0, 4]])[0]?.value; // => 0.875
 */
export function confusionMetrics(table: CallTable, { positive, worth }: ConfusionOptions = {}): ConfusionFigure[] {
  if (table.some((cells) => cells.length !== table.length)) throw new RangeError('a table of calls is square');
  const classes = positive === undefined ? [...table.keys()] : [positive];
  const named = (k: number) => (positive === undefined ? `of class ${k}` : 'positive');
  const of = (metric: ClassMetric) =>
    ratioFigure(
      metric,
      table,
      classes.map((k) => CLASS_RATIOS[metric](k, named(k))),
    );
  return [
    ratioFigure('accuracy', table, [{ top: (i, j) => Number(i === j), below: one, lack: NO_ROW }]),
    of('f1'),
    of('precision'),
    of('recall'),
    of('specificity'),
    weightedF1(table),
    matthews(table),
    ...(worth === undefined
      ? []
      : [ratioFigure('valuePerPrediction', table, [{ top: (i, j) => worth[i]?.[j] ?? 0, below: one, lack: NO_ROW }])]),
  ];
}

/** One weighted sum over the cells of a table (actual, called) over another. */
export interface CellRatio {
  readonly top: (actual: number, called: number) => number;
  readonly below: (actual: number, called: number) => number;
  readonly lack: string;
}

const NO_ROW = 'There is no row.';
const one = () => 1;

/** The ratios of class k against the rest. */
const CLASS_RATIOS: Readonly<Record<ClassMetric, (k: number, name: string) => CellRatio>> = {
  f1: (k, name) => ({
    top: (i, j) => 2 * Number(i === k && j === k),
    below: (i, j) => Number(i === k) + Number(j === k),
    lack: `No row is ${name}, and none was called so.`,
  }),
  precision: (k, name) => ({
    top: (i, j) => Number(i === k && j === k),
    below: (_, j) => Number(j === k),
    lack: `No row was called ${name}.`,
  }),
  recall: (k, name) => ({ top: (i, j) => Number(i === k && j === k), below: (i) => Number(i === k), lack: `No row is ${name}.` }),
  specificity: (k, name) => ({ top: (i, j) => Number(i !== k && j !== k), below: (i) => Number(i !== k), lack: `Every row is ${name}.` }),
};

/** The mean of some ratios of a table; null with the reason when one of them has no rows below its line. O(ratios · classes²). */
export function ratioFigure<Metric extends string>(
  metric: Metric,
  table: CallTable,
  ratios: readonly CellRatio[],
): ConfusionFigure<Metric> {
  if (!(weighted(table, one) > 0)) return lacking(metric, table, NO_ROW);
  const wholes = ratios.map(({ below }) => weighted(table, below));
  const empty = ratios.find((_, k) => !((wholes[k] ?? 0) > 0));
  if (empty !== undefined) return lacking(metric, table, empty.lack);
  const values = ratios.map(({ top }, k) => weighted(table, top) / (wholes[k] ?? 1));
  const mean = (all: readonly number[]) => all.reduce((sum, value) => sum + value, 0) / all.length;
  const influence = cells(table, (i, j) =>
    mean(ratios.map(({ top, below }, k) => (top(i, j) - (values[k] ?? 0) * below(i, j)) / (wholes[k] ?? 1))),
  );
  return { metric, value: mean(values), influence, why: null };
}

/** F1 of each class, weighted by its share of the rows: a class without rows does not count. */
function weightedF1(table: CallTable): ConfusionFigure<'weightedF1'> {
  const rows = weighted(table, one);
  if (!(rows > 0)) return lacking('weightedF1', table, NO_ROW);
  const actual = table.map((_, k) => weighted(table, (i) => Number(i === k)));
  const parts = actual.flatMap((count, k) =>
    count > 0 ? [{ k, share: count / rows, f1: ratioFigure('f1', table, [CLASS_RATIOS.f1(k, '')]) }] : [],
  );
  const influence = cells(table, (i, j) =>
    parts.reduce(
      (sum, { k, share, f1 }) => sum + share * (f1.influence[i]?.[j] ?? 0) + ((Number(i === k) - share) / rows) * (f1.value ?? 0),
      0,
    ),
  );
  return { metric: 'weightedF1', value: parts.reduce((sum, { share, f1 }) => sum + share * (f1.value ?? 0), 0), influence, why: null };
}

/** Covariance of actual and called over the root of the product of both variances, in counts. */
function matthews(table: CallTable): ConfusionFigure<'matthews'> {
  const rows = weighted(table, one);
  const actual = table.map((_, k) => weighted(table, (i) => Number(i === k)));
  const called = table.map((_, k) => weighted(table, (_, j) => Number(j === k)));
  const spread = (margin: readonly number[]) => rows ** 2 - margin.reduce((sum, count) => sum + count ** 2, 0);
  const [left, right] = [spread(actual), spread(called)];
  if (!(rows > 0)) return lacking('matthews', table, NO_ROW);
  if (!(left > 0)) return lacking('matthews', table, 'All rows are of one class.');
  if (!(right > 0)) return lacking('matthews', table, 'All rows were called alike.');
  const hits = weighted(table, (i, j) => Number(i === j));
  const shared = hits * rows - actual.reduce((sum, count, k) => sum + count * (called[k] ?? 0), 0);
  const root = Math.sqrt(left * right);
  const influence = cells(table, (i, j) => {
    const gained = rows * Number(i === j) + hits - (called[i] ?? 0) - (actual[j] ?? 0);
    return gained / root - (shared / root) * ((rows - (actual[i] ?? 0)) / left + (rows - (called[j] ?? 0)) / right);
  });
  return { metric: 'matthews', value: shared / root, influence, why: null };
}

function lacking<Metric extends string>(metric: Metric, table: CallTable, why: string): ConfusionFigure<Metric> {
  return { metric, value: null, influence: cells(table, () => 0), why };
}

function cells(table: CallTable, of: (actual: number, called: number) => number): number[][] {
  return table.map((row, i) => row.map((_, j) => of(i, j)));
}

function weighted(table: CallTable, weight: CellRatio['top']): number {
  return table.reduce((total, row, i) => total + row.reduce((part, count, j) => part + count * weight(i, j), 0), 0);
}

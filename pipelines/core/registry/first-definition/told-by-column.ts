import type { ComparedColumn } from '../../signals/drift-sheet/compared-table.ts';
import { goodmanKruskalLambda } from '../../statistics/distances/goodman-kruskal-lambda.ts';
import { linearQuantile } from '../../statistics/distances/linear-quantile.ts';
import { type CellValue, cellAt } from './logged-table.ts';

const CLASSES = 20;
/** Rows that a value needs to speak for itself. */
const FEWEST_ROWS = 5;

/** A column against labels, both over the same rows (places in the file). */
export interface ToldLabels {
  readonly column: ComparedColumn;
  readonly rows: readonly number[];
  /** By place in the file. */
  readonly labels: readonly CellValue[];
}

/** Share of the wrong guesses of a class that knowing one column saves (lambda), numbers cut into twenty classes of equal size; null when unknown. O(rows log rows). */
export function classesTold(told: ToldLabels): number | null {
  const groups = [...groupsOf(told).values()].filter((labels) => labels.length >= FEWEST_ROWS);
  return goodmanKruskalLambda(
    groups.map((labels) => {
      const counts = new Map<string | number, number>();
      for (const label of labels) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
      return counts;
    }),
  );
}

/** Mean absolute error that is left when each label is guessed by the median of its value of one column; null when unknown. O(rows log rows). */
export function errorLeft(told: ToldLabels): number | null {
  let [sum, rows] = [0, 0];
  for (const labels of groupsOf(told).values()) {
    const numbers = Float64Array.from(labels.filter((label) => typeof label === 'number')).sort();
    if (numbers.length < FEWEST_ROWS) continue;
    const middle = linearQuantile(numbers, 0.5);
    for (const number of numbers) sum += Math.abs(number - middle);
    rows += numbers.length;
  }
  return rows === 0 ? null : sum / rows;
}

function groupsOf({ column, rows, labels }: ToldLabels): Map<CellValue, CellValue[]> {
  const keyOf = column.kind === 'numeric' ? classOf(column.values, rows) : (value: CellValue) => value;
  const groups = new Map<CellValue, CellValue[]>();
  for (const row of rows) {
    const label = labels[row] ?? null;
    if (label === null) continue;
    const key = keyOf(cellAt(column, row));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [label]);
    else group.push(label);
  }
  return groups;
}

function classOf(values: Float64Array, rows: readonly number[]): (value: CellValue) => CellValue {
  const sorted = Float64Array.from(rows, (row) => values[row] ?? Number.NaN)
    .filter(Number.isFinite)
    .sort();
  if (sorted.length === 0) return () => null;
  const cuts = Array.from({ length: CLASSES - 1 }, (_, place) => linearQuantile(sorted, (place + 1) / CLASSES));
  return (value) => (typeof value === 'number' ? cuts.findIndex((cut) => value <= cut) : null);
}

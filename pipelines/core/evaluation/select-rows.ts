import type { RowTable } from '../schema/row-table.ts';

/** The rows at these positions, in this order. */
export function selectRows(table: RowTable, positions: readonly number[]): RowTable {
  const numbers = (values: Float64Array) => Float64Array.from(positions, (row) => values[row] ?? Number.NaN);
  const texts = (columns: RowTable['texts']) =>
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, positions.map((row) => values[row] ?? null)]));
  return {
    ids: positions.map((row) => table.ids[row] ?? ''),
    timestamps: numbers(table.timestamps),
    numeric: Object.fromEntries(Object.entries(table.numeric).map(([name, values]) => [name, numbers(values)])),
    categorical: texts(table.categorical),
    texts: texts(table.texts),
    scores: numbers(table.scores),
    predicted: numbers(table.predicted),
    probabilities: Object.fromEntries(Object.entries(table.probabilities).map(([name, values]) => [name, numbers(values)])),
    versions: positions.map((row) => table.versions[row] ?? null),
    labels: numbers(table.labels),
  };
}

/** Positions of the rows whose label has arrived. */
export function labelledPositions(table: RowTable): number[] {
  return table.ids.flatMap((_, row) => (Number.isNaN(table.labels[row] ?? Number.NaN) ? [] : [row]));
}

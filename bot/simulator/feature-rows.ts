import type { DuckDBConnection } from '@duckdb/node-api';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import { READ_FEATURES } from './week-queries.ts';

const NUMERIC = ['hour', 'weekday', 'distance'] as const;
const CATEGORICAL = ['origin', 'destination'] as const;

/** The flights of the loaded week as a model sees them: no labels, no scores. */
export async function readFeatureRows(connection: DuckDBConnection, count: number): Promise<RowTable> {
  const result = await connection.stream(READ_FEATURES);
  const names = result.deduplicatedColumnNames();
  const numbers = new Map(['ts', ...NUMERIC].map((name) => [name, new Float64Array(count)]));
  const texts = new Map(['id', ...CATEGORICAL].map((name) => [name, new Array<string>(count).fill('')]));
  let offset = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const [index, name] of names.entries()) {
      const vector = chunk.getColumnVector(index);
      const number = numbers.get(name);
      const text = texts.get(name);
      for (let row = 0; row < chunk.rowCount; row += 1) {
        if (number !== undefined) number[offset + row] = Number(vector.getItem(row));
        if (text !== undefined) text[offset + row] = String(vector.getItem(row));
      }
    }
    offset += chunk.rowCount;
  }
  return tableOf(numbers, texts, count);
}

function tableOf(numbers: ReadonlyMap<string, Float64Array>, texts: ReadonlyMap<string, string[]>, count: number): RowTable {
  const nothing = new Float64Array(count).fill(Number.NaN);
  return {
    ids: texts.get('id') ?? [],
    timestamps: numbers.get('ts') ?? nothing,
    numeric: Object.fromEntries(NUMERIC.map((name) => [name, numbers.get(name) ?? nothing])),
    categorical: Object.fromEntries(CATEGORICAL.map((name) => [name, texts.get(name) ?? []])),
    texts: {},
    scores: nothing,
    predicted: nothing,
    probabilities: {},
    versions: new Array<null>(count).fill(null),
    labels: nothing,
  };
}

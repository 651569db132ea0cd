import type { DuckDBDataChunk, DuckDBListVector, DuckDBMaterializedResult, DuckDBVector } from '@duckdb/node-api';
import { itemsOf } from './items-of.ts';

// DuckDBTypeId: written as numbers, so that this file imports types only and `--help` loads no engine.
const VARCHAR = 17;
const LIST = 24;

/** A result, column by column. */
export interface ResultTable {
  readonly rowCount: number;
  /** Numbers of a column; SQL's NULL is NaN. Throws a TypeError for a column of another type. */
  numbers(column: string): Float64Array;
  /** Texts of a column. Throws a TypeError for a column of another type. */
  texts(column: string): readonly (string | null)[];
  /** Lists of numbers of a column. Throws a TypeError for a column of another type. */
  lists(column: string): readonly Float64Array[];
}

type ResultColumn =
  | { readonly kind: 'numbers'; readonly parts: Float64Array[] }
  | { readonly kind: 'texts'; readonly values: (string | null)[] }
  | { readonly kind: 'lists'; readonly values: Float64Array[] };

/** Reads a result chunk by chunk into typed columns, without an object a row. Integers wider than 53 bits are for the query to cast. */
export function readResult(result: DuckDBMaterializedResult): ResultTable {
  const names = result.deduplicatedColumnNames();
  const columns = result.columnTypes().map((type) => emptyColumn(type.typeId));
  let rowCount = 0;
  const chunks = result.chunkCount;
  for (let place = 0; place < chunks; place += 1) {
    const chunk = result.getChunk(place);
    for (const [index, column] of columns.entries()) readColumn(chunk, index, column);
    rowCount += chunk.rowCount;
  }
  const byName = new Map(names.map((name, index) => [name, columns[index]]));
  return {
    rowCount,
    numbers: (name) => numbersOf(byName.get(name), name, rowCount),
    texts: (name) => textsOf(byName.get(name), name),
    lists: (name) => listsOf(byName.get(name), name),
  };
}

function emptyColumn(type: number): ResultColumn {
  if (type === VARCHAR) return { kind: 'texts', values: [] };
  return type === LIST ? { kind: 'lists', values: [] } : { kind: 'numbers', parts: [] };
}

function readColumn(chunk: DuckDBDataChunk, index: number, column: ResultColumn): void {
  const vector = chunk.getColumnVector(index);
  if (column.kind === 'numbers') {
    column.parts.push(numbersAt(vector, 0, chunk.rowCount));
    return;
  }
  const { rowCount } = chunk;
  if (column.kind === 'lists') {
    for (let row = 0; row < rowCount; row += 1) column.values.push(listAt(vector as DuckDBListVector, row));
    return;
  }
  for (let row = 0; row < rowCount; row += 1) column.values.push(asText(vector.getItem(row)));
}

function listAt(vector: DuckDBListVector, row: number): Float64Array {
  return numbersAt(vector.childVector, vector.getEntryOffset(row), vector.getEntryLength(row));
}

function numbersAt(vector: DuckDBVector, start: number, count: number): Float64Array {
  const items = itemsOf(vector);
  if (items !== null) return new Float64Array(items.subarray(start, start + count));
  const numbers = new Float64Array(count);
  for (let index = 0; index < count; index += 1) numbers[index] = asNumber(vector.getItem(start + index));
  return numbers;
}

function listsOf(column: ResultColumn | undefined, name: string): readonly Float64Array[] {
  if (column?.kind !== 'lists') throw new TypeError(`a query returned no lists named ${name}`);
  return column.values;
}

function numbersOf(column: ResultColumn | undefined, name: string, rowCount: number): Float64Array {
  if (column?.kind !== 'numbers') throw new TypeError(`a query returned no numbers named ${name}`);
  const numbers = new Float64Array(rowCount);
  let offset = 0;
  for (const part of column.parts) {
    numbers.set(part, offset);
    offset += part.length;
  }
  return numbers;
}

function textsOf(column: ResultColumn | undefined, name: string): readonly (string | null)[] {
  if (column?.kind !== 'texts') throw new TypeError(`a query returned no texts named ${name}`);
  return column.values;
}

function asNumber(value: unknown): number {
  if (value === null) return Number.NaN;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  throw new TypeError(`a number was expected, but the query returned ${typeof value}`);
}

function asText(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value;
  throw new TypeError(`text was expected, but the query returned ${typeof value}`);
}

import { UserError } from '../errors/user-error.ts';
import type { InputEncoding } from '../schema/model-artifact.ts';
import type { RowTable } from '../schema/row-table.ts';
import { hashedWords } from '../statistics/text/hashed-n-grams.ts';
import type { SparseRows } from '../statistics/text/sparse-rows.ts';
import { tokensOf } from '../statistics/text/tokens.ts';

/**
 * Rows as numbers; `columns` counts the inputs of the first layer. A number has one entry (its standardised value), a category one (1, at
 * its value), a text one for each of its known runs of words, together of length 1. Entries of a row stand in the order of the artifact's inputs.
 */
export interface EncodedRows extends SparseRows {
  readonly values: Float32Array;
}

/** Number of inputs that an encoding takes: a number takes one; a category one per known value, one for all others, one for missing; a text one per bucket, and one for no known word. */
export function encodingWidth(encoding: InputEncoding): number {
  if (encoding.kind === 'text') return encoding.buckets.length + 1;
  return encoding.kind === 'numeric' ? 1 : encoding.vocabulary.length + 2;
}

/** Turns rows into inputs with the constants of an artifact. Throws a UserError (MODEL_COLUMN_MISSING) when the rows lack a column. */
export function encodeRows(inputs: readonly InputEncoding[], table: RowTable): EncodedRows {
  const rows = table.ids.length;
  const texts = new Map(inputs.flatMap((input) => (input.kind === 'text' ? [[input, hashedTexts(input, table)] as const] : [])));
  const starts = startsOf(rows, { single: inputs.length - texts.size, texts: [...texts.values()] });
  const entries = starts[rows] ?? 0;
  const target: Target = {
    rows,
    next: starts.slice(0, rows),
    indices: new Uint32Array(entries),
    values: new Float32Array(entries).fill(1),
  };
  let offset = 0;
  for (const input of inputs) {
    if (input.kind === 'numeric') encodeNumber(input, { table, target, offset });
    else if (input.kind === 'categorical') encodeCategory(input, { table, target, offset });
    else encodeText(texts.get(input) ?? [], { target, offset });
    offset += encodingWidth(input);
  }
  return { rows, columns: offset, starts, indices: target.indices, values: target.values };
}

interface Target {
  readonly rows: number;
  /** Where the next entry of each row goes; moves on as columns are written. */
  readonly next: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

interface Place {
  readonly table: RowTable;
  readonly target: Target;
  /** First input of the column. */
  readonly offset: number;
}

function startsOf(rows: number, entries: { readonly single: number; readonly texts: readonly (readonly Uint32Array[])[] }): Uint32Array {
  const starts = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row += 1) {
    const words = entries.texts.reduce((sum, column) => sum + (column[row]?.length ?? 0), 0);
    starts[row + 1] = (starts[row] ?? 0) + entries.single + words;
  }
  return starts;
}

/** Takes the next free entry of a row. */
function take({ next }: Target, row: number): number {
  const at = next[row] ?? 0;
  next[row] = at + 1;
  return at;
}

function encodeNumber(input: Extract<InputEncoding, { kind: 'numeric' }>, { table, target, offset }: Place): void {
  const source = table.numeric[input.column];
  if (source === undefined) throw columnMissing(input.column);
  const limit = input.limit ?? Number.POSITIVE_INFINITY;
  for (let row = 0; row < target.rows; row += 1) {
    const at = take(target, row);
    const value = source[row] ?? Number.NaN;
    const standardised = (value - input.mean) / input.standardDeviation;
    target.indices[at] = offset;
    target.values[at] = Number.isFinite(value) ? Math.max(-limit, Math.min(limit, standardised)) : input.missingAs;
  }
}

function encodeCategory(input: Extract<InputEncoding, { kind: 'categorical' }>, { table, target, offset }: Place): void {
  const positionOf = categoryPositions(input.vocabulary, table, input.column);
  for (let row = 0; row < target.rows; row += 1) target.indices[take(target, row)] = offset + positionOf(row);
}

/** Position of a row's value in the vocabulary, then `other`, then `missing`. Numbers are looked up by their text. */
function categoryPositions(vocabulary: readonly string[], table: RowTable, name: string): (row: number) => number {
  const other = vocabulary.length;
  const missing = vocabulary.length + 1;
  const texts = table.categorical[name];
  if (texts !== undefined) {
    const known = new Map(vocabulary.map((value, index) => [value, index]));
    return (row) => {
      const value = texts[row] ?? null;
      return value === null ? missing : (known.get(value) ?? other);
    };
  }
  const numbers = table.numeric[name];
  if (numbers === undefined) throw columnMissing(name);
  const known = new Map(vocabulary.map((value, index) => [Number(value), index]));
  return (row) => {
    const value = numbers[row] ?? Number.NaN;
    return Number.isFinite(value) ? (known.get(value) ?? other) : missing;
  };
}

type TextEncoding = Extract<InputEncoding, { kind: 'text' }>;

/** The inputs of each text, counted from the first of its column. */
function hashedTexts({ column, longestNGram, hashes, buckets }: TextEncoding, table: RowTable): Uint32Array[] {
  const texts = table.texts[column];
  if (texts === undefined) throw columnMissing(column);
  return texts.map((text) => {
    const words = hashedWords(text === null ? [] : tokensOf(text), { buckets: hashes, longest: longestNGram });
    const known = Array.from(words).flatMap((hash) => placeOf(hash, buckets) ?? []);
    return Uint32Array.from(known.length === 0 ? [buckets.length] : known);
  });
}

/** Where a number stands among ascending ones, by halving: no map has to be built to answer a single row. */
function placeOf(value: number, ascending: readonly number[]): number | null {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((ascending[middle] ?? 0) < value) from = middle + 1;
    else to = middle;
  }
  return ascending[from] === value ? from : null;
}

function encodeText(hashed: readonly Uint32Array[], { target, offset }: Pick<Place, 'target' | 'offset'>): void {
  for (const [row, buckets] of hashed.entries()) {
    const length = 1 / Math.sqrt(buckets.length);
    for (const bucket of buckets) {
      const at = take(target, row);
      target.indices[at] = offset + bucket;
      target.values[at] = length;
    }
  }
}

function columnMissing(column: string): UserError {
  return new UserError({
    code: 'MODEL_COLUMN_MISSING',
    message: `the rows have no column "${column}", which the model needs`,
    hint: 'compare the columns of model.yml with the features of the version',
  });
}

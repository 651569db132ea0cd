import { UserError } from '../errors/user-error.ts';
import type { InputEncoding } from '../schema/model-artifact.ts';
import type { RowTable } from '../schema/row-table.ts';

/** Rows as numbers, sparse: each column has exactly one input that is not zero. Both arrays hold `columns` entries a row. */
export interface EncodedRows {
  readonly rows: number;
  readonly columns: number;
  /** Inputs of the first layer. */
  readonly width: number;
  /** Which input of the first layer is not zero. */
  readonly positions: Int32Array;
  /** Its value: 1 for a category, the standardised value for a number. */
  readonly values: Float32Array;
}

/** Number of inputs that an encoding takes: a number takes one; a category one per known value, one for all others, one for missing. */
export function encodingWidth(encoding: InputEncoding): number {
  return encoding.kind === 'numeric' ? 1 : encoding.vocabulary.length + 2;
}

/** Turns rows into inputs with the constants of an artifact. Throws a UserError (MODEL_COLUMN_MISSING) when the rows lack a column. */
export function encodeRows(inputs: readonly InputEncoding[], table: RowTable): EncodedRows {
  const rows = table.ids.length;
  const target = {
    rows,
    columns: inputs.length,
    width: inputs.reduce((sum, input) => sum + encodingWidth(input), 0),
    positions: new Int32Array(rows * inputs.length),
    values: new Float32Array(rows * inputs.length).fill(1),
  };
  let offset = 0;
  for (const [column, input] of inputs.entries()) {
    if (input.kind === 'numeric') encodeNumber({ input, table, target, column, offset });
    else encodeCategory({ input, table, target, column, offset });
    offset += encodingWidth(input);
  }
  return target;
}

interface ColumnTask<E extends InputEncoding> {
  readonly input: E;
  readonly table: RowTable;
  readonly target: EncodedRows;
  readonly column: number;
  readonly offset: number;
}

function encodeNumber({ input, table, target, column, offset }: ColumnTask<Extract<InputEncoding, { kind: 'numeric' }>>): void {
  const source = table.numeric[input.column];
  if (source === undefined) throw columnMissing(input.column);
  for (let row = 0, at = column; row < target.rows; row += 1, at += target.columns) {
    const value = source[row] ?? Number.NaN;
    target.positions[at] = offset;
    target.values[at] = Number.isFinite(value) ? (value - input.mean) / input.standardDeviation : input.missingAs;
  }
}

function encodeCategory({ input, table, target, column, offset }: ColumnTask<Extract<InputEncoding, { kind: 'categorical' }>>): void {
  const positionOf = categoryPositions(input.vocabulary, table, input.column);
  for (let row = 0, at = column; row < target.rows; row += 1, at += target.columns) {
    target.positions[at] = offset + positionOf(row);
  }
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

function columnMissing(column: string): UserError {
  return new UserError({
    code: 'MODEL_COLUMN_MISSING',
    message: `the rows have no column "${column}", which the model needs`,
    hint: 'compare the columns of model.yml with the features of the version',
  });
}

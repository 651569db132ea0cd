import type { ModelDefinition } from '../schema/model-definition.ts';
import type { RowTable } from '../schema/row-table.ts';
import { bandNames, bandOf, quantileCuts } from './number-bands.ts';

const BANDS = 5;
const MOST_VALUES = 12;
/** A row that belongs to no part of a column. */
export const NO_PART = 255;

/** The parts of one column that slices are made of. */
export interface ColumnParts {
  readonly column: string;
  /** 'AGEP under 25', 'MAR is 5'. */
  readonly names: readonly string[];
  /** Part of each row of the table, or NO_PART. */
  readonly codes: Uint8Array;
}

/**
 * Cuts every watched column into parts: numbers at the quintiles of `learnFrom`, categories by their twelve most frequent values there. Missing values are a part. Personal columns and columns of words are left
 * out: their values may not be shown. Parts of fewer than `least` rows of `learnFrom` are dropped.
 */
export function sliceCodes(
  definition: ModelDefinition,
  table: RowTable,
  { learnFrom, least }: { readonly learnFrom: readonly number[]; readonly least: number },
): ColumnParts[] {
  const columns = definition.columns.filter(
    ({ role, kind, sensitivity }) => role !== 'ignored' && kind !== 'text' && sensitivity !== 'personal',
  );
  return columns.flatMap(({ name }) => {
    const parts = table.numeric[name] === undefined ? valueParts(name, table, learnFrom) : numberParts(name, table, learnFrom);
    return parts === null ? [] : [withoutSmall({ column: name, ...parts }, { learnFrom, least })];
  });
}

type Parts = Omit<ColumnParts, 'column'>;

function numberParts(name: string, table: RowTable, learnFrom: readonly number[]): Parts | null {
  const numbers = table.numeric[name];
  if (numbers === undefined) return null;
  const cuts = quantileCuts(
    Float64Array.from(learnFrom, (row) => numbers[row] ?? Number.NaN),
    BANDS,
  );
  const names = [...bandNames(cuts).map((band) => `${name} ${band}`), `${name} missing`];
  const missing = names.length - 1;
  return {
    names,
    codes: Uint8Array.from(numbers, (value) => {
      const band = bandOf(value, cuts);
      return band < 0 ? missing : band;
    }),
  };
}

function valueParts(name: string, table: RowTable, learnFrom: readonly number[]): Parts | null {
  const values = table.categorical[name];
  if (values === undefined) return null;
  const counts = new Map<string, number>();
  for (const row of learnFrom) {
    const value = values[row] ?? null;
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const frequent = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, MOST_VALUES);
  const places = new Map(frequent.map(([value], index) => [value, index]));
  return {
    names: [...frequent.map(([value]) => `${name} is ${value}`), `${name} missing`],
    codes: Uint8Array.from(values, (value) => (value === null ? frequent.length : (places.get(value) ?? NO_PART))),
  };
}

function withoutSmall(
  parts: ColumnParts,
  { learnFrom, least }: { readonly learnFrom: readonly number[]; readonly least: number },
): ColumnParts {
  const rows = parts.names.map(() => 0);
  for (const row of learnFrom) {
    const part = parts.codes[row] ?? NO_PART;
    if (part !== NO_PART) rows[part] = (rows[part] ?? 0) + 1;
  }
  return { ...parts, codes: parts.codes.map((part) => (part !== NO_PART && (rows[part] ?? 0) < least ? NO_PART : part)) };
}

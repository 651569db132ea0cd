import type { Column } from '../schema/column.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { HashedTable } from '../statistics/domain-classifier.ts';
import { fnv1a } from '../statistics/fnv-1a.ts';

/**
 * The columns whose relations are watched, numeric ones first, then categories: no text, nothing that follows the calendar, counts up or never repeats,
 * because these tell any two periods apart.
 */
export function relatedColumns(definition: ModelDefinition, recognised: ReferenceProfile['recognised'] = {}): Column[] {
  const watched = definition.columns.filter(
    ({ name, role, calendar }) => role !== 'ignored' && !calendar && recognised[name] === undefined,
  );
  return [...watched.filter(({ kind }) => kind === 'numeric'), ...watched.filter(({ kind }) => kind === 'categorical')];
}

/**
 * Two samples as tables of the same columns: a category has the same code in both. Rows hash by their id, so that lines of one id share a fold. A column
 * that a sample lacks is missing in all its rows. O(rows · columns).
 */
export function sampleTables(
  columns: readonly Column[],
  [first, second]: readonly [RowTable, RowTable],
): readonly [HashedTable, HashedTable] {
  const codes = columns.map(() => new Map<string, number>());
  const codeOf = (place: number, value: string | null) => {
    const known = codes[place];
    if (value === null || known === undefined) return -1;
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    return code;
  };
  const tableOf = (rows: RowTable): HashedTable => ({
    table: {
      rows: rows.ids.length,
      numeric: columns.flatMap(({ kind, name }) =>
        kind === 'numeric' ? [rows.numeric[name] ?? new Float64Array(rows.ids.length).fill(Number.NaN)] : [],
      ),
      categorical: columns.flatMap(({ kind, name }, place) =>
        kind === 'categorical' ? [Int32Array.from(rows.ids, (_, row) => codeOf(place, rows.categorical[name]?.[row] ?? null))] : [],
      ),
    },
    hashes: hashesOf(rows),
  });
  return [tableOf(first), tableOf(second)];
}

/** A number per row by its id. */
export function hashesOf({ ids }: RowTable): Uint32Array {
  return Uint32Array.from(ids, fnv1a);
}

/** Positions of at most `limit` of some rows, chosen by a hash of the id that is not the one the log samples by; ascending. */
export function fewerRows({ ids }: RowTable, positions: readonly number[], limit: number): number[] {
  if (positions.length <= limit) return [...positions];
  const hashed = positions.map((position) => [fnv1a(`few ${ids[position] ?? ''}`), position] as const);
  return hashed
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .slice(0, limit)
    .map(([, position]) => position)
    .sort((a, b) => a - b);
}

/** Positions of all rows. */
export function everyRow({ ids }: RowTable): number[] {
  return ids.map((_, row) => row);
}

import type { Column } from '../schema/column.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { HashedTable } from '../statistics/multivariate/domain-classifier.ts';
import { fnv1a } from '../statistics/text/fnv-1a.ts';

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

/** Some rows of a table. */
export interface DrawnRows {
  readonly rows: RowTable;
  readonly positions: readonly number[];
}

/**
 * Two samples as tables of the same columns: a category has the same code in both. Rows hash by their id, so that lines of one id share a fold. A column
 * that a sample lacks is missing in all its rows. O(rows · columns).
 */
export function sampleTables(
  columns: readonly Column[],
  [first, second]: readonly [DrawnRows, DrawnRows],
): readonly [HashedTable, HashedTable] {
  const codes = columns.map(() => new Map<string, number>());
  const codeOf = (place: number, value: string | null) => {
    const known = codes[place];
    if (value === null || known === undefined) return -1;
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    return code;
  };
  const tableOf = ({ rows, positions }: DrawnRows): HashedTable => ({
    table: {
      rows: positions.length,
      numeric: columns.flatMap(({ kind, name }) =>
        kind === 'numeric' ? [Float64Array.from(positions, (row) => rows.numeric[name]?.[row] ?? Number.NaN)] : [],
      ),
      categorical: columns.flatMap(({ kind, name }, place) =>
        kind === 'categorical' ? [Int32Array.from(positions, (row) => codeOf(place, rows.categorical[name]?.[row] ?? null))] : [],
      ),
    },
    hashes: Uint32Array.from(positions, (row) => fnv1a(rows.ids[row] ?? '')),
  });
  return [tableOf(first), tableOf(second)];
}

/** Positions of at most `limit` of some rows, chosen by a hash of the id that is not the one the log samples by; ascending. */
export function fewerRows({ ids }: RowTable, positions: readonly number[], limit: number): number[] {
  if (positions.length <= limit) return [...positions];
  const hashes = Uint32Array.from(positions, (position) => fnv1a(`few ${ids[position] ?? ''}`));
  const last = hashes.toSorted()[limit - 1] ?? 0;
  // Rows of one id share a hash: of those at the limit, the first are taken.
  let open = limit - hashes.filter((hash) => hash < last).length;
  return positions.filter((_, place) => {
    const hash = hashes[place] ?? 0;
    if (hash !== last) return hash < last;
    open -= 1;
    return open >= 0;
  });
}

/** Positions of all rows. */
export function everyRow({ ids }: RowTable): number[] {
  return ids.map((_, row) => row);
}

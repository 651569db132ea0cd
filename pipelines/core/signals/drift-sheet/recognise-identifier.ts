import type { ComparedColumn } from './compared-table.ts';

const NEVER_REPEATS = 0.98;
const FEWEST_ROWS = 200;
const IS_CALLED_ID = /(^|[_\W])(id|uuid|guid|key)$|[a-z]Id$/i;

/**
 * Why a column of two samples is an identifier or a counter; null when it is none. Names that hardly repeat on either side; whole numbers that hardly repeat and rise from
 * row to row on both sides, or whose column is called an id. Says nothing below 200 rows a side. O(rows).
 */
export function identifierNote(name: string, sides: readonly [ComparedColumn, ComparedColumn]): string | null {
  const values = sides.map((side) => (side.kind === 'numeric' || side.kind === 'categorical' ? side.values : []));
  if (!values.every(hardlyRepeats)) return null;
  const isNumber = sides.every(({ kind }) => kind === 'numeric');
  // Ids may look like numbers on one side.
  if (!isNumber || IS_CALLED_ID.test(name)) return 'an identifier: hardly a value occurs twice';
  const isCounter = sides.every((side) => side.kind === 'numeric' && side.values.every(Number.isInteger) && rises(side.values));
  return isCounter ? 'a counter: whole numbers that rise from row to row' : null;
}

function hardlyRepeats(values: ArrayLike<string | number | null>): boolean {
  const seen = new Set<string | number>();
  let filled = 0;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? null;
    if (value === null) continue;
    filled += 1;
    seen.add(value);
    // So many repetitions that the rest of the rows cannot make up for them.
    if (filled - seen.size > (1 - NEVER_REPEATS) * values.length) return false;
  }
  return filled >= FEWEST_ROWS && seen.size >= NEVER_REPEATS * filled;
}

function rises(values: Float64Array): boolean {
  return values.every((value, row) => row === 0 || value > (values[row - 1] ?? Number.NaN));
}

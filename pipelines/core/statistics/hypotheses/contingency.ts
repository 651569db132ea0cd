import { chiSquareUpperTail } from '../distributions/chi-square-upper-tail.ts';

/** A test of two samples over the same classes. */
export interface ContingencyTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/** One cell of the table of two samples by classes. */
interface TableCell {
  readonly observed: number;
  readonly expected: number;
}

/**
 * Observed and expected counts of both samples, classes that are empty in both left out. Expected: row total times column total over all rows.
 * Throws a RangeError when the numbers of classes differ or a sample is empty.
 *
 * @example contingencyCells([1, 1], [1, 1]).length; // => 4
 */
export function contingencyCells(reference: readonly number[], current: readonly number[]): TableCell[] {
  if (reference.length !== current.length) throw new RangeError('both samples require the same classes');
  const rows = [total(reference), total(current)] as const;
  if (!(rows[0] > 0) || !(rows[1] > 0)) throw new RangeError('both samples require at least one row');
  const cells: TableCell[] = [];
  for (const [index, first] of reference.entries()) {
    const second = current[index] ?? 0;
    const share = (first + second) / (rows[0] + rows[1]);
    if (share !== 0) cells.push({ observed: first, expected: share * rows[0] }, { observed: second, expected: share * rows[1] });
  }
  return cells;
}

/**
 * The test that belongs to a statistic summed over the cells: chi-square with classes − 1 degrees of freedom. One class: p is 1.
 *
 * @example contingencyTest([{ observed: 1, expected: 1 }, { observed: 1, expected: 1 }], () => 0).pValue; // => 1
 */
export function contingencyTest(cells: readonly TableCell[], term: (cell: TableCell) => number): ContingencyTest {
  const statistic = Math.max(
    0,
    cells.reduce((sum, cell) => sum + term(cell), 0),
  );
  const degreesOfFreedom = cells.length / 2 - 1;
  return { statistic, degreesOfFreedom, pValue: degreesOfFreedom < 1 ? 1 : chiSquareUpperTail(statistic, degreesOfFreedom) };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

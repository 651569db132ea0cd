import { ERROR_SUMS, storedErrors, sums } from '../../core/profile/error-sums.ts';
import type { ErrorSums, LabelCube } from '../../core/schema/label-cube.ts';
import { type CountedCells, unplacedCube } from './counted-cells.ts';
import type { ResultTable } from './read-result.ts';
import { storedSum } from './window-tally.ts';

const SQUARE = '(e * e)';
const LABEL_SQUARE = '(y * y)';
const TERMS: Readonly<Record<keyof ErrorSums, string>> = {
  absolute: 'abs(e)',
  signed: 'e',
  squares: SQUARE,
  fourths: `${SQUARE} * ${SQUARE}`,
  labels: 'y',
  labelSquares: LABEL_SQUARE,
  labelThirds: `${LABEL_SQUARE} * y`,
  labelFourths: `${LABEL_SQUARE} * ${LABEL_SQUARE}`,
  squaresByLabels: `${SQUARE} * y`,
  squaresByLabelSquares: `${SQUARE} * ${LABEL_SQUARE}`,
};

/** Sums of the errors of a regression over its labelled rows, in SQL; compensated, so that threads leave less than stored digits show. */
export function errorQuery(joined: string): string {
  const columns = ERROR_SUMS.map((name) => `fsum(${TERMS[name]}) AS ${name}`).join(', ');
  return `
SELECT w, version, early, count(*)::DOUBLE AS n, ${columns}
FROM (SELECT *, score::DOUBLE - y AS e FROM ${joined}) WHERE early OR score IS NOT NULL GROUP BY ALL ORDER BY w, version NULLS FIRST, early`;
}

/** The cubes of a regression, versions ascending. */
export function readErrors(table: ResultTable): CountedCells {
  const cubes = new Map<number, LabelCube[]>();
  const early = new Map<number, number>();
  const [w, isEarly, n] = ['w', 'early', 'n'].map((name) => table.numbers(name));
  const columns = rowSums(table);
  for (const [row, version] of table.texts('version').entries()) {
    const [place, rows] = [w?.[row] ?? -1, n?.[row] ?? 0];
    if (isEarly?.[row] === 1) {
      early.set(place, (early.get(place) ?? 0) + rows);
      continue;
    }
    const errors = storedErrors(columns(row), rows, storedSum);
    cubes.set(place, [...(cubes.get(place) ?? []), { ...unplacedCube(version), labelled: rows, errors }]);
  }
  return { cubes, early };
}

function rowSums(table: ResultTable): (row: number) => ErrorSums {
  const columns = new Map(ERROR_SUMS.map((name) => [name, table.numbers(name)]));
  return (row) => sums((name) => columns.get(name)?.[row] ?? 0);
}

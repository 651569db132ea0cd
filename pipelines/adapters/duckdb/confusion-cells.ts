import type { ConfusionCell, LabelCube } from '../../core/schema/label-cube.ts';
import type { CountedCells } from './counted-cells.ts';
import type { ResultTable } from './read-result.ts';

/** Labelled rows of a multiclass task by called and true class, in SQL. */
export function confusionQuery(joined: string): string {
  return `
SELECT w, version, called::INTEGER AS called, y::INTEGER AS actual, count(*)::DOUBLE AS n
FROM ${joined} WHERE NOT early AND score IS NOT NULL AND called IS NOT NULL GROUP BY ALL ORDER BY w, version NULLS FIRST, called, actual`;
}

/** The cubes with the rows by called and true class of their window and version. */
export function withConfusion(cubes: CountedCells['cubes'], table: ResultTable): CountedCells['cubes'] {
  const [w, called, actual, n] = ['w', 'called', 'actual', 'n'].map((name) => table.numbers(name));
  const cells = new Map<string, ConfusionCell[]>();
  for (const [row, version] of table.texts('version').entries()) {
    const key = keyOf(w?.[row] ?? -1, version);
    const own = cells.get(key) ?? [];
    own.push([called?.[row] ?? 0, actual?.[row] ?? 0, n?.[row] ?? 0]);
    cells.set(key, own);
  }
  const confused = (place: number, cube: LabelCube) => ({ ...cube, confusion: cells.get(keyOf(place, cube.modelVersion)) ?? [] });
  return new Map([...cubes].map(([place, versions]) => [place, versions.map((cube) => confused(place, cube))]));
}

function keyOf(place: number, version: string | null): string {
  return JSON.stringify([place, version]);
}

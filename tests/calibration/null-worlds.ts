import { foldCategories } from '../../pipelines/core/profile/fold-categories.ts';
import type { ColumnProfile, GridCell } from '../../pipelines/core/schema/window-profile.ts';

/** A column that never drifts: shares of its values, which are 0, 1, 2, … of a category or the given numbers. */
export interface NullWorld {
  readonly name: string;
  readonly shares: readonly number[];
  /** Ascending; null for a category. */
  readonly values: readonly number[] | null;
}

const CELLS = 64;
/** Names of categories, each written once. */
const NAMES = Array.from({ length: 100 }, (_, index) => `c${index}`);
const places = Array.from({ length: CELLS }, (_, index) => index);

/** Five kinds of column: smooth, with ties, with a heavy tail, of many categories, of a rare one. */
export const NULL_WORLDS: readonly NullWorld[] = [
  { name: 'even', shares: shares(places.map(() => 1)), values: places },
  { name: 'ties', shares: [0.5, 0.2, 0.1, 0.1, 0.05, 0.05], values: [0, 1, 2, 3, 4, 5] },
  { name: 'heavy tail', shares: shares(places.map((place) => (place + 1) ** -1.5)), values: places.map((place) => (place + 1) ** 3) },
  { name: '100 categories', shares: shares(Array.from({ length: 100 }, (_, rank) => 1 / (rank + 1))), values: null },
  { name: 'rare category', shares: [0.97, 0.03], values: null },
];

function shares(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The column's profile from its counts, as a window holds it. */
export function profileOf({ values }: NullWorld, counts: readonly number[]): ColumnProfile {
  let rows = 0;
  for (const count of counts) rows += count;
  if (values !== null) {
    const cells: GridCell[] = [];
    for (const [cell, count] of counts.entries()) if (count > 0) cells.push([cell, count, 0, 0]);
    return { kind: 'numeric', grid: 'null-world', rows, missing: 0, nonFinite: 0, cells };
  }
  const byName: Record<string, number> = {};
  let distinct = 0;
  for (const [index, count] of counts.entries()) {
    if (count === 0) continue;
    byName[NAMES[index] ?? ''] = count;
    distinct += 1;
  }
  return { kind: 'categorical', rows, missing: 0, counts: byName, other: 0, distinct };
}

/** The same as it is frozen with a version: rare values folded. */
export function referenceOf(world: NullWorld, counts: readonly number[], minimumCount: number): ColumnProfile {
  return foldCategories(profileOf(world, counts), undefined, minimumCount);
}

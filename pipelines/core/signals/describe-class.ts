import { cellEdge } from '../profile/numeric-profile.ts';
import type { Binning } from '../schema/reference-profile.ts';
import type { Grid } from '../schema/window-profile.ts';
import { figure } from './phrase-figures.ts';

/** The class of a binning in words: "values from 200 to 340", the name of a category, or what was merged. `grid` is needed for numbers. */
export function describeClass(binning: Binning, positions: readonly number[], grid: Grid | undefined): string {
  const [position] = positions;
  if (position === undefined || positions.length > 1) return 'the rare classes together';
  return binning.kind === 'numeric' ? describeRange(binning.edges, position, grid) : describeCategory(binning.categories, position);
}

function describeRange(edges: readonly number[], position: number, grid: Grid | undefined): string {
  if (position > edges.length) return 'missing';
  if (grid === undefined || edges.length === 0) return `class ${position + 1} of ${edges.length + 1}`;
  // An edge is the last cell of its class, so the class ends where the next cell begins.
  const lower = edges[position - 1];
  const upper = edges[position];
  const from = lower === undefined ? null : figure(cellEdge(lower + 1, grid));
  const to = upper === undefined ? null : figure(cellEdge(upper + 1, grid));
  if (from === null) return `values below ${to}`;
  return to === null ? `values from ${from}` : `values from ${from} to ${to}`;
}

function describeCategory(categories: readonly string[], position: number): string {
  const category = categories[position];
  if (category !== undefined) return `"${category}"`;
  return ['other values', 'unseen values', 'missing values'][position - categories.length] ?? 'other values';
}

import type { FrozenClasses } from './frozen-classes.ts';

/** Values of one column of one side. NaN and null are missing; a time is seconds since the epoch. */
export type ComparedColumn =
  | { readonly kind: 'numeric'; readonly values: Float64Array }
  | { readonly kind: 'time'; readonly values: Float64Array }
  | { readonly kind: 'categorical'; readonly values: readonly (string | null)[] }
  | { readonly kind: 'text'; readonly values: readonly (string | null)[] }
  /** No row holds a value. */
  | { readonly kind: 'empty'; readonly rows: number };

/** One side of a comparison, in memory only. */
export interface ComparedTable {
  readonly name: string;
  readonly rows: number;
  /** Rows there are; more than `rows`: a sample was taken. */
  readonly of: number;
  readonly columns: Readonly<Record<string, ComparedColumn>>;
  /** Left out: the rows have no ids. */
  readonly ids?: readonly string[];
  /** What was found while reading, by column. */
  readonly notes: Readonly<Record<string, readonly string[]>>;
}

/** What is known of a column besides its values. */
export interface ColumnTerms {
  /** Why it never counts as drifted; null: it may. */
  readonly leftOut: string | null;
  /** Classes that a version froze; left out: they are learnt from the reference rows. */
  readonly frozen?: FrozenClasses;
  /** Values are counted, never named. */
  readonly isPersonal: boolean;
  /** Values of fewer rows on both sides count as `other`. */
  readonly fewestRows: number;
}

/** Rows of a column, with and without a value. */
export function rowsOf(column: ComparedColumn): number {
  return column.kind === 'empty' ? column.rows : column.values.length;
}

import type { QuarantineReason } from '../../core/schema/quarantine.ts';
import { quoteTexts } from './quote.ts';

/** Rows that were set aside, and the event time under which they are counted: null where nothing near them tells a time. */
export interface Problem {
  readonly reason: QuarantineReason;
  /** Seconds since the epoch. */
  readonly at: number | null;
  readonly rows: number;
}

/** A Parquet file that can be queried as it is: a file of the log, or its staged copy. */
export interface LogFile {
  readonly path: string;
  /** Changes when the file changes. */
  readonly key: string;
  readonly rows: number;
  /** Event time of its oldest and newest row, seconds since the epoch; infinite where rows have no time. */
  readonly first: number;
  readonly last: number;
  /** Select list that gives each field its name in queries. */
  readonly select: string;
  /** Smallest and largest value of whole-number columns, from the footer, by name in queries. */
  readonly integers: Readonly<Record<string, readonly [number, number]>>;
  /** Columns without a missing value, by the footer. */
  readonly complete: readonly string[];
  /** Text columns of a single value, by the footer. */
  readonly constants: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
  /** Families of the types that the file states, by name in queries; `absent` where it lacks the column. Left out where a format states none. */
  readonly types?: Readonly<Record<string, string>>;
}

/** A subquery over files, in the names that queries use. `order` adds `file_name` and `file_row`, which tell rows of equal time apart. */
export function relationOf(files: readonly LogFile[], order = false): string {
  const selects = [...new Set(files.map((file) => file.select))];
  const parts = selects.map((select) => {
    const paths = quoteTexts(files.filter((file) => file.select === select).map((file) => file.path));
    return order
      ? `SELECT ${select}, filename AS file_name, file_row_number AS file_row FROM read_parquet(${paths}, filename = true, file_row_number = true)`
      : `SELECT ${select} FROM read_parquet(${paths})`;
  });
  return `(${parts.join(' UNION ALL ')})`;
}

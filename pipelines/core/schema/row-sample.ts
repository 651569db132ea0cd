import type { RowTable } from './row-table.ts';

/**
 * A few rows of the reference range and of one window, with the labels that had arrived: for what counts cannot show (relations between columns, words, slices).
 * At most `monitoring.sampleRows` each, chosen by hash of id. In memory only. Scores of the reference are those that were logged then, maybe by an earlier version.
 */
export interface RowSample {
  readonly reference: RowTable;
  readonly window: RowTable;
}

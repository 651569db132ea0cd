/**
 * Rows of the prediction log, column by column, joined with their labels. In memory only: never stored, never shown.
 * All arrays have the same length. Built by the prediction-log port; not a zod noun because it never crosses a file.
 */
export interface RowTable {
  readonly ids: readonly string[];
  /** Event time, seconds since the epoch. */
  readonly timestamps: Float64Array;
  /** Numeric columns by name; NaN is missing. */
  readonly numeric: Readonly<Record<string, Float64Array>>;
  /** Categorical columns by name; null is missing. */
  readonly categorical: Readonly<Record<string, readonly (string | null)[]>>;
  /** Logged scores; NaN is missing. */
  readonly scores: Float64Array;
  /** Version that scored each row; null where the log does not say. */
  readonly versions: readonly (string | null)[];
  /** 1 positive, 0 negative, NaN where no label had arrived. */
  readonly labels: Float64Array;
}

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
  /** Text columns by name; null is missing. */
  readonly texts: Readonly<Record<string, readonly (string | null)[]>>;
  /** Logged scores; NaN is missing. Probability of the positive class, confidence in the called class, or the predicted value, by task. */
  readonly scores: Float64Array;
  /** Multiclass: the called class, as its place in `labels.classes` of the definition; NaN is missing, and everywhere for other tasks. */
  readonly predicted: Float64Array;
  /** Multiclass: logged probability of each class, by class; empty where the log has none. */
  readonly probabilities: Readonly<Record<string, Float64Array>>;
  /** Version that scored each row; null where the log does not say. */
  readonly versions: readonly (string | null)[];
  /** Binary: 1 positive, 0 negative. Multiclass: place in `labels.classes`. Regression: the true value. NaN where no label had arrived. */
  readonly labels: Float64Array;
}

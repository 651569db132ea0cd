/** What a model says of rows, one entry a row, in the form of the columns of `RowTable` that production logs. In memory only. */
export interface Predictions {
  /** Binary: probability of the positive class. Multiclass: probability of the called class. Regression: the predicted value. */
  readonly scores: Float64Array;
  /** Multiclass: the called class, as its place in the classes of the artifact; NaN everywhere for other tasks. */
  readonly predicted: Float64Array;
  /** Multiclass: probability of each class, by class; empty for other tasks. */
  readonly probabilities: Readonly<Record<string, Float64Array>>;
}

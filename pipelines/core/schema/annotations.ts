/** How several annotators labelled the same rows, as counts: no id and no name of an annotator leaves the log. Classes are numbers, as labels are in RowTable. */
export interface Annotations {
  readonly annotators: number;
  /** Rows by the labels that they were given, ascending, one an annotator. */
  readonly patterns: readonly { readonly labels: readonly number[]; readonly items: number }[];
  /** Where there are exactly two annotators: rows by the label of the one and of the other. */
  readonly pairs: readonly { readonly first: number; readonly second: number; readonly items: number }[] | null;
}

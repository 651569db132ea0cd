import type { Predictions } from '../../pipelines/core/schema/predictions.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';

/** What a world of two groups is made of: in the second group a score promises less, which the score does not know. */
export interface GroupsOf {
  readonly rows: number;
  /** Of rows that are of the second group. */
  readonly share: number;
  /** Above 0, high scores are more frequent: the inputs drift, what a score means does not. */
  readonly lean?: number;
  readonly name: string;
}

/** Rows with a carrier that is the group, a distance that hints at it, and a score that ignores both. */
export function groupRows({ rows, share, lean = 0, name }: GroupsOf, next: () => number): RowTable {
  const second = Array.from({ length: rows }, () => next() < share);
  const scores = Float64Array.from(second, () => next() ** (1 / (1 + lean)));
  const labels = scores.map((score, row) => Number(next() < (second[row] ? 0.5 + 0.3 * (score - 0.5) : score)));
  return {
    ids: second.map((_, row) => `${name}-${row}`),
    timestamps: new Float64Array(rows),
    numeric: { distance: Float64Array.from(second, (is) => (is ? 20 : 0) + 60 * next()) },
    categorical: { carrier: second.map((is) => (is ? 'new' : 'old')) },
    texts: {},
    scores,
    predicted: new Float64Array(rows).fill(Number.NaN),
    probabilities: {},
    versions: second.map(() => 'v1'),
    labels,
  };
}

export function answersOf({ scores, predicted, probabilities }: RowTable): Predictions {
  return { scores, predicted, probabilities };
}

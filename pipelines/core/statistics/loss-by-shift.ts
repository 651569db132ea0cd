/** One feature as cells, in both samples; the same cell means the same values. */
export interface ShiftProblem {
  /** Cell of each reference row. */
  readonly referenceCells: ArrayLike<number>;
  /** Loss of the model on each reference row: 1 for a wrong call, a log loss, an amount of money. */
  readonly losses: ArrayLike<number>;
  /** Cell of each current row. */
  readonly currentCells: ArrayLike<number>;
}

/** How the mean loss moves when only this feature's distribution moves. */
export interface ShiftedLoss {
  readonly lossChange: number;
  /** Share of the current rows in cells that the reference does not have: for them nothing is known. */
  readonly unknownShare: number;
}

/**
 * By how much the mean loss would change if only one feature took its current distribution, everything else by cell being as in the
 * reference.
 *
 * Direct standardisation: the sum over cells of (current share − reference share) · mean loss of the cell
 * (https://en.wikipedia.org/wiki/Age_adjustment). Needs labels of the reference only. Features that move together explain the same change
 * twice, so the figures of several features need not add up; a change of the relation between features and label is not seen at all. Rows
 * in unknown cells are given the mean loss. null without rows in a sample. O(rows).
 *
 * @example lossByShift({ referenceCells: [0, 0, 1, 1], losses: [0, 0, 1, 1], currentCells: [0, 1, 1, 1] })?.lossChange; // => 0.25
 */
export function lossByShift({ referenceCells, losses, currentCells }: ShiftProblem): ShiftedLoss | null {
  if (referenceCells.length === 0 || currentCells.length === 0) return null;
  const byCell = new Map<number, { rows: number; loss: number }>();
  let total = 0;
  for (let row = 0; row < referenceCells.length; row += 1) {
    const cell = referenceCells[row] ?? 0;
    const loss = losses[row] ?? 0;
    const before = byCell.get(cell) ?? { rows: 0, loss: 0 };
    byCell.set(cell, { rows: before.rows + 1, loss: before.loss + loss });
    total += loss;
  }
  const mean = total / referenceCells.length;
  let [expected, unknown] = [0, 0];
  for (let row = 0; row < currentCells.length; row += 1) {
    const cell = byCell.get(currentCells[row] ?? 0);
    expected += cell === undefined ? mean : cell.loss / cell.rows;
    unknown += cell === undefined ? 1 : 0;
  }
  return { lossChange: expected / currentCells.length - mean, unknownShare: unknown / currentCells.length };
}

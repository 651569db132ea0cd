/** One feature as classes, in both samples; the same place means the same class. */
export interface ShiftProblem {
  /** Rows of the reference by class. */
  readonly reference: readonly number[];
  /** Mean loss of the model by class on the reference: of wrong calls, squared errors, an amount of money. null: not known. */
  readonly losses: readonly (number | null)[];
  /** Rows of the current sample by class. */
  readonly current: readonly number[];
}

/** How the mean loss moves when only this feature's distribution moves. */
export interface ShiftedLoss {
  readonly lossChange: number;
  /** Share of the current rows in classes whose loss is not known. */
  readonly unknownShare: number;
}

/**
 * By how much the mean loss would change if only one feature took its current distribution, everything else by class being as in the
 * reference.
 *
 * Direct standardisation: the sum over classes of (current share − reference share) · mean loss of the class
 * (https://en.wikipedia.org/wiki/Age_adjustment). Needs labels of the reference only. Features that move together explain the same change
 * twice, so the figures of several features need not add up; a change of the relation between features and label is not seen at all. Rows
 * in classes of unknown loss are given the mean loss. null without rows in a sample. O(classes).
 *
 * @example lossByShift({ reference: [2, 2], losses: [0, 1], current: [1, 3] })?.lossChange; // => 0.25
 */
export function lossByShift({ reference, losses, current }: ShiftProblem): ShiftedLoss | null {
  let [known, loss, rows] = [0, 0, 0];
  for (const [place, each] of losses.entries()) {
    if (each === null) continue;
    known += reference[place] ?? 0;
    loss += (reference[place] ?? 0) * each;
  }
  for (const count of current) rows += count;
  if (known === 0 || rows === 0) return null;
  const mean = loss / known;
  let [change, unknown] = [0, 0];
  for (const [place, count] of current.entries()) {
    const each = losses[place] ?? null;
    if (each === null) unknown += count;
    else change += (count / rows) * (each - mean);
  }
  return { lossChange: change, unknownShare: unknown / rows };
}

/** One feature as classes, in both samples; the same place means the same class. */
export interface ShiftProblem {
  /** Rows of the reference by class. */
  readonly reference: readonly number[];
  /** Mean loss of the model by class on the reference: of wrong calls, squared errors, an amount of money. null: not known. */
  readonly losses: readonly (number | null)[];
  /** Rows of the current sample by class. */
  readonly current: readonly number[];
  /** How uncertain each mean loss is, by class; null: not known. Left out: of none. */
  readonly noise?: readonly (LossNoise | null)[] | undefined;
}

/** Chance in a mean loss: its standard error, and its third central moment (signed: rare large losses make it positive). */
export type LossNoise = readonly [standardError: number, thirdMoment: number];

/** How the mean loss moves when only this feature's distribution moves. */
export interface ShiftedLoss {
  readonly lossChange: number;
  /** Share of the current rows in classes whose loss is not known. */
  readonly unknownShare: number;
  /** Of the change, by the delta method; null where the noise of a class that counts is not known. */
  readonly standardError: number | null;
  /** Of the change; 0 where it has no error. */
  readonly skewness: number;
}

/**
 * By how much the mean loss would change if only one feature took its current distribution, everything else by class being as in the
 * reference, and how sure that is.
 *
 * Direct standardisation: the sum over classes of (current share − reference share) · mean loss of the class
 * (https://en.wikipedia.org/wiki/Age_adjustment). Needs labels of the reference only. Features that move together explain the same change
 * twice, so the figures of several features need not add up; a change of the relation between features and label is not seen at all. Rows
 * in classes of unknown loss are given the mean loss. null without rows in a sample. O(classes).
 *
 * Error by the delta method (https://en.wikipedia.org/wiki/Delta_method): Σ wₖ²·seₖ² of the class means, wₖ = the weight of class k in the change, plus the multinomial errors of the shares of
 * both samples. Means of different classes are taken to be independent, rows of a sample too.
 *
 * @example lossByShift({ reference: [2, 2], losses: [0, 1], current: [1, 3] })?.lossChange; // => 0.25
 */
export function lossByShift({ reference, losses, current, noise }: ShiftProblem): ShiftedLoss | null {
  const known = losses.flatMap((loss, place) =>
    loss === null ? [] : [{ loss, before: reference[place] ?? 0, now: current[place] ?? 0, noise: noise?.[place] ?? null }],
  );
  const before = known.reduce((sum, each) => sum + each.before, 0);
  const rows = current.reduce((sum, each) => sum + each, 0);
  if (before === 0 || rows === 0) return null;
  const mean = known.reduce((sum, each) => sum + each.before * each.loss, 0) / before;
  const covered = known.reduce((sum, each) => sum + each.now, 0) / rows;
  let [change, ofCurrent, ofReference] = [0, 0, 0];
  let [variance, third]: [number | null, number] = [0, 0];
  for (const { loss, before: old, now, noise: found } of known) {
    const weight = now / rows - covered * (old / before);
    change += (now / rows) * (loss - mean);
    ofCurrent += (now / rows) * (loss - mean) ** 2;
    ofReference += (old / before) * (loss - mean) ** 2;
    if (weight === 0 || variance === null) continue;
    variance = found === null ? null : variance + (weight * found[0]) ** 2;
    third += found === null ? 0 : weight ** 3 * found[1];
  }
  const unknownShare = 1 - covered;
  if (variance === null) return { lossChange: change, unknownShare, standardError: null, skewness: 0 };
  const whole = variance + Math.max(0, ofCurrent - change ** 2) / rows + (covered ** 2 * ofReference) / before;
  const standardError = Math.sqrt(whole);
  return { lossChange: change, unknownShare, standardError, skewness: standardError === 0 ? 0 : third / standardError ** 3 };
}

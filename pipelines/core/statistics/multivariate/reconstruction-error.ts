import { type MeanEstimate, weightedMoments } from '../intervals/weighted-moments.ts';
import { type FeatureTable, takeRows } from './feature-table.ts';
import { encodeNumerically, learnNumericEncoding, type NumericEncoding } from './numeric-encoding.ts';
import { type PrincipalComponents, principalComponents, reconstructionErrors } from './principal-components.ts';

const VARIANCE_SHARE = 0.65;

/** The relations between columns that a reference shows. */
export interface Reconstruction {
  readonly encoding: NumericEncoding;
  readonly components: PrincipalComponents;
}

/**
 * Learns the relations between the columns of a reference, so that rows which break them stand out, even when no single column drifts.
 *
 * Encoding of `learnNumericEncoding`, then `principalComponents` to 65 % of the variance, as in NannyML
 * (https://nannyml.readthedocs.io/en/stable/how_it_works/multivariate_drift.html). Linear relations only; one outlier of a numeric column
 * is not bounded: report it, do not let it alone raise an alarm. O(rows · columns²).
 */
export function learnReconstruction(reference: FeatureTable, varianceShare = VARIANCE_SHARE): Reconstruction {
  const encoding = learnNumericEncoding(reference);
  return { encoding, components: principalComponents(encodeNumerically(encoding, reference), varianceShare) };
}

/** Mean distance of rows from what the relations of the reference say, with its standard error (n − 1); null without rows. */
export function reconstructionError(learnt: Reconstruction, rows: FeatureTable): MeanEstimate | null {
  const errors = reconstructionErrors(learnt.components, encodeNumerically(learnt.encoding, rows));
  return weightedMoments(Array.from(errors, (value) => ({ value, weight: 1 })));
}

/**
 * The error of every chunk of a reference under relations learnt from the other chunks, for an honest threshold: a chunk never takes part
 * in what it is scored against. `chunks` is the number of the chunk of each row, 0 … K − 1. Feed the result to `nextValue`. O(K · rows ·
 * columns²).
 */
export function crossFittedErrors(reference: FeatureTable, chunks: ArrayLike<number>): number[] {
  const members: number[][] = [];
  for (let row = 0; row < reference.rows; row += 1) {
    const list = members[chunks[row] ?? 0];
    if (list === undefined) members[chunks[row] ?? 0] = [row];
    else list.push(row);
  }
  return members.map((own, chunk) => {
    const others = members.flatMap((rows, index) => (index === chunk ? [] : rows));
    return reconstructionError(learnReconstruction(takeRows(reference, others)), takeRows(reference, own))?.mean ?? Number.NaN;
  });
}

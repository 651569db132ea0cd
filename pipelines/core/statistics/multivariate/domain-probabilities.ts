import { foldsOf } from '../estimation/cross-fitted-area.ts';
import type { DomainProbabilities } from '../estimation/importance-weights.ts';
import { learnPairedCells } from '../metrics/paired-cells.ts';
import type { HashedTable } from './domain-classifier.ts';
import { featureCells } from './feature-cells.ts';
import { stackTables } from './feature-table.ts';

const FOLDS = 5;
const LEAST_PER_FOLD = 10;
const DIGITS = 6;

/**
 * How probably each row is one of the current sample and not of the reference, by the classifier of `domainClassifier` out of fold: what `importanceWeights`
 * makes density ratios of. Six digits, so that the last bit of a logarithm changes no sum that is stored. null when a fold has fewer than ten rows of a sample.
 * O(rows · (features + 45) · some 100).
 */
export function domainProbabilities(reference: HashedTable, current: HashedTable): DomainProbabilities | null {
  const before = reference.table.rows;
  const features = featureCells(stackTables(reference.table, current.table));
  const labels = Uint8Array.from({ length: before + current.table.rows }, (_, row) => (row < before ? 0 : 1));
  const folds = foldsOf([...Array.from(reference.hashes), ...Array.from(current.hashes)], FOLDS);
  const found = new Float64Array(labels.length);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const rows = Array.from(labels.keys()).filter((row) => folds[row] === fold);
    const ofCurrent = rows.filter((row) => labels[row] === 1).length;
    if (Math.min(ofCurrent, rows.length - ofCurrent) < LEAST_PER_FOLD) return null;
    const score = learnPairedCells(
      features,
      labels,
      Uint32Array.from(labels.keys()).filter((row) => folds[row] !== fold),
    );
    for (const row of rows) found[row] = Number((1 / (1 + Math.exp(-score(row)))).toPrecision(DIGITS));
  }
  return { reference: found.subarray(0, before), window: found.subarray(before) };
}

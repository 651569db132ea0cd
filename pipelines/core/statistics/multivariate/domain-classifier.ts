import { seededRandom } from '../distributions/seeded-random.ts';
import { crossFittedArea, foldsOf } from '../estimation/cross-fitted-area.ts';
import type { Bounds } from '../intervals/bounds.ts';
import { learnPairedCells } from '../metrics/paired-cells.ts';
import { featureCells } from './feature-cells.ts';
import { type FeatureTable, stackTables } from './feature-table.ts';
import { permutationImportance } from './permutation-importance.ts';

const FOLDS = 5;

/** A sample with a number per row by which its folds are chosen: rows that belong together (one customer, one visit) share it. */
export interface HashedTable {
  readonly table: FeatureTable;
  readonly hashes: ArrayLike<number>;
}

/** Whether a classifier tells the current rows from the reference, and by which features. */
export interface DomainDrift {
  /** Area under the ROC curve out of fold: 0.5 without drift. */
  readonly area: number;
  readonly interval: Bounds;
  /** One-sided, exact without drift for independent rows. */
  readonly pValue: number;
  /** Standard normal without drift; the p value is its upper tail. */
  readonly statistic: number;
  /** By feature, numeric ones first: how much the area falls when the feature is shuffled. Worked out when asked for, the same each time: many need the area alone. */
  readonly importance: () => readonly number[];
}

/**
 * Domain classifier on a table: drift of single features and of pairs of features as one number.
 *
 * Logistic regression on the cells of every feature and on pairs of cells of ten features (`learnPairedCells`), five folds by hash; area
 * and p value of `crossFittedArea`; importance of `permutationImportance`. Bounded: no outlier can move it. Keep to some 5,000 rows a
 * sample: without drift more rows only cost time. null when a fold has too few rows of a sample. O(rows · (features + 45) · some 300).
 */
export function domainClassifier(reference: HashedTable, current: HashedTable): DomainDrift | null {
  const features = featureCells(stackTables(reference.table, current.table));
  const labels = Uint8Array.from({ length: reference.table.rows + current.table.rows }, (_, row) => (row < reference.table.rows ? 0 : 1));
  const folds = foldsOf([...Array.from(reference.hashes), ...Array.from(current.hashes)], FOLDS);
  const found = crossFittedArea({ labels, folds, learn: (train) => learnPairedCells(features, labels, train) });
  if (found === null) return null;
  const importance = () => permutationImportance(found.folds, labels, { features: features.length, random: seededRandom(labels.length) });
  const { area, interval, pValue, statistic } = found;
  return { area, interval, pValue, statistic, importance };
}

import { jensenShannonDistance } from '../../../pipelines/core/statistics/distances/jensen-shannon.ts';
import { shares } from '../../../pipelines/core/statistics/distances/shares.ts';
import { chiSquareUpperTail } from '../../../pipelines/core/statistics/distributions/chi-square-upper-tail.ts';
import { normalUpperTail } from '../../../pipelines/core/statistics/distributions/normal-upper-tail.ts';
import { binEdges, histogram } from './numpy-bins.ts';

const LEVEL = 0.05;
const DISTANCE = 0.1;
const SMALL_REFERENCE = 1000;
const DRIFTED_SHARE = 0.5;

/** Evidently's chi-square: the current counts against the reference's shares as if they were known (goodness of fit). */
export function evidentlyChiSquare(reference: readonly number[], current: readonly number[]): { statistic: number; pValue: number } {
  const rows = current.reduce((sum, count) => sum + count, 0);
  const expected = shares(reference).map((share) => share * rows);
  const used = expected.flatMap((count, index) => (count > 0 || (current[index] ?? 0) > 0 ? [index] : []));
  const statistic = used.reduce((sum, index) => sum + ((current[index] ?? 0) - (expected[index] ?? 0)) ** 2 / (expected[index] ?? 0), 0);
  if (!Number.isFinite(statistic)) return { statistic, pValue: 0 };
  return { statistic, pValue: used.length < 2 ? 1 : chiSquareUpperTail(statistic, used.length - 1) };
}

/** p value of Evidently's G test, which holds the raw counts of the reference for expected ones: meant for equal sizes only. */
export function evidentlyGTest(reference: readonly number[], current: readonly number[]): number {
  const statistic = current.reduce(
    (sum, count, index) => (count > 0 ? sum + 2 * count * Math.log(count / (reference[index] ?? 0)) : sum),
    0,
  );
  return chiSquareUpperTail(Math.max(0, statistic), reference.length - 1);
}

/** Counts by class, parallel for both samples. */
export interface ClassCounts {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Evidently bins a number on both samples together, by Sturges. */
export function evidentlyBins(reference: readonly number[], current: readonly number[]): ClassCounts {
  const edges = binEdges([...reference, ...current], 'sturges');
  return { reference: histogram(reference, edges), current: histogram(current, edges) };
}

/** Jensen-Shannon distance with natural logarithms, as Evidently takes it. */
export function evidentlyJensenShannon({ reference, current }: ClassCounts): number {
  return jensenShannonDistance(reference, current) * Math.sqrt(Math.LN2);
}

/** Whether Evidently's default calls a categorical column drifted (`_get_default_stattest` of 0.7.21). */
export function evidentlyCategoryDrifts({ reference, current }: ClassCounts): boolean {
  const rows = reference.reduce((sum, count) => sum + count, 0);
  if (rows > SMALL_REFERENCE) return evidentlyJensenShannon({ reference, current }) >= DISTANCE;
  const values = reference.filter((count, index) => count + (current[index] ?? 0) > 0).length;
  if (values <= 2) return proportionsDiffer({ reference, current });
  return evidentlyChiSquare(reference, current).pValue < LEVEL;
}

/** Evidently alarms for the data set when half of the columns have drifted. */
export function evidentlyDatasetDrifts(drifted: readonly boolean[]): boolean {
  return drifted.filter(Boolean).length >= DRIFTED_SHARE * drifted.length;
}

function proportionsDiffer({ reference, current }: ClassCounts): boolean {
  const [n, m] = [reference, current].map((counts) => counts.reduce((sum, count) => sum + count, 0)) as [number, number];
  const [p, q] = [(reference[0] ?? 0) / n, (current[0] ?? 0) / m];
  const pooled = (p * n + q * m) / (n + m);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  return spread > 0 && 2 * normalUpperTail(Math.abs(p - q) / spread) < LEVEL;
}

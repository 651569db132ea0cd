import type { MetricName } from '../schema/metric.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { EstimatedMetric } from '../statistics/estimation/estimated-classification.ts';
import { estimateRSquared } from '../statistics/estimation/estimated-r-squared.ts';
import { estimateRegression } from '../statistics/estimation/estimated-regression.ts';
import type { RegressionMetric } from '../statistics/metrics/realised-regression.ts';
import { lossFeatures } from './loss-features.ts';

const NAMES: Partial<Record<RegressionMetric, MetricName>> = { mae: 'meanAbsoluteError', rmse: 'rootMeanSquaredError' };

/**
 * The mean absolute error, the root mean squared error and the R² that the answers of a regression probably have on rows without labels, by the loss model of its
 * reference; empty where the reference has none. Rows without an answer are left out. O(rows · trees).
 */
export function estimateLosses(
  { lossModel, binnings, grids }: Pick<ReferenceProfile, 'lossModel' | 'binnings' | 'grids'>,
  rows: RowTable,
  positions: readonly number[],
): EstimatedMetric<MetricName>[] {
  if (lossModel === undefined) return [];
  const { columns, losses } = lossModel;
  const features = lossFeatures({ binnings, grids }, { columns, rows, scores: rows.scores, positions });
  const estimates = losses.flatMap((model) => estimateRegression(model.loss, model, features));
  const named = estimates.flatMap((estimate) => {
    const metric = NAMES[estimate.metric];
    return metric === undefined ? [] : [{ ...estimate, metric }];
  });
  const meanSquare = estimates.find(({ metric }) => metric === 'mse');
  const answers = Float64Array.from(positions, (row) => rows.scores[row] ?? Number.NaN);
  return meanSquare === undefined ? named : [...named, estimateRSquared(meanSquare, answers)];
}

import type { EstimatedMetric } from './estimated-classification.ts';

/**
 * R² that unlabelled rows will probably give, from the answers of a regression and the mean square that its errors are expected to have.
 *
 * In words: where answers are right on average at every level, labels vary as much as answers and errors together, so R² = variance of the answers /
 * (that variance + expected mean square). Errors by the delta method: those of the expected mean square, and the chance that answers and errors go together
 * in n rows, √(variance · mean square / n). Assumes, beyond what `estimateRegression` assumes, that no answer is too high or too low for rows like it. null
 * where answers do not vary. O(rows).
 *
 * @example estimateRSquared({ value: 1, labelNoise: 0, mapNoise: 0 }, Float64Array.of(-3, -1, 1, 3)).value; // => 0.8333333333333334
 */
export function estimateRSquared(
  meanSquare: Pick<EstimatedMetric<string>, 'value' | 'labelNoise' | 'mapNoise'>,
  answers: Float64Array,
): EstimatedMetric<'rSquared'> {
  const none = (why: string) => ({ metric: 'rSquared' as const, value: null, labelNoise: null, mapNoise: null, standardError: null, why });
  const { value: errors, labelNoise, mapNoise } = meanSquare;
  if (errors === null || labelNoise === null || mapNoise === null) return none('No error is expected of these rows.');
  const rows = answers.length;
  const mean = answers.reduce((sum, each) => sum + each, 0) / rows;
  const variance = answers.reduce((sum, each) => sum + (each - mean) ** 2, 0) / rows;
  if (!(variance > 0)) return none('The answers do not vary, so nothing of the labels can be explained.');
  const total = variance + errors;
  const slope = variance / total ** 2;
  const together = ((2 * errors) / total ** 2) * Math.sqrt((variance * errors) / rows);
  const [label, map] = [Math.hypot(slope * labelNoise, together), slope * mapNoise];
  return {
    metric: 'rSquared',
    value: variance / total,
    labelNoise: label,
    mapNoise: map,
    standardError: Math.hypot(label, map),
    why: null,
  };
}

import { type ConfusionMatrix, cubeConfusion, valueOfRows } from '../profile/cube-threshold-metrics.ts';
import type { BusinessReport } from '../schema/business-report.ts';
import type { BusinessValue } from '../schema/business-value.ts';
import type { LabelCube } from '../schema/label-cube.ts';
import { phraseQuantity } from '../schema/phrase-number.ts';
import { type Cluster, clusterRatio } from '../statistics/intervals/cluster-ratio.ts';

/** Fewer windows than this do not tell how much windows differ. */
const FEWEST_WINDOWS = 5;

/**
 * What a prediction is worth over several windows, with an interval that draws whole windows and not rows: rows of one day share its weather,
 * its campaign, its staff. null without labelled rows.
 */
export function pooledValue(cubes: readonly LabelCube[], worth: BusinessValue): NonNullable<BusinessReport['pooled']> | null {
  const pooled = clusterRatio(clustersOf(cubes, worth), { fewest: FEWEST_WINDOWS });
  const filled = cubes.filter(({ labelled }) => labelled > 0).sort((a, b) => (a.window.start < b.window.start ? -1 : 1));
  const [first, last] = [filled[0], filled.at(-1)];
  if (pooled === null || first === undefined || last === undefined) return null;
  const labelled = filled.reduce((sum, cube) => sum + cube.labelled, 0);
  return {
    range: { start: first.window.start, end: last.window.end },
    windows: pooled.clusters,
    labelled,
    perPrediction: pooled.value,
    interval: pooled.interval,
    why:
      pooled.interval === null
        ? `${phraseQuantity(pooled.clusters, 'labelled window')}; ${FEWEST_WINDOWS} are needed to tell how much windows differ.`
        : `Whole windows are drawn, not rows: ${phraseQuantity(pooled.clusters, 'window')} with ${phraseQuantity(labelled, 'labelled row')}.`,
  };
}

/** How much wider than independent rows say. */
export interface WindowEffect {
  /** Variance of a mean over windows that are drawn whole, as a multiple of what independent rows give; at least 1. */
  readonly designEffect: number;
  readonly windows: number;
}

/** The design effect (Kish 1965, Survey Sampling, section 5.4) of windows on the value of a prediction; null where too few windows tell, or rows do not differ. */
export function windowEffect(cubes: readonly LabelCube[], worth: BusinessValue): WindowEffect | null {
  const pooled = clusterRatio(clustersOf(cubes, worth), { fewest: FEWEST_WINDOWS });
  const matrices = cubes.map((cube) => cubeConfusion(cube, worth.threshold));
  const sum = (of: (matrix: ConfusionMatrix) => number) => matrices.reduce((total, matrix) => total + of(matrix), 0);
  const all: ConfusionMatrix = {
    truePositive: sum((matrix) => matrix.truePositive),
    falsePositive: sum((matrix) => matrix.falsePositive),
    falseNegative: sum((matrix) => matrix.falseNegative),
    trueNegative: sum((matrix) => matrix.trueNegative),
  };
  const ofRows = valueOfRows(all, worth)?.standardError ?? null;
  if (pooled?.standardError == null || ofRows === null || ofRows === 0) return null;
  return { designEffect: Math.max(1, (pooled.standardError / ofRows) ** 2), windows: pooled.clusters };
}

function clustersOf(cubes: readonly LabelCube[], worth: BusinessValue): Cluster[] {
  const windows = new Map<string, Cluster>();
  for (const cube of cubes) {
    const { sum, rows } = windows.get(cube.window.start) ?? { sum: 0, rows: 0 };
    windows.set(cube.window.start, { sum: sum + worthOf(cube, worth), rows: rows + cube.labelled });
  }
  return [...windows.values()];
}

function worthOf(cube: LabelCube, worth: BusinessValue): number {
  return (valueOfRows(cubeConfusion(cube, worth.threshold), worth)?.mean ?? 0) * cube.labelled;
}

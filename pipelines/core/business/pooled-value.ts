import { cubeConfusion } from '../profile/cube-threshold-metrics.ts';
import type { BusinessReport } from '../schema/business-report.ts';
import type { LabelCube } from '../schema/label-cube.ts';
import type { BusinessValue } from '../schema/model-definition.ts';
import { type Cluster, clusterRatio } from '../statistics/cluster-ratio.ts';

/** Fewer windows than this do not tell how much windows differ. */
const FEWEST_WINDOWS = 5;

/**
 * What a prediction is worth over several windows, with an interval that draws whole windows and not rows: rows of one day share its weather,
 * its campaign, its staff. null without labelled rows.
 */
export function pooledValue(cubes: readonly LabelCube[], worth: BusinessValue): NonNullable<BusinessReport['pooled']> | null {
  const windows = new Map<string, Cluster>();
  for (const cube of cubes) {
    const { sum, rows } = windows.get(cube.window.start) ?? { sum: 0, rows: 0 };
    windows.set(cube.window.start, { sum: sum + worthOf(cube, worth), rows: rows + cube.labelled });
  }
  const pooled = clusterRatio([...windows.values()], { fewest: FEWEST_WINDOWS });
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
        ? `${pooled.clusters} labelled windows; ${FEWEST_WINDOWS} are needed to tell how much windows differ.`
        : `Whole windows are drawn, not rows: ${pooled.clusters} windows with ${labelled} labelled rows.`,
  };
}

function worthOf(cube: LabelCube, worth: BusinessValue): number {
  const { truePositive, falsePositive, falseNegative, trueNegative } = cubeConfusion(cube, worth.threshold);
  return (
    truePositive * worth.truePositive +
    falsePositive * worth.falsePositive +
    falseNegative * worth.falseNegative +
    trueNegative * worth.trueNegative
  );
}

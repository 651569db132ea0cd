import type { LabelCube } from '../schema/label-cube.ts';
import { normalInterval } from '../statistics/intervals/normal-interval.ts';
import { averagePrecisionInterval } from '../statistics/metrics/average-precision-interval.ts';
import { deLong } from '../statistics/metrics/delong.ts';
import type { BareMetric } from './bare-metric.ts';

/** ROC AUC of a cube with DeLong's interval; scores of one cell are ties. */
export function cubeRocAuc(cube: LabelCube): BareMetric {
  const base = { metric: 'rocAuc' as const, method: 'Mann-Whitney on 4096 score cells, DeLong interval' };
  const area = deLong({ negatives: cube.cells.map((cell) => cell[1]), positives: cube.cells.map((cell) => cell[2]) });
  if (area === null) return { ...base, value: null, interval: null, why: missingClass(cube) };
  const { area: value, standardError } = area;
  const interval = standardError === null ? null : normalInterval({ value, standardError, minimum: 0, maximum: 1 });
  return { ...base, value, interval, why: null };
}

function missingClass(cube: LabelCube): string {
  if (cube.labelled === 0) return 'There is no labelled row.';
  return `All ${cube.labelled} labelled rows are ${cube.positives === 0 ? 'negative' : 'positive'}: ranking needs both classes.`;
}

/**
 * Average precision of a cube with its interval on the logit scale; scores of one cell are ties. Each cell stands as two groups of one score, its negatives
 * and its positives.
 */
export function cubeAveragePrecision({ cells, labelled }: LabelCube): BareMetric {
  const base = {
    metric: 'averagePrecision' as const,
    method: 'Precision over recall steps on 4096 score cells, delta-method interval on the logit scale',
  };
  const groups = cells.flatMap(([cell, no, yes]) => [
    { cell, rows: no, label: 0 },
    { cell, rows: yes, label: 1 },
  ]);
  const found = averagePrecisionInterval({
    scores: Float64Array.from(groups, ({ cell }) => cell),
    rows: Float64Array.from(groups, ({ rows }) => rows),
    labels: Float64Array.from(groups, ({ label }) => label),
  });
  if (found === null)
    return { ...base, value: null, interval: null, why: labelled === 0 ? 'There is no labelled row.' : 'No labelled row is positive.' };
  return { ...base, ...found, why: null };
}

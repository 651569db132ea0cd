import type { BusinessValue } from '../schema/business-value.ts';
import type { LabelCube } from '../schema/label-cube.ts';
import type { MetricName } from '../schema/metric.ts';
import { normalInterval } from '../statistics/intervals/normal-interval.ts';
import { type MeanEstimate, weightedMoments } from '../statistics/intervals/weighted-moments.ts';
import { wilsonInterval } from '../statistics/intervals/wilson-interval.ts';
import type { BareMetric } from './bare-metric.ts';
import { LABEL_CELLS } from './label-cube.ts';

const DEFAULT_THRESHOLD = 0.5;

/** Labelled rows by outcome of the call at a threshold. */
export interface ConfusionMatrix {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

/** Confusion matrix of a cube, called positive from the cell edge nearest to the threshold; off by at most half a cell (1/8192). */
export function cubeConfusion(cube: LabelCube, threshold: number): ConfusionMatrix {
  const firstPositiveCell = Math.round(threshold * LABEL_CELLS);
  let truePositive = 0;
  let falsePositive = 0;
  for (const [cell, negatives, positives] of cube.cells) {
    if (cell < firstPositiveCell) continue;
    truePositive += positives;
    falsePositive += negatives;
  }
  const falseNegative = cube.positives - truePositive;
  return { truePositive, falsePositive, falseNegative, trueNegative: cube.labelled - cube.positives - falsePositive };
}

/** Accuracy, precision, recall, specificity (Wilson), F1 (delta method) and value per prediction (mean over rows), at one threshold. */
export function cubeThresholdMetrics(cube: LabelCube, businessValue?: BusinessValue): BareMetric[] {
  const threshold = businessValue?.threshold ?? DEFAULT_THRESHOLD;
  const edge = Math.round(threshold * LABEL_CELLS) / LABEL_CELLS;
  const at = edge === threshold ? `at threshold ${threshold}` : `at threshold ${threshold}, cut at the cell edge ${edge.toFixed(5)}`;
  const matrix = cubeConfusion(cube, threshold);
  const { truePositive, falsePositive, falseNegative, trueNegative } = matrix;
  const share = (metric: MetricName, part: number, whole: number, why: string) => proportion({ metric, part, whole, why, at });
  const metrics = [
    share('accuracy', truePositive + trueNegative, cube.labelled, 'There is no labelled row.'),
    share('precision', truePositive, truePositive + falsePositive, 'No labelled row was called positive.'),
    share('specificity', trueNegative, trueNegative + falsePositive, 'No labelled row is negative.'),
    share('recall', truePositive, truePositive + falseNegative, 'No labelled row is positive.'),
    f1(matrix, at),
  ];
  return businessValue === undefined ? metrics : [...metrics, valuePerPrediction(matrix, businessValue, at)];
}

interface Proportion {
  readonly metric: MetricName;
  readonly part: number;
  readonly whole: number;
  readonly why: string;
  readonly at: string;
}

function proportion({ metric, part, whole, why, at }: Proportion): BareMetric {
  const method = `Share of rows ${at}, Wilson interval`;
  if (whole === 0) return { metric, value: null, interval: null, method, why };
  return { metric, value: part / whole, interval: wilsonInterval(part, whole), method, why: null };
}

/** F1 = 2TP / (2TP + FP + FN). A model that calls no positive while there are some scores 0: a figure, not a gap. */
function f1(matrix: ConfusionMatrix, at: string): BareMetric {
  const base = { metric: 'f1' as const, method: `2TP / (2TP + FP + FN) ${at}, delta-method interval` };
  const { truePositive: hit, falsePositive, falseNegative, trueNegative } = matrix;
  const errors = falsePositive + falseNegative;
  const rows = hit + errors + trueNegative;
  if (hit + errors === 0) {
    const why = rows === 0 ? 'There is no labelled row.' : 'No labelled row is positive and none was called so.';
    return { ...base, value: null, interval: null, why };
  }
  const denominator = (2 * hit + errors) / rows;
  const numerator = (2 * hit) / rows;
  // Influence of one row on the ratio: of a hit, of an error, of a correct rejection.
  const ofHit = 2 / denominator - (2 * numerator) / denominator ** 2;
  const ofError = -numerator / denominator ** 2;
  const influence = weightedMoments([
    { value: ofHit, weight: hit },
    { value: ofError, weight: errors },
    { value: 0, weight: trueNegative },
  ]);
  const value = numerator / denominator;
  const standardError = influence?.standardError ?? null;
  const interval = standardError === null ? null : normalInterval({ value, standardError, minimum: 0, maximum: 1 });
  return { ...base, value, interval, why: null };
}

function valuePerPrediction(matrix: ConfusionMatrix, worth: BusinessValue, at: string): BareMetric {
  const base = {
    metric: 'valuePerPrediction' as const,
    method: `Mean value of a labelled row in ${worth.currency} ${at}, normal interval of the mean`,
  };
  const mean = valueOfRows(matrix, worth);
  if (mean === null) return { ...base, value: null, interval: null, why: 'There is no labelled row.' };
  const { mean: value, standardError } = mean;
  return { ...base, value, interval: standardError === null ? null : normalInterval({ value, standardError }), why: null };
}

/** Mean value of a labelled row; null without rows. */
export function valueOfRows(matrix: ConfusionMatrix, worth: BusinessValue): MeanEstimate | null {
  return weightedMoments([
    { value: worth.truePositive, weight: matrix.truePositive },
    { value: worth.falsePositive, weight: matrix.falsePositive },
    { value: worth.falseNegative, weight: matrix.falseNegative },
    { value: worth.trueNegative, weight: matrix.trueNegative },
  ]);
}

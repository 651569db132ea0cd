import type { LabelCell, LabelCube } from '../schema/label-cube.ts';
import type { MetricName } from '../schema/metric.ts';
import { normalInterval } from '../statistics/intervals/normal-interval.ts';
import { weightedMoments } from '../statistics/intervals/weighted-moments.ts';
import type { BareMetric } from './bare-metric.ts';

const CALIBRATION_CLASSES = 10;
const SMALLEST_PROBABILITY = 1e-15;

/** Log loss, Brier score and expected calibration error of a cube. The sums are exact; spreads take each row at the mean score of its cell. */
export function cubeProbabilityMetrics(cube: LabelCube): BareMetric[] {
  return [
    meanLoss({ cube, metric: 'logLoss', value: cube.logLossSum / cube.labelled, loss: logLoss }),
    meanLoss({ cube, metric: 'brier', value: brierSum(cube) / cube.labelled, loss: squaredError }),
    calibrationError(cube),
  ];
}

interface MeanLoss {
  readonly cube: LabelCube;
  readonly metric: MetricName;
  readonly value: number;
  readonly loss: (score: number, label: 0 | 1) => number;
}

function meanLoss({ cube, metric, value, loss }: MeanLoss): BareMetric {
  const method = 'Mean over rows, normal interval with the spread between score cells';
  const moments = weightedMoments(
    cube.cells.flatMap((cell) => [
      { value: loss(meanScore(cell), 0), weight: cell[1] },
      { value: loss(meanScore(cell), 1), weight: cell[2] },
    ]),
  );
  if (moments === null) return { metric, value: null, interval: null, method, why: 'There is no labelled row.' };
  const { standardError } = moments;
  return {
    metric,
    value,
    interval: standardError === null ? null : normalInterval({ value, standardError, minimum: 0 }),
    method,
    why: null,
  };
}

function meanScore([, negatives, positives, sum]: LabelCell): number {
  return Math.min(1, Math.max(0, sum / (negatives + positives)));
}

function logLoss(score: number, label: 0 | 1): number {
  return -Math.log(Math.max(SMALLEST_PROBABILITY, label === 1 ? score : 1 - score));
}

function squaredError(score: number, label: 0 | 1): number {
  return (score - label) ** 2;
}

/** Sum of (score − label)²: exact but for the positives' share of a cell's sum of scores, which is taken in proportion. */
function brierSum(cube: LabelCube): number {
  return cube.cells.reduce((total, cell) => total + cell[4] + cell[2] * (1 - 2 * meanScore(cell)), 0);
}

/**
 * Mean over ten classes of equal size of |mean score − share of positives|, weighted by rows (Naeini, Cooper, Hauskrecht 2015,
 * https://doi.org/10.1609/aaai.v29i1.9602). Cells are not split, so classes are equal up to one cell. No interval: the figure is biased
 * upwards by about the noise of one class.
 */
function calibrationError(cube: LabelCube): BareMetric {
  const base = { metric: 'expectedCalibrationError' as const, interval: null, method: 'Ten classes of equal size; no interval' };
  if (cube.labelled === 0) return { ...base, value: null, why: 'There is no labelled row.' };
  let classRows = 0;
  let gap = 0;
  let seen = 0;
  let weightedGaps = 0;
  for (const [, negatives, positives, sum] of cube.cells) {
    classRows += negatives + positives;
    seen += negatives + positives;
    gap += sum - positives;
    const filled = Math.floor((seen * CALIBRATION_CLASSES) / cube.labelled);
    const before = Math.floor(((seen - classRows) * CALIBRATION_CLASSES) / cube.labelled);
    if (filled === before) continue;
    weightedGaps += Math.abs(gap);
    classRows = 0;
    gap = 0;
  }
  return { ...base, value: (weightedGaps + Math.abs(gap)) / cube.labelled, why: null };
}

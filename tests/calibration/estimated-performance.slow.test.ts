import { describe, expect, test } from 'vitest';
import { calibrateCube } from '../../pipelines/core/profile/calibrate-cube.ts';
import { estimateFromCounts } from '../../pipelines/core/profile/estimate-from-counts.ts';
import { cubeOf } from '../../pipelines/core/profile/label-cube.ts';
import { SCORE_GRID } from '../../pipelines/core/profile/learn-grid.ts';
import { numericProfile } from '../../pipelines/core/profile/numeric-profile.ts';
import { bandCoverage, type EstimatedAndRealised } from '../../pipelines/core/statistics/estimation/band-coverage.ts';
import { normalInterval } from '../../pipelines/core/statistics/intervals/normal-interval.ts';
import { realisedClassification } from '../../pipelines/core/statistics/metrics/realised-classification.ts';
import { uniform } from '../fakes/watched-world.ts';

const WINDOW = { start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z' };
const REFERENCES = 400;
const WINDOWS_EACH = 5;
const WORTH = {
  threshold: 0.55,
  truePositive: 50,
  falsePositive: -10,
  falseNegative: -50,
  trueNegative: 5,
  currency: 'EUR',
  assumption: '',
  assumedOn: '2026-01-01',
  owner: '',
};
const METRICS = [
  'rocAuc',
  'averagePrecision',
  'accuracy',
  'f1',
  'precision',
  'recall',
  'specificity',
  'valuePerPrediction',
  'logLoss',
  'brier',
];

interface Setting {
  readonly name: string;
  readonly reference: number;
  readonly window: number;
  /** How far the inputs of the windows have moved: the scores drift, what they mean does not. */
  readonly shift: number;
  /** Mean of the log odds: 0 gives even classes. */
  readonly odds: number;
  /** Slope of the score's log odds in the true ones: 1 is calibrated. */
  readonly steepness: number;
  readonly offset: number;
}

/** Rows with true log odds normal(odds + shift, 1.5) and a score that bends them, on a stream of its own. */
function drawing({ odds, steepness, offset }: Setting, next: () => number) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return (rows: number, shift: number) => {
    const truth = new Float64Array(rows);
    for (let row = 0; row < rows; row += 1) truth[row] = odds + shift + 1.5 * normal();
    const [scores, labels] = [new Float64Array(rows), new Float64Array(rows)];
    for (let row = 0; row < rows; row += 1) {
      const x = truth[row] ?? Number.NaN;
      scores[row] = logistic(steepness * x + offset);
      labels[row] = next() < logistic(x) ? 1 : 0;
    }
    return { scores, labels };
  };
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function coverages(setting: Setting): Map<string, { pairs: EstimatedAndRealised[]; error: number; bias: number }> {
  const draw = drawing(setting, uniform(setting.reference + setting.window + 7 * setting.odds + setting.shift));
  const found = new Map(METRICS.map((metric) => [metric, { pairs: [] as EstimatedAndRealised[], error: 0, bias: 0 }]));
  for (let reference = 0; reference < REFERENCES; reference += 1) {
    const calibration = calibrateCube(cubeOf({ ...draw(setting.reference, 0), window: WINDOW, modelVersion: null }));
    if (calibration === null) continue;
    for (let repeat = 0; repeat < WINDOWS_EACH; repeat += 1) {
      const rows = draw(setting.window, setting.shift);
      const estimates = estimateFromCounts({ calibration, scores: numericProfile(rows.scores, SCORE_GRID), businessValue: WORTH });
      const realised = realisedClassification(
        { ...rows, called: Uint8Array.from(rows.scores, (score) => Number(score >= WORTH.threshold)) },
        WORTH,
      );
      for (const { metric, value, standardError } of estimates.metrics) {
        const actual = realised.find((each) => each.metric === metric)?.value ?? null;
        const tally = found.get(metric);
        if (tally === undefined || value === null || standardError === null || actual === null) continue;
        tally.pairs.push({ ...normalInterval({ value, standardError }), realised: actual });
        tally.error += standardError;
        tally.bias += actual - value;
      }
    }
  }
  return found;
}

const even = { odds: 0, steepness: 0.6, offset: 0.4 };
const rare = { odds: -3.5, steepness: 0.6, offset: 0.4 };
const settings: readonly Setting[] = [
  { name: 'even classes', reference: 1000, window: 200, shift: 0, ...even },
  { name: 'even classes', reference: 2000, window: 1000, shift: 0, ...even },
  { name: 'even classes, inputs moved', reference: 5000, window: 500, shift: 0.7, ...even },
  { name: 'even classes, inputs moved, window as large as the reference', reference: 5000, window: 5000, shift: 0.7, ...even },
  { name: 'even classes', reference: 20_000, window: 2000, shift: 0, ...even },
  { name: 'calibrated scores', reference: 3000, window: 1000, shift: 0.7, odds: 0, steepness: 1, offset: 0 },
  { name: 'nearly calibrated scores', reference: 3000, window: 1000, shift: 0.7, odds: 0, steepness: 0.9, offset: 0.1 },
  { name: 'rare positives', reference: 5000, window: 2000, shift: 0, ...rare },
  { name: 'rare positives, inputs moved', reference: 20_000, window: 1000, shift: 0.7, ...rare },
];

describe('bands of performance estimated from counts, without concept drift', () => {
  test.each(settings)('$name: reference $reference, window $window', (setting) => {
    const found = coverages(setting);

    for (const [metric, { pairs, bias, error }] of found) {
      const { bands, share, interval } = bandCoverage(pairs);
      console.log(
        `${setting.name} ${setting.reference}/${setting.window} ${metric}: ${bands} bands, ${((share ?? 0) * 100).toFixed(1)} % (${((interval?.lower ?? 0) * 100).toFixed(1)} to ${((interval?.upper ?? 0) * 100).toFixed(1)}), mean error ${(bias / error).toFixed(2)} standard errors`,
      );
      if (bands < 1000) continue;
      expect(interval?.upper, `${metric} covers at least 93 %`).toBeGreaterThan(0.93);
      expect(interval?.lower, `${metric} covers at most 97 %`).toBeLessThan(0.97);
    }
    expect(found.get('accuracy')?.pairs.length).toBe(REFERENCES * WINDOWS_EACH);
  });
});

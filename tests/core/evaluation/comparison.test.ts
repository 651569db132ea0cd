import { describe, expect, test } from 'vitest';
import { compareContenders } from '../../../pipelines/core/evaluation/compare-contenders.ts';
import { estimateMetrics } from '../../../pipelines/core/evaluation/estimate-metrics.ts';
import { HIGHER_IS_BETTER, type MetricName, metricsOf } from '../../../pipelines/core/schema/metric.ts';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { timesOf } from '../../fakes/times-of.ts';

const ROWS = 3000;
const VALUE = {
  currency: 'USD',
  threshold: 0.4,
  truePositive: 5,
  falsePositive: -2,
  falseNegative: -10,
  trueNegative: 0,
  assumption: 'planted',
  assumedOn: '2026-01-01',
  owner: 'finance',
};

/** Labels drawn from a risk; a model sees the risk through noise. */
function world() {
  const random = seededRandom(11);
  const unit = () => random.uint32() / 2 ** 32;
  const risk = Float64Array.from({ length: ROWS }, unit);
  const labels = risk.map((each) => (unit() < each ? 1 : 0));
  const seenThrough = (noise: number) => risk.map((each) => Math.min(0.99, Math.max(0.01, (1 - noise) * each + noise * unit())));
  return { labels, good: seenThrough(0.2), poor: seenThrough(0.7) };
}

const { labels, good, poor } = world();
const TIMESTAMPS = timesOf(ROWS, 30);
const ALL = metricsOf('binary');

function compare(champion: Float64Array, challenger: Float64Array, metrics: readonly MetricName[] = ALL) {
  return compareContenders({
    timestamps: TIMESTAMPS,
    labels,
    champion: { scores: champion },
    challengers: [{ name: 'new', scores: challenger }],
    metrics,
    businessValue: VALUE,
    replicates: 200,
    level: 0.95,
    seed: 3,
  });
}

describe('a comparison', () => {
  test.each(ALL.filter((metric) => metric !== 'expectedCalibrationError'))(
    'of %s is the difference of the estimates, better being positive',
    (metric) => {
      const [comparison] = compare(poor, good, [metric]);

      const [before, after] = [poor, good].map(
        (scores) => estimateMetrics({ scores, labels, businessValue: VALUE }).find((each) => each.metric === metric)?.value ?? Number.NaN,
      );
      const expected = ((after ?? Number.NaN) - (before ?? Number.NaN)) * (HIGHER_IS_BETTER[metric] ? 1 : -1);
      // Estimates at a threshold are cut at a cell of 1/4096, comparisons are not.
      expect(Math.abs((comparison?.improvement ?? Number.NaN) - expected)).toBeLessThan(0.01);
      expect(comparison?.interval?.lower).toBeLessThan(comparison?.improvement ?? Number.NaN);
      expect(comparison?.interval?.upper).toBeGreaterThan(comparison?.improvement ?? Number.NaN);
    },
  );

  test('of a better ranking is surely positive, and turned round surely negative', () => {
    const [[forward], [back]] = [compare(poor, good, ['rocAuc']), compare(good, poor, ['rocAuc'])];

    expect(forward?.interval?.lower).toBeGreaterThan(0);
    expect(back?.interval?.upper).toBeLessThan(0);
    expect(back?.improvement).toBeCloseTo(-(forward?.improvement ?? 0), 12);
  });

  test('of a model with itself is exactly nothing', () => {
    const comparisons = compare(good, good, ['rocAuc', 'logLoss', 'accuracy']);

    expect(
      comparisons.map(({ improvement, interval }) => [improvement, interval?.lower, interval?.upper].map((value) => Math.abs(value ?? 1))),
    ).toEqual(Array.from({ length: 3 }, () => [0, 0, 0]));
  });

  test('says why there is no figure', () => {
    const [calibration] = compare(poor, good, ['expectedCalibrationError']);
    const [oneClass] = compareContenders({
      timestamps: TIMESTAMPS,
      labels: labels.map(() => 0),
      champion: { scores: poor },
      challengers: [{ name: 'new', scores: good }],
      metrics: ['rocAuc'],
      replicates: 100,
      level: 0.95,
      seed: 1,
    });

    expect(calibration).toMatchObject({ improvement: null, interval: null, why: expect.stringContaining('calibration') });
    expect(oneClass).toMatchObject({ improvement: null, interval: null, why: expect.stringContaining('class') });
  });
});

describe('estimates', () => {
  test('are exact for ranking and losses', () => {
    const estimates = estimateMetrics({ scores: Float64Array.of(0.1, 0.4, 0.35, 0.8), labels: Float64Array.of(0, 0, 1, 1) });

    const figureOf = (name: string) => estimates.find(({ metric }) => metric === name)?.value;
    expect(figureOf('rocAuc')).toBe(0.75);
    expect(figureOf('brier')).toBeCloseTo((0.01 + 0.16 + 0.4225 + 0.04) / 4, 12);
    expect(figureOf('logLoss')).toBeCloseTo(-(Math.log(0.9) + Math.log(0.6) + Math.log(0.35) + Math.log(0.8)) / 4, 12);
  });

  test.each([
    ['one class', Float64Array.of(0.2, 0.3), Float64Array.of(0, 0)],
    ['no rows', new Float64Array(0), new Float64Array(0)],
  ])('of %s have no ROC AUC and say why', (_, scores, given) => {
    const area = estimateMetrics({ scores, labels: given }).find(({ metric }) => metric === 'rocAuc');

    expect(area).toMatchObject({ value: null, interval: null, why: expect.stringMatching(/row/) });
  });
});

import { describe, expect, test } from 'vitest';
import { businessReport } from '../../../pipelines/core/business/business-report.ts';
import { costOfWaiting } from '../../../pipelines/core/business/cost-of-waiting.ts';
import { cubeOf } from '../../../pipelines/core/profile/label-cube.ts';
import { BusinessReport } from '../../../pipelines/core/schema/business-report.ts';
import type { LabelCube } from '../../../pipelines/core/schema/label-cube.ts';
import type { MetricEstimate } from '../../../pipelines/core/schema/metric.ts';
import { loanDefinition } from '../../fakes/policy-world.ts';

const WINDOW = { start: '2001-02-01T00:00:00Z', end: '2001-02-02T00:00:00Z' };
const VALUE = {
  currency: 'EUR',
  threshold: 0.5,
  truePositive: 0,
  falsePositive: -4,
  falseNegative: -10,
  trueNegative: 0,
  assumption: 'test',
  assumedOn: '2026-01-01',
  owner: 'finance',
};
const valued = loanDefinition({ businessValue: VALUE });

/** Called right, called wrongly, missed, rightly left alone: as many rows each as given. */
function cubeWith([hit, wrong, missed, left]: readonly [number, number, number, number]): LabelCube {
  const scores = [...Array(hit + wrong).fill(0.9), ...Array(missed + left).fill(0.1)];
  const labels = [...Array(hit).fill(1), ...Array(wrong).fill(0), ...Array(missed).fill(1), ...Array(left).fill(0)];
  return cubeOf({ scores, labels, window: WINDOW, modelVersion: 'v1' });
}

function promiseOf(value: number, halfWidth: number): MetricEstimate {
  const interval = { lower: value - halfWidth, upper: value + halfWidth, level: 0.95 };
  return { metric: 'valuePerPrediction', value, interval, sampleSize: 1000, positives: 100, method: 'planted', why: null };
}

describe('businessReport', () => {
  test('value per prediction is the matrix times the counts, over all rows', () => {
    const cube = cubeWith([100, 50, 30, 820]);

    const report = businessReport({
      definition: valued,
      window: WINDOW,
      cube,
      trailing: cube,
      promised: promiseOf(-0.5, 0.01),
      rowsPerDay: 1000,
    });

    expect(BusinessReport.parse(report).perPrediction).toBeCloseTo((-4 * 50 - 10 * 30) / 1000, 12);
    expect(report.total).toBeCloseTo(-500, 9);
    expect(report.labelled).toBe(1000);
    expect(report.currency).toBe('EUR');
  });

  test('a measurable shortfall costs rows a day times the difference, and breaks even at the cost of a retraining', () => {
    const cube = cubeWith([1000, 500, 300, 8200]);

    const report = businessReport({
      definition: valued,
      window: WINDOW,
      cube,
      trailing: cube,
      promised: promiseOf(-0.3, 0.01),
      rowsPerDay: 1000,
    });

    expect(report.costOfWaitingPerDay).toBeCloseTo(1000 * (-0.3 + 0.5), 9);
    expect(report.breakEvenDays).toBeCloseTo(50 / 200, 9);
    expect(report.why).toMatch(/^Cost of waiting: 95 % interval \d/);
  });

  test('an interval that crosses 0 hides the number and says so', () => {
    const cube = cubeWith([100, 50, 30, 820]);

    const report = businessReport({
      definition: valued,
      window: WINDOW,
      cube,
      trailing: cube,
      promised: promiseOf(-0.45, 0.2),
      rowsPerDay: 1000,
    });

    expect(report.costOfWaitingPerDay).toBeNull();
    expect(report.breakEvenDays).toBeNull();
    expect(report.why).toMatch(/^No measurable cost of waiting: 95 % interval -/);
  });

  test('no matrix, no number', () => {
    const cube = cubeWith([100, 50, 30, 820]);

    const report = businessReport({ definition: loanDefinition(), window: WINDOW, cube, trailing: cube, promised: null, rowsPerDay: 1000 });

    expect(report).toMatchObject({ perPrediction: null, total: null, costOfWaitingPerDay: null, currency: null, labelled: 1000 });
    expect(report.why).toBe('The definition states no value for right and wrong calls.');
  });

  test('too few labels show the value of the window, but no cost of waiting', () => {
    const cube = cubeWith([10, 5, 3, 82]);

    const report = businessReport({
      definition: valued,
      window: WINDOW,
      cube,
      trailing: cube,
      promised: promiseOf(0, 0.01),
      rowsPerDay: 1000,
    });

    expect(report.perPrediction).toBeCloseTo(-0.5, 9);
    expect(report.costOfWaitingPerDay).toBeNull();
    expect(report.why).toBe('Cost of waiting not shown: 100 labelled rows, 200 are needed.');
  });

  test('no label yet: the cost of waiting still rests on the trailing windows', () => {
    const trailing = cubeWith([1000, 500, 300, 8200]);

    const report = businessReport({
      definition: valued,
      window: WINDOW,
      cube: null,
      trailing,
      promised: promiseOf(-0.3, 0.01),
      rowsPerDay: 10,
    });

    expect(report).toMatchObject({ perPrediction: null, total: null, labelled: 0 });
    expect(report.costOfWaitingPerDay).toBeCloseTo(2, 9);
  });
});

describe('costOfWaiting', () => {
  test('half-widths of promise and observation add in quadrature', () => {
    const cost = costOfWaiting({ promised: promiseOf(1, 0.03), observed: promiseOf(0, 0.04), rowsPerDay: 100, currency: 'EUR' });

    expect(cost.interval?.lower).toBeCloseTo(95, 9);
    expect(cost.interval?.upper).toBeCloseTo(105, 9);
    expect(cost.perDay).toBeCloseTo(100, 9);
  });

  test('a champion without a promise gives no number', () => {
    expect(costOfWaiting({ promised: null, observed: promiseOf(0, 0.1), rowsPerDay: 100, currency: 'EUR' }).perDay).toBeNull();
  });
});

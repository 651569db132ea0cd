import { describe, expect, test } from 'vitest';
import { businessReport } from '../../../pipelines/core/business/business-report.ts';
import { costOfWaiting } from '../../../pipelines/core/business/cost-of-waiting.ts';
import { cubeOf } from '../../../pipelines/core/profile/label-cube.ts';
import { BusinessReport } from '../../../pipelines/core/schema/business-report.ts';
import type { LabelCube } from '../../../pipelines/core/schema/label-cube.ts';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
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

describe('businessReport', () => {
  test('value per prediction is the matrix times the counts, over all rows', () => {
    const cube = cubeWith([100, 50, 30, 820]);

    const report = businessReport({
      definition: valued,
      window: WINDOW,
      cube,
      trailing: cube,
      promised: cube,
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
      promised: cubeWith([1170, 300, 130, 8400]),
      rowsPerDay: 1000,
    });

    expect(report.costOfWaitingPerDay).toBeCloseTo(1000 * (0.5 - 0.25), 9);
    expect(report.breakEvenDays).toBeCloseTo(50 / 250, 9);
    expect(report.why).toMatch(/^Cost of waiting: 95 % interval \d/);
  });

  test('an interval that crosses 0 hides the number and says so', () => {
    const cube = cubeWith([100, 50, 30, 820]);

    const report = businessReport({
      definition: valued,
      window: WINDOW,
      cube,
      trailing: cube,
      promised: cubeWith([102, 49, 28, 821]),
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
      promised: cube,
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
      promised: cubeWith([1170, 300, 130, 8400]),
      rowsPerDay: 10,
    });

    expect(report).toMatchObject({ perPrediction: null, total: null, labelled: 0 });
    expect(report.why).toMatch(
      /^No label of this window has arrived yet; the windows before it tell: Cost of waiting: .*\(10,000 labelled rows/,
    );
    expect(report.costOfWaitingPerDay).toBeCloseTo(2.5, 9);
  });
});

describe('costOfWaiting', () => {
  const matrix = (truePositive: number, falsePositive: number, falseNegative: number, trueNegative: number) => ({
    truePositive,
    falsePositive,
    falseNegative,
    trueNegative,
  });

  test('more positive rows are no loss while the model treats each class as it promised', () => {
    const cost = costOfWaiting({ promised: matrix(80, 90, 20, 810), observed: matrix(240, 70, 60, 630), worth: VALUE, rowsPerDay: 100 });

    expect(cost.perDay).toBeNull();
    expect(cost.interval?.lower).toBeCloseTo(-(cost.interval?.upper ?? 0), 9);
  });

  test('binomial variances of both rates, then and now, add up', () => {
    const cost = costOfWaiting({ promised: matrix(90, 10, 10, 90), observed: matrix(50, 50, 50, 50), worth: VALUE, rowsPerDay: 1 });

    const shortfall = 0.5 * 10 * 0.4 + 0.5 * 4 * 0.4;
    const variance = (5 ** 2 + 2 ** 2) * (0.09 / 100 + 0.25 / 100);
    expect(cost.perDay).toBeCloseTo(shortfall, 12);
    expect(cost.interval?.lower).toBeCloseTo(shortfall - 1.959963984540054 * Math.sqrt(variance), 9);
  });

  test('the interval holds the true loss about 95 times in 100', () => {
    const random = seededRandom(5);
    const draw = (rows: number, share: number) => {
      let hits = 0;
      for (let row = 0; row < rows; row += 1) hits += random.uint32() / 2 ** 32 < share ? 1 : 0;
      return hits;
    };
    const cubeOfRates = (positives: number, negatives: number, hit: number, right: number) => {
      const [hits, rights] = [draw(positives, hit), draw(negatives, right)];
      return matrix(hits, negatives - rights, positives - hits, rights);
    };
    let covered = 0;
    for (let world = 0; world < 1000; world += 1) {
      const observed = cubeOfRates(300, 700, 0.6, 0.8);
      const { interval } = costOfWaiting({ promised: cubeOfRates(100, 900, 0.7, 0.85), observed, worth: VALUE, rowsPerDay: 1 });
      const loss = 0.3 * 10 * 0.1 + 0.7 * 4 * 0.05;
      if (interval !== null && interval.lower <= loss && loss <= interval.upper) covered += 1;
    }

    expect(covered).toBeGreaterThan(930);
    expect(covered).toBeLessThan(968);
  });

  test.each([
    ['a champion without a promise', null, matrix(5, 5, 5, 5), 'promised no value'],
    ['a reference of one class', matrix(0, 5, 0, 5), matrix(5, 5, 5, 5), 'the reference range lacks a class'],
    ['labels of one class', matrix(5, 5, 5, 5), matrix(5, 0, 5, 0), 'of late lack a class'],
  ])('%s gives no number, and says why', (_, promised, observed, why) => {
    expect(costOfWaiting({ promised, observed, worth: VALUE, rowsPerDay: 100 })).toMatchObject({
      perDay: null,
      interval: null,
      why: expect.stringContaining(why),
    });
  });
});

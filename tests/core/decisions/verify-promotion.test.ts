import { describe, expect, test } from 'vitest';
import { confirmByWindows, judgePromise } from '../../../pipelines/core/decisions/verify-promotion.ts';
import { promisedChange } from '../../../pipelines/core/profile/promised-change.ts';
import type { MetricEstimate } from '../../../pipelines/core/schema/metric.ts';
import type { PromisedChange } from '../../../pipelines/core/schema/promised-change.ts';
import { aucOf } from '../../fakes/policy-world.ts';
import { uniform } from '../../fakes/watched-world.ts';

function logLossOf(value: number, halfWidth: number): MetricEstimate {
  return { ...aucOf(value, { halfWidth }), metric: 'logLoss' };
}

describe('judgePromise', () => {
  test.each([
    { observed: 0.7, halfWidth: 0.01, outcome: 'kept', case: 'as promised' },
    { observed: 0.68, halfWidth: 0.005, outcome: 'kept', case: 'lower, but tolerated' },
    { observed: 0.67, halfWidth: 0.011, outcome: 'kept', case: 'the interval still reaches the tolerated level' },
    { observed: 0.67, halfWidth: 0.009, outcome: 'broken', case: 'the interval no longer reaches it' },
    { observed: 0.8, halfWidth: 0.001, outcome: 'kept', case: 'better than promised' },
  ])('$case: $outcome', ({ observed, halfWidth, outcome }) => {
    expect(judgePromise(aucOf(0.7), aucOf(observed, { halfWidth }), 0.02)).toBe(outcome);
  });

  test('where lower is better, the lower bound decides', () => {
    expect(judgePromise(logLossOf(0.5, 0), logLossOf(0.53, 0.011), 0.02)).toBe('kept');
    expect(judgePromise(logLossOf(0.5, 0), logLossOf(0.53, 0.009), 0.02)).toBe('broken');
  });

  test('without a value, an interval or a promise there is no verdict', () => {
    const unknown: MetricEstimate = { ...aucOf(0.7), value: null };

    expect(judgePromise(unknown, aucOf(0.7), 0.02)).toBe('insufficient-data');
    expect(judgePromise(aucOf(0.7), unknown, 0.02)).toBe('insufficient-data');
    expect(judgePromise(aucOf(0.7), { ...aucOf(0.7), interval: null }, 0.02)).toBe('insufficient-data');
  });
});

function changeOf(lower: number, upper: number): PromisedChange {
  return {
    metric: 'rocAuc',
    change: (lower + upper) / 2,
    interval: { lower, upper, level: 0.95 },
    windows: 7,
    referenceWindows: 14,
  };
}

describe('confirmByWindows', () => {
  test.each([
    { change: changeOf(-0.09, -0.03), outcome: 'broken', case: 'no tolerated change is left' },
    { change: changeOf(-0.09, -0.01), outcome: 'insufficient-data', case: 'a tolerated change is left' },
    { change: { ...changeOf(0, 0), interval: null }, outcome: 'broken', case: 'windows say nothing yet: the rows decide' },
    { change: undefined, outcome: 'broken', case: 'nobody compared windows' },
  ])('$case: $outcome', ({ change, outcome }) => {
    expect(confirmByWindows('broken', { change, isLast: false }, 0.02)).toBe(outcome);
  });

  test('never breaks what rows call kept, and turns round where lower is better', () => {
    expect(confirmByWindows('kept', { change: changeOf(-0.09, -0.03), isLast: false }, 0.02)).toBe('kept');
    expect(confirmByWindows('insufficient-data', { change: changeOf(-0.09, -0.03), isLast: false }, 0.02)).toBe('insufficient-data');
    expect(confirmByWindows('broken', { change: { ...changeOf(0.03, 0.09), metric: 'logLoss' }, isLast: false }, 0.02)).toBe('broken');
    expect(confirmByWindows('broken', { change: { ...changeOf(0.01, 0.09), metric: 'logLoss' }, isLast: false }, 0.02)).toBe(
      'insufficient-data',
    );
    expect(confirmByWindows('broken', { change: { ...changeOf(0.01, 0.09), metric: 'logLoss' }, isLast: true }, 0.02)).toBe('broken');
  });

  test.each([
    [changeOf(-0.09, -0.01), 'broken'],
    [changeOf(-0.03, 0.01), 'kept'],
  ])('at the last look the mean of the windows decides, %#', (change, outcome) => {
    expect(confirmByWindows('broken', { change, isLast: true }, 0.02)).toBe(outcome);
  });

  test.each([
    [{ lower: -0.06, upper: -0.02 }, 'broken'],
    [{ lower: -0.06, upper: 0.01 }, 'insufficient-data'],
  ])('the version before on the same rows, improvement %j: %s, however the days were', (bounds, outcome) => {
    const comparison = {
      version: 'v1',
      estimate: aucOf(0.73),
      improvement: -0.03,
      interval: { ...bounds, level: 0.95 },
      replicates: 200,
      method: 'bootstrap',
      why: null,
    };

    expect(confirmByWindows('broken', { change: changeOf(-0.09, -0.01), comparison, isLast: false }, 0.02)).toBe(outcome);
  });

  test('days that wander by .05 break a promise that is kept in many weeks by their rows, in next to none by the days', () => {
    const next = uniform(12);
    const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const ROWS_ERROR = 0.012;
    const day = () => 0.7 + 0.05 * normal() + ROWS_ERROR * normal();
    const weeks = 400;
    let [byRows, byDays] = [0, 0];

    for (let week = 0; week < weeks; week += 1) {
      const reference = Array.from({ length: 14 }, day);
      const windows = Array.from({ length: 7 }, () => ({ value: day(), error: ROWS_ERROR }));
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      const promised = aucOf(mean(reference));
      const observed = aucOf(mean(windows.map(({ value }) => value)), { halfWidth: (1.96 * ROWS_ERROR) / Math.sqrt(7) });
      const figures = {
        metric: 'rocAuc' as const,
        windows: reference.map((value, at): [string, number, number] => [`${at}`, 1000, value]),
      };
      const change = promisedChange({ figures, promise: [promised] }, 'rocAuc', windows);
      const ofRows = judgePromise(promised, observed, 0.02);
      if (ofRows === 'broken') byRows += 1;
      if (confirmByWindows(ofRows, { change: change ?? undefined, isLast: false }, 0.02) === 'broken') byDays += 1;
    }

    expect(byRows / weeks).toBeGreaterThan(0.08);
    expect(byDays / weeks).toBeLessThan(0.01);
  });
});

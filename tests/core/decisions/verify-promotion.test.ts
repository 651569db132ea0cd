import { describe, expect, test } from 'vitest';
import { judgePromise } from '../../../pipelines/core/decisions/verify-promotion.ts';
import type { MetricEstimate } from '../../../pipelines/core/schema/metric.ts';
import { aucOf } from '../../fakes/policy-world.ts';

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

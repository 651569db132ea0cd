import { describe, expect, test } from 'vitest';
import type { SecondEstimate } from '../../../pipelines/core/profile/second-estimate.ts';
import { SecondOpinion } from '../../../pipelines/core/schema/signal.ts';
import { estimatedPerformance } from '../../../pipelines/core/signals/estimated-performance.ts';
import { type FirstEstimate, weighSecondOpinion } from '../../../pipelines/core/signals/weigh-second-opinion.ts';
import { definitionWith, numericColumn, ordinaryDay, ordinaryReference, uniform } from '../../fakes/watched-world.ts';

const first: FirstEstimate = {
  metric: 'rocAuc',
  value: 0.74,
  standardError: 0.01,
  interval: { lower: 0.7204, upper: 0.7596, level: 0.95 },
  factor: 1,
};

function second(change: number, weights: Partial<SecondEstimate['weights']> = {}): SecondEstimate {
  return {
    weights: { effectiveRows: 1234.5678, outOfSupport: 0.01, isUsable: true, why: null, ...weights },
    referenceRows: 5000,
    metrics: [{ metric: 'rocAuc', change, labelNoise: 0.01, mapNoise: 0.005 }],
  };
}

describe('weighSecondOpinion', () => {
  test('that agrees leaves the band alone', () => {
    const weighed = weighSecondOpinion(first, second(-0.004));

    expect(weighed?.interval).toEqual(first.interval);
    expect(SecondOpinion.parse(weighed?.opinion)).toMatchObject({
      value: 0.736,
      agrees: true,
      effectiveRows: 1234.57,
      referenceRows: 5000,
    });
    expect(weighed?.opinion.why).toMatch(/^A second opinion agrees: .* 5,000 rows then tell as much as 1,235.* AUC 0\.736/);
  });

  test('that disagrees widens the band over both and says so in plain words', () => {
    const weighed = weighSecondOpinion(first, second(-0.08));

    expect(weighed?.opinion.agrees).toBe(false);
    expect(weighed?.interval.upper).toBeCloseTo(first.interval.upper, 4);
    expect(weighed?.interval.lower).toBeCloseTo(0.66 - 1.96 * Math.hypot(0.01, 0.005), 4);
    expect(weighed?.opinion.why).toContain('the same score seems to mean something else');
  });

  test('stays within what a metric can be, and is as wide as windows differ', () => {
    const wide = weighSecondOpinion({ ...first, factor: 3 }, second(0.2));

    expect(wide?.opinion.interval?.upper).toBe(1);
    expect((wide?.opinion.value ?? 0) - (wide?.opinion.interval?.lower ?? 0)).toBeCloseTo(3 * 1.96 * Math.hypot(0.01, 0.005), 4);
  });

  test('that cannot be had has a reason and changes nothing; of another metric it is silent', () => {
    const weighed = weighSecondOpinion(first, second(-0.2, { isUsable: false, why: 'Too little of it looks like the window.' }));

    expect(weighed).toMatchObject({ interval: first.interval, opinion: { value: null, agrees: null } });
    expect(weighed?.opinion.why).toBe('No second opinion: Too little of it looks like the window.');
    expect(weighSecondOpinion({ ...first, metric: 'f1' }, second(0))).toBeNull();
  });
});

describe('an estimate with a second opinion', () => {
  const definition = definitionWith();
  const reference = ordinaryReference(definition);

  function judged(upper: number, opinion: SecondEstimate | null) {
    const next = uniform(1);
    const scores = Float64Array.from({ length: 2000 }, () => next() * 0.5 + (next() < upper ? 0.5 : 0));
    const ordinary = ordinaryDay({ rows: 2000, seed: 1, day: 0 });
    const profile = { ...ordinary, columns: { ...ordinary.columns, $score: numericColumn('$score', scores) } };
    return estimatedPerformance({ definition, reference, profile, trailingCubes: [], cycle: [], second: opinion }, [])[0];
  }

  test('loses its alarm where the other figure holds the promise, and keeps it where both miss', () => {
    expect(judged(0.08, null)?.status).toBe('alert');
    expect(judged(0.08, second(0.25))?.status).toBe('warning');
    expect(judged(0.08, second(-0.06))?.status).toBe('alert');
  });

  test('never alarms because of the other figure alone', () => {
    const signal = judged(0.4, second(-0.3));

    expect(judged(0.4, null)?.status).toBe('ok');
    expect(signal?.status).toBe('warning');
    expect(signal?.secondOpinion?.agrees).toBe(false);
    expect(signal?.why).toContain('A second opinion disagrees');
  });
});

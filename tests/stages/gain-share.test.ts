import { describe, expect, test } from 'vitest';
import type { StrategySummary } from '../../pipelines/stages/backtest-result.ts';
import { gainShares } from '../../pipelines/stages/gain-share.ts';

function summary(strategy: string, meanMetric: number | null): StrategySummary {
  return { strategy, meanMetric, incidents: 0, trainings: 0, promotions: 0, money: null, moneyAfterTraining: null };
}

describe('shares of the gain of the best timer', () => {
  test('begin at never and are full at the better timer, also where smaller is better', () => {
    const higher = gainShares({ metric: 'rocAuc' }, [
      summary('policy', 0.79),
      summary('never', 0.7),
      summary('always-all', 0.8),
      summary('always-recent', 0.75),
    ]);
    const lower = gainShares({ metric: 'meanAbsoluteError' }, [summary('policy', 85), summary('never', 100), summary('always', 80)]);

    expect([...(higher ?? [])].map(([name, share]) => [name, Math.round(share * 100)])).toEqual([
      ['policy', 90],
      ['never', 0],
      ['always-all', 100],
      ['always-recent', 50],
    ]);
    expect(lower?.get('policy')).toBeCloseTo(0.75, 12);
  });

  test.each([
    ['never did not play', [summary('policy', 0.8), summary('always', 0.8)]],
    ['no timer played', [summary('never', 0.7), summary('policy', 0.8), summary('drift-rule', 0.9)]],
    ['no timer gains', [summary('never', 0.7), summary('always', 0.69), summary('policy', 0.71)]],
    ['nothing could be measured', [summary('never', null), summary('always', null)]],
  ])('are not told where %s', (_, summaries) => {
    expect(gainShares({ metric: 'rocAuc' }, summaries)).toBeNull();
  });
});

import { expect, test } from 'vitest';
import type { BacktestResult } from '../../pipelines/stages/backtest-result.ts';
import { phraseBacktest } from '../../pipelines/stages/phrase-backtest.ts';

function resultOf(metrics: readonly (number | null)[], labelled: number): BacktestResult {
  const range = { start: '2024-01-01T00:00:00Z', end: '2024-02-01T00:00:00Z' };
  return {
    model: 'loan',
    metric: 'rocAuc',
    currency: null,
    trainedUntil: range.start,
    range,
    windows: metrics.map((metric) => ({
      window: range,
      labelled,
      outcomes: { never: { version: 'v1', metric, money: null } },
      events: [],
    })),
    summaries: [{ strategy: 'never', incidents: 0, trainings: 0, promotions: 0, meanMetric: null, money: null, moneyAfterTraining: null }],
  };
}

test('says why most windows show no figure', () => {
  const text = phraseBacktest(resultOf([null, null, 0.7], 1)).join('\n');

  expect(text).toContain('AUC could not be measured in 2 of 3 windows; the fullest has 1 labelled row.');
  expect(text).toContain('monitoring.minimumLabels');
});

test('says nothing of it where most windows have a figure', () => {
  expect(phraseBacktest(resultOf([null, 0.6, 0.7], 400)).join('\n')).not.toContain('could not be measured');
});

test('says what the means are means of, and which window decides them', () => {
  const even = resultOf([0.6, 0.7, 0.7], 400);
  const burst = { ...even, windows: even.windows.map((window, index) => ({ ...window, labelled: index === 1 ? 24_000 : 400 })) };

  expect(phraseBacktest(even)).toContain('Means weigh every window by its labelled rows.');
  expect(phraseBacktest(burst)).toContain('Means weigh every window by its labelled rows. 2024-01-01 holds 97 % of all and decides them.');
  expect(phraseBacktest(resultOf([null], 0)).join('\n')).not.toContain('Means weigh');
});

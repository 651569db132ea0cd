import { METRIC_WORDS } from '../core/schema/phrase-metric.ts';
import type { BacktestResult, StrategySummary } from './backtest-result.ts';
import { gainShares } from './gain-share.ts';

const METRIC_DIGITS = 4;

/** Contestants side by side, a line each, under a head; columns as wide as their texts. Shares of the best timer's gain where there is one. */
export function comparisonTable(
  { metric, currency }: Pick<BacktestResult, 'metric' | 'currency'>,
  summaries: readonly StrategySummary[],
): string[] {
  const worth = currency === null ? [] : [`${currency}`, `${currency} less training`];
  const shares = gainShares({ metric }, summaries);
  const gain = (strategy: string) => (shares === null ? [] : [percent(shares.get(strategy))]);
  const head = [
    '',
    `mean ${METRIC_WORDS[metric].name}`,
    ...(shares === null ? [] : ['of best timer gain']),
    'incidents',
    'trainings',
    'promotions',
    ...worth,
  ];
  const rows = summaries.map(({ strategy, meanMetric, incidents, trainings, promotions, money, moneyAfterTraining }) => [
    strategy,
    figure(meanMetric, METRIC_DIGITS),
    ...gain(strategy),
    String(incidents),
    String(trainings),
    String(promotions),
    ...(currency === null ? [] : [figure(money, 0), figure(moneyAfterTraining, 0)]),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [head, ...rows].map((cells) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
}

function figure(value: number | null, digits: number): string {
  return value === null ? '-' : value.toFixed(digits);
}

function percent(share: number | undefined): string {
  return share === undefined ? '-' : `${(share * 100).toFixed(0)} %`;
}

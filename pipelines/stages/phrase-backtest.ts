import { METRIC_WORDS } from '../core/schema/phrase-metric.ts';
import { type BacktestResult, type BacktestWindow, STRATEGIES, type StrategySummary, type WindowOutcome } from './backtest-result.ts';

const METRIC_DIGITS = 4;

/** A backtest as lines: a table of windows with what the policy did in each, then the three strategies against each other. */
export function phraseBacktest(result: BacktestResult): string[] {
  const { model, metric, currency, range, trainedUntil, alwaysEvery } = result;
  const unit = currency === null ? 'no value matrix' : currency;
  return [
    `${model}: v1 trained until ${trainedUntil}, replayed ${range.start} to ${range.end}`,
    `${METRIC_WORDS[metric].name} and money (${unit}) a window: policy | never retraining | retraining every ${alwaysEvery}`,
    '',
    ...result.windows.flatMap(windowLines),
    '',
    ...result.summaries.map((summary) => summaryLine(result, summary)),
  ];
}

function windowLines({ window, labelled, outcomes, events }: BacktestWindow): string[] {
  const cells = STRATEGIES.map((strategy) => outcomeCell(outcomes[strategy]));
  const line = `${window.start.slice(0, 10)}  ${String(labelled).padStart(6)} labelled  ${cells.join(' | ')}`;
  return [line, ...events.map((event) => `            ${event}`)];
}

function outcomeCell({ version, metric, money }: WindowOutcome): string {
  return `${version.padEnd(3)} ${figure(metric, METRIC_DIGITS)} ${figure(money, 0).padStart(8)}`;
}

function summaryLine({ metric, currency }: BacktestResult, summary: StrategySummary): string {
  const { strategy, trainings, promotions, meanMetric, money, moneyAfterTraining } = summary;
  const worth =
    money === null
      ? 'no money figure'
      : `${figure(money, 0)} ${currency ?? ''}, ${figure(moneyAfterTraining, 0)} after the cost of training`;
  return `${strategy.padEnd(7)} mean ${METRIC_WORDS[metric].name} ${figure(meanMetric, METRIC_DIGITS)}, ${worth}; ${trainings} trainings, ${promotions} promotions`;
}

function figure(value: number | null, digits: number): string {
  return value === null ? '-' : value.toFixed(digits);
}

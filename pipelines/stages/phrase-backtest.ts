import { METRIC_WORDS } from '../core/schema/phrase-metric.ts';
import { phraseQuantity } from '../core/schema/phrase-number.ts';
import type { BacktestResult, BacktestWindow, WindowOutcome } from './backtest-result.ts';
import { comparisonTable } from './comparison-table.ts';

const METRIC_DIGITS = 4;
/** Share of the labelled rows from which on one window decides a mean. */
const DECISIVE = 0.5;

/** A backtest as lines: a table of windows with what the policy did in each, then the contestants against each other. */
export function phraseBacktest(result: BacktestResult): string[] {
  const { model, metric, currency, range, trainedUntil } = result;
  const names = result.summaries.map(({ strategy }) => strategy);
  const unit = currency === null ? 'no value matrix' : currency;
  return [
    `${model}: v1 trained until ${trainedUntil}, replayed ${range.start} to ${range.end}`,
    `${METRIC_WORDS[metric].name} and money (${unit}) a window: ${names.join(' | ')}`,
    '',
    ...result.windows.flatMap((window) => windowLines(window, names)),
    '',
    ...comparisonTable(result, result.summaries),
    ...weightLines(result),
    ...unmeasuredLines(result),
    ...result.summaries.flatMap(({ strategy, estimates }) =>
      estimates === undefined ? [] : ['', `Estimates without labels, ${strategy}: ${estimates}`],
    ),
  ];
}

/** What the means are means of, and which window decides them where one does. */
function weightLines({ windows }: BacktestResult): string[] {
  const labelled = windows.reduce((sum, window) => sum + window.labelled, 0);
  const fullest = windows.toSorted((a, b) => b.labelled - a.labelled)[0];
  if (fullest === undefined || labelled === 0) return [];
  const share = fullest.labelled / labelled;
  const decides =
    windows.length > 1 && share > DECISIVE
      ? ` ${fullest.window.start.slice(0, 10)} holds ${Math.round(100 * share)} % of all and decides them.`
      : '';
  return [`Means weigh every window by its labelled rows.${decides}`];
}

/** Says why most windows show no metric, so that nobody takes a dash for a bad model. Nothing where most have one. */
function unmeasuredLines({ windows, metric }: BacktestResult): string[] {
  const unmeasured = windows.filter(({ outcomes }) => Object.values(outcomes).every((outcome) => outcome.metric === null));
  if (unmeasured.length * 2 <= windows.length) return [];
  const fullest = Math.max(...windows.map(({ labelled }) => labelled));
  return [
    '',
    `${METRIC_WORDS[metric].name} could not be measured in ${unmeasured.length} of ${phraseQuantity(windows.length, 'window')}; the fullest has ${fullest} labelled ${fullest === 1 ? 'row' : 'rows'}.`,
    'A window needs monitoring.minimumLabels labelled rows (default 200), and more than one class where the metric ranks: state a longer monitoring.window, or a lower minimum.',
  ];
}

function windowLines({ window, labelled, outcomes, events }: BacktestWindow, names: readonly string[]): string[] {
  const cells = names.map((name) => outcomeCell(outcomes[name]));
  const line = `${window.start.slice(0, 10)}  ${String(labelled).padStart(6)} labelled  ${cells.join(' | ')}`;
  return [line, ...events.map((event) => `            ${event}`)];
}

function outcomeCell(outcome: WindowOutcome | undefined): string {
  const { version, metric, money } = outcome ?? { version: '-', metric: null, money: null };
  return `${version.padEnd(3)} ${figure(metric, METRIC_DIGITS)} ${figure(money, 0).padStart(8)}`;
}

function figure(value: number | null, digits: number): string {
  return value === null ? '-' : value.toFixed(digits);
}

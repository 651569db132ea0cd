import type { EstimatedFigures } from '../schema/estimated-figures.ts';
import type { Interval } from '../schema/interval.ts';
import { METRIC_WORDS, metricDigits } from '../schema/phrase-metric.ts';
import { phraseCount, phraseInterval, phraseNumber, phraseQuantity } from '../schema/phrase-number.ts';
import type { Task } from '../schema/task.ts';

/** One metric before its labels, ready to print. */
export interface EstimateRow {
  readonly name: string;
  readonly meaning: string;
  readonly value: string;
  readonly band: string;
  /** '–': the version promised none. */
  readonly promised: string;
}

/** The confusion matrix before its labels: one row a label that will come, one cell a label that was called, in percent of all rows. */
export interface ExpectedConfusion {
  readonly called: readonly string[];
  readonly rows: readonly { readonly actual: string; readonly cells: readonly { readonly share: string; readonly band: string }[] }[];
}

/** All metrics of the newest rows, estimated before their labels are in. */
export interface EstimateFigures {
  readonly caption: string;
  readonly rows: readonly EstimateRow[];
  /** null: not estimated. */
  readonly confusion: ExpectedConfusion | null;
}

const NONE = '–';
/** Of several classes these are means over the classes. */
const AVERAGED: ReadonlySet<string> = new Set(['precision', 'recall', 'specificity', 'rocAuc', 'averagePrecision']);

/** The figures of a signal as rows of text; `isTrusted`: whether the estimate that they stand beside is. */
export function estimateFigures(
  { rows, rowsByClass, whyNoClasses, metrics, confusion }: EstimatedFigures,
  { task, isTrusted }: { task: Task; isTrusted: boolean },
): EstimateFigures {
  const drawn = rowsByClass === undefined || rowsByClass >= rows ? '' : `, figures by class on ${phraseCount(rowsByClass)} of them`;
  const caption = `Estimated on ${phraseQuantity(rows, 'row')} before their labels${drawn}${isTrusted ? '' : '; not trusted, see above'}. Band: 95 %.${whyNoClasses === undefined ? '' : ` No figures by class: ${whyNoClasses}`}`;
  const lines = metrics.map(({ metric, value, interval, promise }): EstimateRow => {
    const { name, meaning } = METRIC_WORDS[metric];
    const digits = metricDigits(metric, value);
    return {
      name: task === 'multiclass' && AVERAGED.has(metric) ? `${name}, mean of the classes` : name,
      meaning,
      value: phraseNumber(value, digits),
      band: interval === null ? NONE : phraseInterval(interval, digits),
      promised: promise === null ? NONE : phraseNumber(promise, digits),
    };
  });
  return { caption, rows: lines, confusion: confusionOf(confusion) };
}

function confusionOf(cells: EstimatedFigures['confusion']): ExpectedConfusion | null {
  if (cells.length === 0) return null;
  const called = [...new Set(cells.map((cell) => cell.called))];
  const actual = [...new Set(cells.map((cell) => cell.actual))];
  const rows = actual.map((label) => ({
    actual: label,
    cells: called.map((answer) => {
      const cell = cells.find((each) => each.actual === label && each.called === answer);
      return { share: cell === undefined ? NONE : percent(cell.share), band: cell?.interval == null ? NONE : percents(cell.interval) };
    }),
  }));
  return { called, rows };
}

function percent(share: number): string {
  return `${phraseNumber(share * 100, 1)} %`;
}

function percents({ lower, upper }: Interval): string {
  return `${phraseNumber(lower * 100, 1)} to ${phraseNumber(upper * 100, 1)}`;
}

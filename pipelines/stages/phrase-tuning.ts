import { HIGHER_IS_BETTER } from '../core/schema/metric.ts';
import { phraseQuantity } from '../core/schema/phrase-number.ts';
import { comparisonTable } from './comparison-table.ts';
import { nameOf, type TuningResult } from './tune-backtest.ts';

/** What tuning found, as lines: the past period, the proposal, the later period with the untuned beside it, and the warning that belongs to it. */
export function phraseTuning(result: TuningResult): string[] {
  const { model, past, present, trials, proposed, later } = result;
  const day = (instant: string) => instant.slice(0, 10);
  return [
    `${model}: chosen on ${day(past.start)} to ${day(past.end)}, one threshold at a time, ${phraseQuantity(trials.length, 'value')} tried`,
    ...comparisonTable(result, [present, ...trials.map((trial) => trial.past)]),
    '',
    proposed.length === 0 ? 'Proposed: nothing. No value did better than the definition as it stands.' : 'Proposed for model.yml:',
    ...proposed.map((point) => `  ${nameOf(point).replace('=', ': ')}`),
    '',
    `On ${day(later.range.start)} to ${day(later.range.end)}, which the choice never looked at:`,
    ...comparisonTable(later, later.summaries),
    '',
    `Warning: the best of ${trials.length + 1} settings looks better on the period that chose it than it is. Only the later period judges it.`,
    ...verdictOf(result),
  ];
}

/** Whether the proposal did better later too. */
function verdictOf({ proposed, later }: TuningResult): string[] {
  if (proposed.length === 0) return [];
  const of = (name: string) => later.summaries.find(({ strategy }) => strategy === name);
  const [tuned, untuned] = [of('tuned'), of('untuned')];
  const money = tuned?.moneyAfterTraining ?? null;
  const sign = money === null && !HIGHER_IS_BETTER[later.metric] ? -1 : 1;
  const [one, other] = money === null ? [tuned?.meanMetric, untuned?.meanMetric] : [money, untuned?.moneyAfterTraining];
  if (one === null || one === undefined || other === null || other === undefined)
    return ['Whether it does better later is not known: too few labels.'];
  if (sign * (one - other) > 0) return ['There too it did better than the definition as it stands.'];
  return [
    one === other
      ? 'There it made no difference: keep the definition as it stands.'
      : 'There it did worse: keep the definition as it stands.',
  ];
}

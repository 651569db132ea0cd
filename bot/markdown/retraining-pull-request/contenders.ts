import type { MetricEstimate } from '../../../pipelines/core/schema/metric.ts';
import { phraseQuantity } from '../../../pipelines/core/schema/phrase-number.ts';
import { type ContenderRow, contenderTable, selectedContender } from '../../../pipelines/core/views/contender-table.ts';
import { phraseWindow } from '../../../pipelines/core/views/phrase-instant.ts';
import { phraseBytes, phraseChange, phraseCount, phraseInterval, phraseNumber } from '../../../pipelines/core/views/phrase-number.ts';
import { section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import { table } from '../table.ts';
import type { RetrainingTextFacts } from './retraining-text-facts.ts';

/** Champion against challenger on the same rows, with intervals; as the gate measured them; empty until it did. */
export function contenders({ definition, evaluation }: RetrainingTextFacts): string {
  if (evaluation === null) return '';
  const champion = evaluation.champion?.version ?? 'champion';
  const columns = [
    { title: '' },
    { title: `${champion}, champion`, align: 'right' as const },
    { title: `${evaluation.version}, challenger`, align: 'right' as const },
    { title: 'improvement (interval)', align: 'right' as const },
    { title: '' },
  ];
  const challenger = selectedContender(evaluation);
  const trained = challenger?.trainedOn ?? null;
  const method = evaluation.comparisons[0]?.method;
  const positives = definition.task === 'binary' ? ` (${phraseCount(evaluation.heldOut.positives)} positive)` : '';
  const facts = [
    `Positive differences are improvements; measured on ${phraseQuantity(evaluation.heldOut.rows, 'row')}${positives}`,
    method === undefined ? '' : `their intervals: ${markdownText(method)}`,
    trained === null ? '' : `${evaluation.version} learnt from ${phraseQuantity(trained.rows, 'row')} of ${phraseWindow(trained.range)}`,
    challenger === null
      ? ''
      : `${phraseBytes(challenger.bytes)}, ${challenger.latencyMs === null ? 'latency not measured' : `${phraseNumber(challenger.latencyMs, 3)} ms a row`}`,
    `trained with ${markdownText(evaluation.backend)}`,
  ].filter((fact) => fact !== '');
  return section(
    'Champion and challenger on the same rows',
    table(columns, contenderTable(evaluation).map(rowOf)),
    `<sub>${facts.join('; ')}. Chosen among ${evaluation.challengers.length}: ${markdownText(evaluation.selectedBecause, 300)}</sub>`,
  );
}

function rowOf(row: ContenderRow): string[] {
  const direction = row.higherIsBetter ? '↑' : '↓';
  return [`${row.name} ${direction}`, figure(row.champion, row.digits), figure(row.challenger, row.digits), difference(row), row.outcome];
}

function figure(estimate: MetricEstimate | null, digits: number): string {
  if (estimate === null || estimate.value === null) return '–';
  const interval = estimate.interval === null ? '' : ` (${phraseInterval(estimate.interval, digits)})`;
  return `${phraseNumber(estimate.value, digits)}${interval}`;
}

function difference({ comparison, digits }: ContenderRow): string {
  if (comparison === null || comparison.improvement === null) return '–';
  const interval = comparison.interval === null ? '' : ` (${phraseInterval(comparison.interval, digits)})`;
  return `${phraseChange(comparison.improvement, digits)}${interval}`;
}

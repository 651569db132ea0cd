import type { Contender, EvaluationReport } from '../core/schema/evaluation-report.ts';
import type { MetricName } from '../core/schema/metric.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import { metricDigits } from '../core/schema/phrase-metric.ts';
import { phraseInterval, phraseNumber } from '../core/schema/phrase-number.ts';
import type { Task } from '../core/schema/task.ts';

const LEAST_DIGITS = 4;

/** An evaluation for a person: the trivial baseline first, then the champion, the challengers, and what the better one gains. */
export function accountOfEvaluation(report: EvaluationReport, metrics: readonly MetricName[]): string[] {
  const champion = report.champion === null ? [] : [{ ...report.champion, name: `champion ${report.champion.version ?? ''}`.trim() }];
  const contenders: readonly Contender[] = [report.baseline, ...champion, ...report.challengers];
  const width = Math.max(...contenders.map(({ name }) => name.length));
  const gains = report.comparisons.filter(({ challenger, metric }) => challenger === report.selected && metrics.includes(metric));
  return [
    ...contenders.map((contender) => `  ${contender.name.padEnd(width)}  ${metrics.map((metric) => figure(contender, metric)).join('  ')}`),
    `selected: ${report.selected}. ${report.selectedBecause}`,
    ...gains.map(({ metric, improvement, interval, why }) => {
      if (improvement === null || interval === null) return `  ${metric}: ${why ?? 'no figure'}`;
      return `  ${metric} gained on the champion: ${signed(improvement)} (${signed(interval.lower)} to ${signed(interval.upper)})`;
    }),
  ];
}

/** The metric that production is watched by, and the one beside it that tells most of the whole model. */
export function tellingMetrics({ task, monitoring }: Pick<ModelDefinition, 'task' | 'monitoring'>): MetricName[] {
  return [...new Set([monitoring.performance.metric, BESIDE[task]])];
}

/** The same where no definition is at hand, from what was measured. */
export function measuredMetrics({ challengers }: EvaluationReport): MetricName[] {
  const measured = new Set(challengers.flatMap(({ metrics }) => metrics.map(({ metric }) => metric)));
  return Object.values(MAIN).find(([main]) => measured.has(main)) ?? MAIN.binary;
}

const MAIN: Readonly<Record<Task, [MetricName, MetricName]>> = {
  binary: ['rocAuc', 'logLoss'],
  multiclass: ['accuracy', 'macroF1'],
  regression: ['meanAbsoluteError', 'rSquared'],
};
const BESIDE: Readonly<Record<Task, MetricName>> = { binary: 'logLoss', multiclass: 'accuracy', regression: 'rSquared' };

function figure({ metrics }: Contender, metric: MetricName): string {
  const estimate = metrics.find((each) => each.metric === metric);
  if (estimate === undefined || estimate.value === null) return `${metric} none`;
  const { value, interval } = estimate;
  const digits = Math.max(LEAST_DIGITS, metricDigits(metric, value));
  return `${metric} ${phraseNumber(value, digits)}${interval === null ? '' : ` (${phraseInterval(interval, digits)})`}`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}

import type { Contender, EvaluationReport } from '../core/schema/evaluation-report.ts';
import type { MetricName } from '../core/schema/metric.ts';

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

function figure({ metrics }: Contender, metric: MetricName): string {
  const estimate = metrics.find((each) => each.metric === metric);
  if (estimate === undefined || estimate.value === null) return `${metric} none`;
  const { value, interval } = estimate;
  return `${metric} ${value.toFixed(4)}${interval === null ? '' : ` (${interval.lower.toFixed(4)} to ${interval.upper.toFixed(4)})`}`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}

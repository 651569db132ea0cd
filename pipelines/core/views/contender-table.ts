import type { Contender, EvaluationReport, PairedComparison } from '../schema/evaluation-report.ts';
import { HIGHER_IS_BETTER, type MetricEstimate, type MetricName } from '../schema/metric.ts';
import { metricDigits, metricName } from './phrase-metric.ts';

/** One metric of champion and challenger on the same rows. */
export interface ContenderRow {
  readonly metric: MetricName;
  readonly name: string;
  readonly digits: number;
  readonly higherIsBetter: boolean;
  readonly baseline: MetricEstimate | null;
  readonly champion: MetricEstimate | null;
  readonly challenger: MetricEstimate | null;
  /** Paired difference, signed so that positive is better. */
  readonly comparison: PairedComparison | null;
  /** What the interval of the difference says. */
  readonly outcome: 'better' | 'worse' | 'no clear difference' | 'not compared';
}

/** Champion against the selected challenger, metric by metric. */
export function contenderTable(report: EvaluationReport): ContenderRow[] {
  const challenger = selectedContender(report);
  const names = [report.baseline, report.champion, challenger].flatMap((one) => one?.metrics.map((estimate) => estimate.metric) ?? []);
  return [...new Set(names)].map((metric) => {
    const comparison = report.comparisons.find((one) => one.challenger === report.selected && one.metric === metric) ?? null;
    const size = estimateOf(challenger, metric)?.value ?? estimateOf(report.champion, metric)?.value ?? null;
    return {
      metric,
      name: metricName(metric),
      digits: metricDigits(metric, size),
      higherIsBetter: HIGHER_IS_BETTER[metric],
      baseline: estimateOf(report.baseline, metric),
      champion: estimateOf(report.champion, metric),
      challenger: estimateOf(challenger, metric),
      comparison,
      outcome: outcomeOf(comparison),
    };
  });
}

/** The challenger that went to the gate; null when the report names one that it does not hold. */
export function selectedContender(report: EvaluationReport): Contender | null {
  return report.challengers.find((challenger) => challenger.name === report.selected) ?? null;
}

function estimateOf(contender: Contender | null, metric: MetricName): MetricEstimate | null {
  return contender?.metrics.find((estimate) => estimate.metric === metric) ?? null;
}

function outcomeOf(comparison: PairedComparison | null): ContenderRow['outcome'] {
  if (comparison === null || comparison.interval === null) return 'not compared';
  if (comparison.interval.lower > 0) return 'better';
  return comparison.interval.upper < 0 ? 'worse' : 'no clear difference';
}

import { digestText } from '../digest/sha256.ts';
import type { Contender, EvaluationReport } from '../schema/evaluation-report.ts';
import type { MetricEstimate, MetricName } from '../schema/metric.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { metricDigits, metricName } from '../schema/phrase-metric.ts';
import { phraseInterval, phraseNumber } from '../schema/phrase-number.ts';
import type { RemedyTrial, TriedRemedy } from '../schema/remedy-trial.ts';
import { judgeGate } from './judge-gate.ts';
import { isOfOrder } from './recalibration-rules.ts';

/** A measured trial: every remedy stands among the challengers of the report. `kinds` says what each is. */
export interface TrialCase {
  readonly definition: ModelDefinition;
  readonly report: EvaluationReport;
  readonly kinds: ReadonlyMap<string, TriedRemedy['kind']>;
}

/**
 * What a trial says of each remedy. A retraining and a recalibration help when the gate, by all its rules for them, would let the trial's challenger pass on
 * these rows; a rollback when the whole paired interval of the monitored metric lies above 0. Throws a RangeError for a report without a champion.
 */
export function weighTrial({ definition, report, kinds }: TrialCase): RemedyTrial {
  const { champion } = report;
  if (champion?.version === null || champion === null) throw new RangeError('a trial compares with a champion');
  const { metric } = definition.monitoring.performance;
  return {
    at: report.asOf,
    champion: champion.version,
    range: report.heldOut.range,
    rows: report.heldOut.rows,
    estimate: estimateOf(champion, metric),
    remedies: report.challengers.map((challenger) => weighRemedyTried(challenger, { definition, report, kinds })),
  };
}

function weighRemedyTried(challenger: Contender, of: TrialCase): TriedRemedy {
  const { definition, report, kinds } = of;
  const { metric } = definition.monitoring.performance;
  const kind = kinds.get(challenger.name) ?? 'retrain';
  const paired = report.comparisons.find((each) => each.challenger === challenger.name && each.metric === metric);
  const improvement = paired?.improvement ?? null;
  const interval = paired?.interval ?? null;
  const behind = kind === 'retrain' && challenger.name !== report.selected ? { behind: report.selected } : {};
  const base = { kind, name: challenger.name, estimate: estimateOf(challenger, metric), improvement, interval, ...behind };
  if (kind === 'recalibrate' && isOfOrder(metric)) {
    return { ...base, helps: false, why: `it leaves the order of scores, so ${metricName(metric)} stays as it is` };
  }
  const figures = phraseFigures(metric, base) ?? paired?.why ?? 'there is no figure';
  if (kind === 'roll-back') return { ...base, helps: interval !== null && interval.lower > 0, why: figures };
  const failed = judgeAsChallenger(challenger, kind, of).checks.filter(({ passed }) => !passed);
  const reasons = failed.map(({ name }) => name).join('; ');
  return { ...base, helps: failed.length === 0, why: failed.length === 0 ? figures : `${figures}; the gate would refuse it: ${reasons}` };
}

function phraseFigures(metric: MetricName, { improvement, interval }: Pick<TriedRemedy, 'improvement' | 'interval'>): string | null {
  if (improvement === null || interval === null) return null;
  const digits = metricDigits(metric, improvement);
  const better = improvement < 0 ? 'worse' : 'better';
  return `${metricName(metric)} ${phraseNumber(Math.abs(improvement), digits)} ${better} than the champion (interval ${phraseInterval(interval, digits)})`;
}

/** The gate's own rules on the figures of one challenger. Nothing is deployed by it, so nothing needs to be bound to bytes. */
function judgeAsChallenger(challenger: Contender, kind: TriedRemedy['kind'], { definition, report }: TrialCase) {
  const evidence = {
    challenger: challenger.artifactDigest ?? digestText('none'),
    champion: report.champion?.artifactDigest ?? null,
    data: report.heldOut.digest,
    rules: digestText('trial'),
    code: digestText('trial'),
  };
  const ruled = challenger.name === report.selected ? definition : withoutParts(definition);
  const judged = { ...report, selected: challenger.name };
  const isRecalibration = kind === 'recalibrate';
  return judgeGate({ report: judged, definition: ruled, evidence, judgedAt: report.asOf, isRecalibration });
}

/** Slices and protected groups are measured of the selected challenger only: the others are judged by all other rules. */
function withoutParts(definition: ModelDefinition): ModelDefinition {
  return { ...definition, slices: [], columns: definition.columns.filter(({ role }) => role !== 'protected') };
}

function estimateOf({ metrics }: Contender, metric: MetricName): MetricEstimate {
  const missing = { metric, value: null, interval: null, sampleSize: 0, positives: 0, method: 'none', why: 'it was not computed' };
  return metrics.find((each) => each.metric === metric) ?? missing;
}

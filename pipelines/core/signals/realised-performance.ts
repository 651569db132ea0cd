import { cubeMetrics } from '../profile/cube-metrics.ts';
import { emptyCube, mergeCubes } from '../profile/label-cube.ts';
import type { LabelCube } from '../schema/label-cube.ts';
import { HIGHER_IS_BETTER, type MetricEstimate, type MetricName } from '../schema/metric.ts';
import { metricDigits, metricName } from '../schema/phrase-metric.ts';
import { phraseCount, phraseInterval, phraseNumber, phraseQuantity, phraseVerb } from '../schema/phrase-number.ts';
import type { Signal, SignalStatus } from '../schema/signal.ts';
import type { Task } from '../schema/task.ts';
import { evidenceText, figure, rowsText } from './phrase-figures.ts';
import { phraseMaturity } from './phrase-maturity.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';
import { type WeighedDrop, weighDrop } from './weigh-drop.ts';

const ALSO_REPORTED: Readonly<Record<Task, readonly MetricName[]>> = {
  binary: ['accuracy', 'logLoss'],
  multiclass: ['accuracy', 'macroF1', 'brier'],
  regression: ['meanAbsoluteError', 'rootMeanSquaredError', 'rSquared'],
};

/**
 * Realised metrics of the pooled mature windows against what the version promised. The metric of monitoring.performance warns when it misses the promise by
 * more than the tolerated drop, and alerts when, besides, all windows since the promotion say together that this is no chance (`weighDrop`): evidence that
 * stays valid however often one looks, and takes windows, not rows, for independent. The interval beside the figure is that of one look at independent
 * rows, and decides nothing. Other metrics of the task stand beside it and never alert: no tolerance was agreed for them. Value per prediction warns when
 * it is below the promise by its interval.
 */
export function realisedPerformance(evidence: WindowEvidence): Signal[] {
  const { definition, profile, trailingCubes } = evidence;
  const pooled = trailingCubes.length === 0 ? emptyCube(profile.window, evidence.reference.version) : mergeCubes(trailingCubes);
  const estimates = cubeMetrics(pooled, definition);
  const agreed = definition.monitoring.performance.metric;
  const beside = ALSO_REPORTED[definition.task].filter((metric) => metric !== agreed);
  const statement = (metric: MetricName) => ({ evidence, pooled, metric, estimate: estimates.find((each) => each.metric === metric) });
  return [
    agreedSignal(statement(agreed)),
    ...beside.map((metric) => reportedSignal(statement(metric))),
    ...(definition.businessValue === undefined ? [] : [valueSignal(statement('valuePerPrediction'))]),
  ];
}

interface Realised {
  readonly evidence: WindowEvidence;
  readonly pooled: LabelCube;
  readonly metric: MetricName;
  readonly estimate: MetricEstimate | undefined;
}

/** The parts of a signal that all realised metrics share, or the reason why there is no figure. */
function measured({ evidence, pooled, metric, estimate }: Realised) {
  const promise = evidence.reference.promise.find((each) => each.metric === metric)?.value ?? null;
  const kind = metric === 'valuePerPrediction' ? ('business-value' as const) : ('realised-performance' as const);
  const least = evidence.definition.monitoring.minimumLabels;
  const base = {
    kind,
    subject: metric,
    method: estimate?.method ?? 'none',
    window: pooled.window,
    sampleSize: pooled.labelled,
    reference: promise,
  };
  const value = estimate?.value ?? null;
  const missing =
    pooled.labelled < least
      ? `${rowsText(pooled.labelled)} of mature windows ${phraseVerb(pooled.labelled, 'has a label', 'have labels')}; at least ${figure(least)} are needed.${phraseLate(evidence)}`
      : value === null
        ? (estimate?.why ?? 'model.yml sets no business value.')
        : null;
  return { base, promise, value, interval: estimate?.interval ?? null, missing };
}

function agreedSignal(realised: Realised): Signal {
  const { evidence, metric } = realised;
  const { base, promise, value, interval, missing } = measured(realised);
  if (missing !== null || value === null) return signalOf(evidence, { ...base, status: 'insufficient-data', why: missing ?? '' });
  if (promise === null) {
    const why = `${evidence.reference.version} promised no ${metricName(metric)}, so there is nothing to hold ${phraseNumber(value, metricDigits(metric, value))} against.`;
    return signalOf(evidence, { ...base, value, interval, status: 'insufficient-data', why });
  }
  const sign = HIGHER_IS_BETTER[metric] ? 1 : -1;
  const drop = evidence.definition.monitoring.performance.toleratedDrop;
  const level = promise - sign * drop;
  const weighed = weighDrop(evidence, metric, promise);
  const say = (figure: number) => phraseNumber(figure, metricDigits(metric, figure));
  const status = judged({ sign, level, value, weighed });
  return signalOf(evidence, {
    ...base,
    value,
    interval,
    threshold: { operator: sign === 1 ? '<' : '>', level, rule: 'promise of the version and monitoring.performance.toleratedDrop' },
    evidence: weighed.evidence,
    status,
    why: `${phrase(realised, value)}; ${say(promise)} was promised and ${say(level)} is the limit: ${VERDICT[status]}${phraseEvidence(weighed)}.${phraseLate(evidence)}`,
  });
}

function judged(sides: { sign: 1 | -1; level: number; value: number; weighed: WeighedDrop }): 'alert' | 'warning' | 'ok' {
  const { sign, level, value, weighed } = sides;
  if (sign * value >= sign * level) return 'ok';
  return weighed.evidence.total >= weighed.evidence.budget ? 'alert' : 'warning';
}

const VERDICT = {
  alert: 'the loss is more than is tolerated, and more than windows differ by chance',
  warning: 'past the limit, but windows differ so much that it may be chance',
  ok: 'within what is tolerated',
};

function phraseEvidence({ evidence, windows, referenceWindows }: WeighedDrop): string {
  const { total, budget } = evidence;
  const needed = total >= budget ? `of ${figure(budget)}` : `of the ${figure(budget)} that an alert needs`;
  const held = `${phraseQuantity(windows, 'window')} against ${phraseCount(referenceWindows)} of the reference`;
  return ` (evidence ${evidenceText(total)} ${needed}, ${held})`;
}

function phraseLate({ realised }: WindowEvidence): string {
  return realised === undefined ? '' : phraseMaturity(realised);
}

function reportedSignal(realised: Realised): Signal {
  const { base, promise, value, interval, missing } = measured(realised);
  if (missing !== null || value === null) return signalOf(realised.evidence, { ...base, status: 'insufficient-data', why: missing ?? '' });
  const against = promise === null ? 'nothing was promised' : `${phraseNumber(promise, metricDigits(base.subject, promise))} was promised`;
  const why = `${phrase(realised, value)}; ${against}. Reported only: no tolerance was agreed for it.`;
  return signalOf(realised.evidence, { ...base, value, interval, status: 'ok', why });
}

function valueSignal(realised: Realised): Signal {
  const { evidence } = realised;
  const { base, promise, value, interval, missing } = measured(realised);
  if (missing !== null || value === null || promise === null) {
    return signalOf(evidence, {
      ...base,
      value,
      status: 'insufficient-data',
      why: missing ?? `${evidence.reference.version} promised no value per prediction.`,
    });
  }
  const status: SignalStatus = interval !== null && interval.upper < promise ? 'warning' : 'ok';
  return signalOf(evidence, {
    ...base,
    value,
    interval,
    threshold: { operator: '<', level: promise, rule: 'promise of the version' },
    status,
    why: `${phrase(realised, value)} in ${evidence.definition.businessValue?.currency ?? 'money'}; ${phraseNumber(promise, metricDigits(base.subject))} was promised${status === 'warning' ? ', more than the interval reaches' : ''}.`,
  });
}

function phrase({ metric, pooled, estimate }: Realised, value: number): string {
  const interval = estimate?.interval ?? null;
  const digits = metricDigits(metric, value);
  const range = interval === null ? '' : ` (${phraseInterval(interval, digits)})`;
  return `${metricName(metric)} is ${phraseNumber(value, digits)}${range} on ${figure(pooled.labelled)} labelled rows`;
}

import type { Interval } from '../schema/interval.ts';
import { HIGHER_IS_BETTER, type MetricName } from '../schema/metric.ts';
import { metricDigits, metricName } from '../schema/phrase-metric.ts';
import { phraseInterval, phraseNumber } from '../schema/phrase-number.ts';
import type { SecondOpinion, Signal } from '../schema/signal.ts';
import type { Task } from '../schema/task.ts';
import type { Window } from '../schema/window.ts';
import { judgeEstimate } from '../statistics/estimation/judge-estimate.ts';
import { estimateBand } from './estimate-band.ts';
import { estimateWindow } from './estimate-window.ts';
import { estimatedFigures } from './estimated-figures.ts';
import { measuresRowsOf } from './measures-rows-of.ts';
import { rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';
import { weighSecondOpinion } from './weigh-second-opinion.ts';
import type { WindowEstimate } from './window-estimate.ts';

/** Share of the estimated rows whose labels are in from which on the realised figure speaks instead of the estimate. */
const LABELS_SPEAK = 0.5;

const BESIDE: Readonly<Record<Task, readonly MetricName[]>> = {
  binary: ['accuracy'],
  multiclass: ['accuracy'],
  regression: ['meanAbsoluteError', 'rootMeanSquaredError'],
};

/**
 * What the performance of the pooled trailing windows probably is, before their labels are in: calibrated scores instead of labels (see
 * `estimateFromCounts`), or, of a regression, what its loss model expects (see `estimateErrors`). The metric of monitoring.performance alerts
 * when even the favourable end of its band misses the promise by more than the tolerated drop, and warns when only the estimate does. Other
 * metrics and value stand beside it and never alert: no tolerance was agreed for them.
 *
 * An estimate is no measurement: it assumes that a score still means what it meant in the reference, so it cannot see concept drift. Where
 * the labels of half its rows are in and the metric was measured, it only warns; where the reference cannot vouch for such scores, it is not trusted.
 */
export function estimatedPerformance(evidence: WindowEvidence, realised: readonly Signal[]): Signal[] {
  const { definition } = evidence;
  const agreed = definition.monitoring.performance.metric;
  const estimating = estimateWindow(evidence);
  const beside: readonly MetricName[] = [
    ...BESIDE[definition.task].filter((metric) => metric !== agreed),
    ...(definition.businessValue === undefined || agreed === 'valuePerPrediction' ? [] : ['valuePerPrediction' as const]),
  ];
  const measured = realised.find(({ kind, subject }) => kind === 'realised-performance' && subject === agreed);
  return [agreedSignal(estimating, agreed, measured ?? null), ...beside.map((metric) => reportedSignal(estimating, metric))];
}

const METHOD = {
  scores: 'calibrated scores, without labels; band: chance in the labels and in the calibration',
  errors: 'a model of the losses on held-out rows, without labels; band: chance in the labels and in that model',
};

/** The parts of a signal that all estimates share, or the reason why there is no figure. */
function stated(estimate: WindowEstimate, metric: MetricName) {
  const { evidence, pooled, rows, metrics, missing } = estimate;
  const promise = evidence.reference.promise.find((each) => each.metric === metric)?.value ?? null;
  const found = metrics.find((each) => each.metric === metric);
  const value = found?.value ?? null;
  const error = found?.standardError ?? null;
  const band = value === null || error === null ? null : estimateBand(evidence, { metric, value, standardError: error });
  const second =
    band === null || value === null || error === null || evidence.second == null
      ? null
      : weighSecondOpinion({ metric, value, standardError: error, ...band }, evidence.second);
  const estimates = metric === evidence.definition.monitoring.performance.metric ? estimatedFigures(estimate) : undefined;
  const base = {
    kind: 'estimated-performance' as const,
    subject: metric,
    method: `Estimated from ${METHOD[evidence.definition.task === 'regression' ? 'errors' : 'scores']}${(band?.factor ?? 1) > 1 ? ', as far as windows of the reference differ' : ''}`,
    window: pooled.window,
    sampleSize: Math.round(rows),
    reference: promise,
    ...(second === null ? {} : { secondOpinion: second.opinion }),
    ...(estimates === undefined ? {} : { estimates }),
  };
  const why =
    missing ??
    (value === null
      ? (found?.why ??
        `${metricName(metric)} cannot be estimated from ${evidence.definition.task === 'regression' ? 'expected errors' : 'scores'} alone.`)
      : null);
  return { base, promise, value, interval: second?.interval ?? band?.interval ?? null, why, opinion: second?.opinion ?? null };
}

function agreedSignal(estimating: WindowEstimate, metric: MetricName, measured: Signal | null): Signal {
  const { evidence, doubt, rows } = estimating;
  const { base, promise, value, interval, why, opinion } = stated(estimating, metric);
  if (why !== null || value === null || interval === null)
    return signalOf(evidence, { ...base, status: 'insufficient-data', why: why ?? '' });
  const say = (number: number) => phraseNumber(number, metricDigits(metric, number));
  const figures = phrase({ metric, value, interval, rows });
  const without = (reason: string) => signalOf(evidence, { ...base, value, interval, status: 'insufficient-data', why: reason });
  if (promise === null) return without(`${figures}; ${evidence.reference.version} promised no ${metricName(metric)} to hold it against.`);
  if (doubt !== null) return without(`${figures}, but this estimate is not trusted. ${doubt}`);
  const higherIsBetter = HIGHER_IS_BETTER[metric];
  const drop = evidence.definition.monitoring.performance.toleratedDrop;
  const level = higherIsBetter ? promise - drop : promise + drop;
  const verdict = judgeEstimate({ value, lower: interval.lower, upper: interval.upper, level, higherIsBetter });
  const labelsSpeak = speaks(measured, { rows, window: base.window });
  // A second opinion past the limit is no alarm: it has not earned one. It keeps an incident from closing.
  const otherMisses =
    opinion?.agrees === false && opinion.value !== null && (higherIsBetter ? opinion.value < level : opinion.value > level);
  const status = verdict === 'holds' ? (otherMisses ? 'warning' : 'ok') : verdict === 'below' && !labelsSpeak ? 'alert' : 'warning';
  const aside = labelsSpeak && verdict === 'below' ? ' The labels of most of these rows are in: the realised figure decides.' : '';
  return signalOf(evidence, {
    ...base,
    value,
    interval,
    threshold: { operator: higherIsBetter ? '<' : '>', level, rule: 'promise of the version and monitoring.performance.toleratedDrop' },
    status,
    why: `${figures}; ${say(promise)} was promised and ${say(level)} is the limit: ${VERDICT[verdict]}.${aside}${toldOpinion(opinion)}`,
  });
}

/** Labels outrank an estimate of the same rows: a realised figure of earlier windows, whose labels alone are mature, says nothing of newer rows. */
function speaks(measured: Signal | null, { rows, window }: { readonly rows: number; readonly window: Window }): boolean {
  return measured !== null && measuresRowsOf(measured, window) && measured.sampleSize >= LABELS_SPEAK * rows;
}

function toldOpinion(opinion: SecondOpinion | null): string {
  return opinion === null ? '' : ` ${opinion.why}`;
}

const VERDICT = {
  below: 'the drop is probably more than is tolerated, beyond the band',
  'may be below': 'past the limit, but the band still reaches it',
  holds: 'within what is tolerated',
};

function reportedSignal(estimating: WindowEstimate, metric: MetricName): Signal {
  const { evidence, doubt, rows } = estimating;
  const { base, promise, value, interval, why, opinion } = stated(estimating, metric);
  if (why !== null || value === null) return signalOf(evidence, { ...base, status: 'insufficient-data', why: why ?? '' });
  const figures = phrase({ metric, value, interval, rows });
  if (doubt !== null)
    return signalOf(evidence, {
      ...base,
      value,
      interval,
      status: 'insufficient-data',
      why: `${figures}, but this estimate is not trusted. ${doubt}`,
    });
  const against = promise === null ? 'nothing was promised' : `${phraseNumber(promise, metricDigits(metric, promise))} was promised`;
  return signalOf(evidence, {
    ...base,
    value,
    interval,
    status: 'ok',
    why: `${figures}; ${against}. Reported only: no tolerance was agreed for it.${toldOpinion(opinion)}`,
  });
}

function phrase({ metric, value, interval, rows }: { metric: MetricName; value: number; interval: Interval | null; rows: number }): string {
  const digits = metricDigits(metric, value);
  const range = interval === null ? '' : ` (${phraseInterval(interval, digits)})`;
  return `Estimate without labels: ${metricName(metric)} is probably ${phraseNumber(value, digits)}${range} on ${rowsText(Math.round(rows))}`;
}

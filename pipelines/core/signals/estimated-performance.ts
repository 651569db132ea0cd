import { calibrateCube, LEAST_OF_A_CLASS } from '../profile/calibrate-cube.ts';
import { estimateFromCounts } from '../profile/estimate-from-counts.ts';
import { scoreSupport } from '../profile/score-support.ts';
import type { Interval } from '../schema/interval.ts';
import { HIGHER_IS_BETTER, type MetricName } from '../schema/metric.ts';
import { metricDigits, metricName } from '../schema/phrase-metric.ts';
import { phraseInterval, phraseNumber } from '../schema/phrase-number.ts';
import type { Signal } from '../schema/signal.ts';
import type { Window } from '../schema/window.ts';
import { judgeEstimate } from '../statistics/estimation/judge-estimate.ts';
import { estimateBand } from './estimate-band.ts';
import { measuresRowsOf } from './measures-rows-of.ts';
import { figure, percent, rowsText } from './phrase-figures.ts';
import { type PooledScores, pooledScores } from './pooled-scores.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/** Scores that are missing or no probability: with more of them an estimate would speak of the rest only. */
const MOST_UNREADABLE = 0.05;
/** Share of the estimated rows whose labels are in from which on the realised figure speaks instead of the estimate. */
const LABELS_SPEAK = 0.5;

/**
 * What the performance of the pooled trailing windows probably is, before their labels are in: calibrated scores instead of labels (see
 * `estimateFromCounts`). The metric of monitoring.performance alerts when even the favourable end of its band misses the promise by more than the tolerated drop, and
 * warns when only the estimate does. Accuracy and value stand beside it and never alert: no tolerance was agreed for them.
 *
 * An estimate is no measurement: it assumes that a score still means what it meant in the reference, so it cannot see concept drift. Where
 * the labels of half its rows are in and the metric was measured, it only warns; where the reference cannot vouch for such scores, it is not trusted.
 */
export function estimatedPerformance(evidence: WindowEvidence, realised: readonly Signal[]): Signal[] {
  const { definition } = evidence;
  const agreed = definition.monitoring.performance.metric;
  const estimating = estimate(evidence);
  const beside: readonly MetricName[] = [
    ...(agreed === 'accuracy' || definition.task === 'regression' ? [] : ['accuracy' as const]),
    ...(definition.businessValue === undefined || agreed === 'valuePerPrediction' ? [] : ['valuePerPrediction' as const]),
  ];
  const measured = realised.find(({ kind, subject }) => kind === 'realised-performance' && subject === agreed);
  return [agreedSignal(estimating, agreed, measured ?? null), ...beside.map((metric) => reportedSignal(estimating, metric))];
}

interface Estimating {
  readonly evidence: WindowEvidence;
  readonly pooled: PooledScores;
  readonly rows: number;
  readonly metrics: readonly {
    readonly metric: string;
    readonly value: number | null;
    readonly standardError: number | null;
    readonly why: string | null;
  }[];
  /** Why there is no figure at all. */
  readonly missing: string | null;
  /** Why the figures may not be trusted. */
  readonly doubt: string | null;
}

function estimate(evidence: WindowEvidence): Estimating {
  const { definition, reference } = evidence;
  const pooled = pooledScores(evidence);
  const none = (missing: string, rows = 0): Estimating => ({ evidence, pooled, rows, metrics: [], missing, doubt: null });
  if (definition.task === 'regression') return none('The errors of a regression cannot be estimated from its predictions alone.');
  if (pooled.scores === null) return none(pooled.obstacle ?? 'There are no scores.');
  const calibration = evidence.calibration === undefined ? calibrateCube(reference.labels) : evidence.calibration;
  if (calibration === null) {
    const { labelled, positives } = reference.labels;
    return none(
      `The reference of ${reference.version} holds ${figure(positives)} positive and ${figure(labelled - positives)} negative labels; ${figure(LEAST_OF_A_CLASS)} of each are needed.`,
    );
  }
  const { businessValue, task, monitoring } = definition;
  const { rows, metrics } = estimateFromCounts({ calibration, scores: pooled.scores, businessValue, task });
  const all = pooled.scores.rows;
  const unreadable = all === 0 ? 1 : 1 - rows / all;
  if (unreadable > MOST_UNREADABLE)
    return none(`${percent(unreadable)} of the scores are missing or no probability; at most ${percent(MOST_UNREADABLE)} may be.`, rows);
  if (rows < monitoring.minimumRows)
    return none(`${rowsText(rows)} have a score; at least ${figure(monitoring.minimumRows)} are needed.`, rows);
  return { evidence, pooled, rows, metrics, missing: null, doubt: scoreSupport(calibration, pooled.scores).why };
}

/** The parts of a signal that all estimates share, or the reason why there is no figure. */
function stated({ evidence, pooled, rows, metrics, missing }: Estimating, metric: MetricName) {
  const promise = evidence.reference.promise.find((each) => each.metric === metric)?.value ?? null;
  const found = metrics.find((each) => each.metric === metric);
  const value = found?.value ?? null;
  const error = found?.standardError ?? null;
  const band = value === null || error === null ? null : estimateBand(evidence, { metric, value, standardError: error });
  const base = {
    kind: 'estimated-performance' as const,
    subject: metric,
    method: `Estimated from calibrated scores, without labels; band: chance in the labels and in the calibration${band?.isWidened === true ? ', as far as windows of the reference differ' : ''}`,
    window: pooled.window,
    sampleSize: Math.round(rows),
    reference: promise,
  };
  const why = missing ?? (value === null ? (found?.why ?? `${metricName(metric)} cannot be estimated from scores alone.`) : null);
  return { base, promise, value, interval: band?.interval ?? null, why };
}

function agreedSignal(estimating: Estimating, metric: MetricName, measured: Signal | null): Signal {
  const { evidence, doubt, rows } = estimating;
  const { base, promise, value, interval, why } = stated(estimating, metric);
  if (why !== null || value === null || interval === null)
    return signalOf(evidence, { ...base, status: 'insufficient-data', why: why ?? '' });
  const say = (number: number) => phraseNumber(number, metricDigits(metric));
  const figures = phrase({ metric, value, interval, rows });
  const without = (reason: string) => signalOf(evidence, { ...base, value, interval, status: 'insufficient-data', why: reason });
  if (promise === null) return without(`${figures}; ${evidence.reference.version} promised no ${metricName(metric)} to hold it against.`);
  if (doubt !== null) return without(`${figures}, but this estimate is not trusted. ${doubt}`);
  const higherIsBetter = HIGHER_IS_BETTER[metric];
  const drop = evidence.definition.monitoring.performance.toleratedDrop;
  const level = higherIsBetter ? promise - drop : promise + drop;
  const verdict = judgeEstimate({ value, lower: interval.lower, upper: interval.upper, level, higherIsBetter });
  const labelsSpeak = speaks(measured, { rows, window: base.window });
  const status = verdict === 'holds' ? 'ok' : verdict === 'below' && !labelsSpeak ? 'alert' : 'warning';
  const aside = labelsSpeak && verdict === 'below' ? ' The labels of most of these rows are in: the realised figure decides.' : '';
  return signalOf(evidence, {
    ...base,
    value,
    interval,
    threshold: { operator: higherIsBetter ? '<' : '>', level, rule: 'promise of the version and monitoring.performance.toleratedDrop' },
    status,
    why: `${figures}; ${say(promise)} was promised and ${say(level)} is the limit: ${VERDICT[verdict]}.${aside}`,
  });
}

/** Labels outrank an estimate of the same rows: a realised figure of earlier windows, whose labels alone are mature, says nothing of newer rows. */
function speaks(measured: Signal | null, { rows, window }: { readonly rows: number; readonly window: Window }): boolean {
  return measured !== null && measuresRowsOf(measured, window) && measured.sampleSize >= LABELS_SPEAK * rows;
}

const VERDICT = {
  below: 'the drop is probably more than is tolerated, beyond the band',
  'may be below': 'past the limit, but the band still reaches it',
  holds: 'within what is tolerated',
};

function reportedSignal(estimating: Estimating, metric: MetricName): Signal {
  const { evidence, doubt, rows } = estimating;
  const { base, promise, value, interval, why } = stated(estimating, metric);
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
  const against = promise === null ? 'nothing was promised' : `${phraseNumber(promise, metricDigits(metric))} was promised`;
  return signalOf(evidence, {
    ...base,
    value,
    interval,
    status: 'ok',
    why: `${figures}; ${against}. Reported only: no tolerance was agreed for it.`,
  });
}

function phrase({ metric, value, interval, rows }: { metric: MetricName; value: number; interval: Interval | null; rows: number }): string {
  const digits = metricDigits(metric);
  const range = interval === null ? '' : ` (${phraseInterval(interval, digits)})`;
  return `Estimate without labels: ${metricName(metric)} is probably ${phraseNumber(value, digits)}${range} on ${rowsText(Math.round(rows))}`;
}

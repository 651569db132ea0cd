import { digestText } from '../../pipelines/core/digest/sha256.ts';
import { addSeconds, type Instant } from '../../pipelines/core/schema/instant.ts';
import type { MetricEstimate, MetricName } from '../../pipelines/core/schema/metric.ts';
import type { WindowSummary } from '../../pipelines/core/schema/model-state.ts';
import type { Signal } from '../../pipelines/core/schema/signal.ts';
import { type Window, windowId } from '../../pipelines/core/schema/window.ts';

export const DAY = 86_400;

/** What one day of the test history looked like. */
export interface FixtureDay {
  readonly window: Window;
  readonly version: string;
  readonly promised: number;
  /** Realised AUC; null: too few labels. */
  readonly auc: number | null;
  readonly drift: Readonly<Record<string, number>>;
  readonly rows: number;
}

/** A deterministic value in [0, 1) for a number: a fixture must be the same every time. */
export function noise(seed: number): number {
  const x = Math.sin(seed * 127.1 + 311.7) * 43_758.5453;
  return x - Math.floor(x);
}

export function dayWindow(first: Instant, day: number): Window {
  return { start: addSeconds(first, day * DAY), end: addSeconds(first, (day + 1) * DAY) };
}

export function estimate(metric: MetricName, value: number, sampleSize = 9000): MetricEstimate {
  const half = metric === 'valuePerPrediction' ? 0.04 : 0.008;
  const interval = { lower: value - half, upper: value + half, level: 0.95 };
  return { metric, value, interval, sampleSize, positives: Math.round(sampleSize * 0.21), method: 'Fixture value', why: null };
}

export function driftSignal(day: FixtureDay, subject: string, value: number): Signal {
  const threshold = 0.1;
  const alert = value > threshold && subject !== 'hour';
  return {
    ...blank(day, 'data-drift', subject),
    method: 'Jensen-Shannon distance, 10 classes',
    value,
    reference: 0,
    pValue: alert ? 1e-6 : 0.4,
    threshold: { operator: '>', level: threshold, rule: 'monitoring.drift.effectFloor' },
    sampleSize: day.rows,
    ...(alert ? { impact: { rank: 1, importance: 0.01, lossChange: 0.002, shareOfDrop: 1 } } : {}),
    status: alert ? 'alert' : 'ok',
    why: `${subject} is ${value.toFixed(2)} from the reference (${value > threshold ? 'over' : 'under'} the floor of 0.10).`,
  };
}

/** What is measured on a sample of rows: columns together, and the words of a text. */
function sampledSignals(day: FixtureDay): Signal[] {
  const evidence = { eValue: 1, total: 3, budget: 90 };
  const moved = Object.entries(day.drift).some(([name, distance]) => name !== 'hour' && distance > 0.1);
  const joint: Signal = {
    ...blank(day, 'multivariate-drift', 'all columns'),
    method: 'Domain classifier',
    value: 0.63,
    reference: 0.5,
    pValue: 1e-5,
    evidence,
    threshold: { operator: '>', level: 0.6, rule: 'monitoring.multivariate.areaFloor of model.yml' },
    sampleSize: 500,
    parts: [{ name: 'distance', value: 0.08, reference: null, current: null }],
    status: moved ? 'warning' : 'ok',
    why: 'A classifier tells 500 rows of the window from the reference.',
  };
  const words: Signal = {
    ...blank(day, 'vocabulary', 'note'),
    method: 'Share of unknown words',
    value: 0.1,
    reference: 0.09,
    pValue: 0.2,
    evidence,
    threshold: { operator: '>', level: 0.11, rule: 'monitoring.vocabulary.toleratedIncrease' },
    sampleSize: 500,
    parts: [{ name: 'drone', value: 6.2, reference: 2, current: 55 }],
    status: 'ok',
    why: '1 word bursts in 500 rows: "drone" (55).',
  };
  return [joint, words];
}

export function performanceSignal(day: FixtureDay): Signal {
  const { auc, promised } = day;
  const level = promised - 0.02;
  const labels = auc === null ? 120 : 7 * 1500;
  const status = auc === null ? 'insufficient-data' : auc + 0.008 < level ? 'alert' : 'ok';
  return {
    ...blank(day, 'realised-performance', 'rocAuc'),
    method: 'Mann-Whitney from cells, DeLong interval',
    value: auc,
    reference: promised,
    interval: auc === null ? null : { lower: auc - 0.008, upper: auc + 0.008, level: 0.95 },
    threshold: { operator: '<', level, rule: 'monitoring.performance.toleratedDrop' },
    sampleSize: labels,
    status,
    why:
      auc === null
        ? 'Only 120 labels have arrived; 500 are needed.'
        : `Realised AUC is ${auc.toFixed(3)} against ${promised.toFixed(3)} promised; ${status === 'alert' ? 'the loss is more than the 0.020 that is tolerated' : 'that is within what is tolerated'}.`,
  };
}

/** As promised, whatever happens: an estimate does not see that what a score means has changed. */
function estimateSignal(day: FixtureDay): Signal {
  const value = day.promised - 0.004;
  return {
    ...blank(day, 'estimated-performance', 'rocAuc'),
    method: 'Estimated from calibrated scores',
    value,
    reference: day.promised,
    interval: { lower: value - 0.01, upper: value + 0.01, level: 0.95 },
    threshold: { operator: '<', level: day.promised - 0.02, rule: 'monitoring.performance.toleratedDrop' },
    sampleSize: 7 * 1500,
    status: 'ok',
    why: `Estimate without labels: AUC is probably ${value.toFixed(3)}.`,
    estimates: estimatesBeside(value, day.promised),
  };
}

function estimatesBeside(auc: number, promise: number): NonNullable<Signal['estimates']> {
  const around = (value: number) => ({ lower: value - 0.01, upper: value + 0.01, level: 0.95 });
  const cell = (actual: string, called: string, share: number) => ({ actual, called, share, interval: around(share) });
  return {
    rows: 7 * 1500,
    metrics: [
      { metric: 'rocAuc', value: auc, interval: around(auc), promise },
      { metric: 'precision', value: 0.31, interval: around(0.31), promise: null },
    ],
    confusion: [cell('1', '1', 0.12), cell('0', '1', 0.27), cell('1', '0', 0.08), cell('0', '0', 0.53)],
  };
}

function volumeSignal(day: FixtureDay): Signal {
  return {
    ...blank(day, 'volume', 'predictions'),
    method: 'Relative change against the same weekday of the reference',
    value: day.rows / 1500 - 1,
    threshold: { operator: '>', level: 0.5, rule: 'monitoring.volume.toleratedChange' },
    sampleSize: day.rows,
    status: 'ok',
    why: `${day.rows} rows, close to the usual 1,500 of this weekday.`,
  };
}

/** End of the newest window, whose labels are still coming. */
const NEWEST_END = '2026-07-20T00:00:00Z';

export function windowSummary(day: FixtureDay): WindowSummary {
  const drift = Object.entries(day.drift).map(([subject, value]) => driftSignal(day, subject, value));
  const score: Signal = {
    ...driftSignal(day, '$score', 0.04),
    kind: 'prediction-drift',
    id: `prediction-drift/$score/${windowId(day.window)}`,
  };
  const perPrediction = day.auc === null ? null : -0.9 + (day.auc - 0.6);
  return {
    window: day.window,
    champion: day.version,
    rows: day.rows,
    labelled: day.auc === null ? 120 : day.rows,
    quarantined: day.rows % 7 === 0 ? { 'bad-timestamp': 3 } : {},
    profileDigest: digestText(`profile ${day.window.start}`),
    signals: [...drift, score, ...sampledSignals(day), estimateSignal(day), performanceSignal(day), volumeSignal(day)],
    columns: {},
    service: serviceOf(day),
    realised: {
      metric: 'rocAuc',
      value: day.auc,
      error: 0.01,
      maturity: day.window.end >= NEWEST_END ? 0.4 : 1,
      corrected: day.rows % 7 === 0 ? 1 : 0,
    },
    business: {
      schemaVersion: 1,
      range: day.window,
      currency: 'USD',
      labelled: day.rows,
      perPrediction,
      interval: perPrediction === null ? null : { lower: perPrediction - 0.05, upper: perPrediction + 0.05, level: 0.95 },
      total: perPrediction === null ? null : perPrediction * day.rows,
      costOfWaitingPerDay: day.auc !== null && day.promised - day.auc > 0.03 ? 96 : null,
      breakEvenDays: day.auc !== null && day.promised - day.auc > 0.03 ? 0.5 : null,
      ...(perPrediction === null ? {} : { pooled: pooledOf(day, perPrediction) }),
      why: perPrediction === null ? 'Too few labels.' : 'The interval of the difference contains 0.',
    },
  };
}

function pooledOf(day: FixtureDay, perPrediction: number) {
  const interval = { lower: perPrediction - 0.03, upper: perPrediction + 0.03, level: 0.95 };
  return { range: day.window, windows: 7, labelled: 7 * day.rows, perPrediction, interval, why: 'Whole windows are drawn, not rows.' };
}

/** Slow in the evening of the fixture, used by day; the first ten days were measured before service was kept. */
function serviceOf(day: FixtureDay): NonNullable<WindowSummary['service']> {
  const around = (value: number) => ({ value, interval: { lower: value * 0.97, upper: value * 1.04, level: 0.95 } });
  const failed = day.rows % 5;
  const share = failed / day.rows;
  const north = Math.round(day.rows * 0.6);
  return {
    latencyMs: {
      rows: day.rows,
      quantiles: [
        { quantile: 0.5, ...around(6) },
        { quantile: 0.95, ...around(14 + (day.rows % 9)) },
        { quantile: 0.99, ...around(31) },
      ],
    },
    errors: { failed, share, interval: { lower: share / 2, upper: share * 2 + 0.001, level: 0.95 } },
    hours: Array.from({ length: 24 }, (_, hour) => (hour < 6 ? 8 : 60)),
    regions: [
      { region: 'north', rows: north },
      { region: null, rows: day.rows - north },
    ],
    cost: null,
    why: { cost: 'service.costPerPrediction of model.yml states no cost.' },
  };
}

function blank(day: FixtureDay, kind: Signal['kind'], subject: string) {
  const common = { reference: null, interval: null, pValue: null } as const;
  return { ...common, id: `${kind}/${subject}/${windowId(day.window)}`, kind, subject, window: day.window, modelVersion: day.version };
}

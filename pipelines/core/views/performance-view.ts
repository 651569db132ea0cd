import { durationSeconds } from '../schema/duration.ts';
import { addSeconds, type Instant } from '../schema/instant.ts';
import type { Interval } from '../schema/interval.ts';
import { HIGHER_IS_BETTER, type MetricEstimate, type MetricName } from '../schema/metric.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ModelState, WindowSummary } from '../schema/model-state.ts';
import type { SignalStatus } from '../schema/signal.ts';
import type { Window } from '../schema/window.ts';
import { changeSinceReference } from './change-since-reference.ts';
import { type EstimateView, estimateView } from './estimate-view.ts';
import { matureWindow, performanceSignal } from './health.ts';
import { metricDigits, metricName } from './phrase-metric.ts';
import { championOf, type ModelSource, promiseOf } from './site-source.ts';

/** One measured value in time. `value` is null where there were too few labels. */
export interface SeriesPoint {
  /** End of the window that the point stands for. */
  readonly at: Instant;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly sampleSize: number;
  readonly status: SignalStatus;
  readonly version: string;
}

/** What a version promised, for the time that it served. */
export interface PromiseStep {
  readonly version: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly promised: MetricEstimate | null;
  /** The worst value that the owner tolerates while this version serves. */
  readonly floor: number | null;
}

export interface MetricNow {
  readonly value: number | null;
  readonly interval: Interval | null;
  readonly sampleSize: number;
  readonly status: SignalStatus;
  readonly why: string;
  /** Rows that were measured. */
  readonly window: Window;
}

/** The main metric: now, as promised, and over time. */
export interface PerformanceView {
  readonly metric: MetricName;
  readonly name: string;
  readonly digits: number;
  readonly higherIsBetter: boolean;
  readonly target: number | null;
  readonly now: MetricNow | null;
  readonly promised: MetricEstimate | null;
  readonly toleratedDrop: number;
  readonly points: readonly SeriesPoint[];
  readonly steps: readonly PromiseStep[];
  /** Windows that end after this are still waiting for labels. */
  readonly labelsUntil: Instant | null;
  readonly windowSeconds: number;
  readonly pooledWindows: number;
  /** The same metric before labels are in. */
  readonly estimated: EstimateView;
  /** What the windows of the champion say of its promise, however often one looks, in a sentence; null without one. */
  readonly change: string | null;
}

/** The realised main metric of a model, from the windows of its state. */
export function performanceView(model: ModelSource): PerformanceView {
  const { definition, state } = model;
  const { metric, toleratedDrop } = definition.monitoring.performance;
  const windows = state?.windows ?? [];
  const now = state === null ? null : metricNow(model, state);
  const promised = promiseOf(model, championOf(model), metric);
  return {
    metric,
    name: metricName(metric),
    digits: metricDigits(metric, Math.max(Math.abs(promised?.value ?? 0), Math.abs(now?.value ?? 0))),
    higherIsBetter: HIGHER_IS_BETTER[metric],
    target: definition.successMetrics.find((success) => success.metric === metric)?.target ?? null,
    now,
    promised,
    toleratedDrop,
    points: windows.map((summary) => seriesPoint(model, summary)),
    steps: promiseSteps(model, windows),
    labelsUntil: state === null ? null : labelsUntil(definition, state),
    windowSeconds: durationSeconds(definition.monitoring.window),
    pooledWindows: definition.monitoring.performanceWindows,
    estimated: estimateView(definition, state),
    change: changeSinceReference(model),
  };
}

/** End of the newest window whose labels are mature; where none is, labels are due by the declared delay. */
function labelsUntil(definition: ModelDefinition, state: ModelState): Instant | null {
  const mature = matureWindow(definition, state)?.window.end;
  if (mature !== undefined) return mature;
  return state.watermark === null ? null : addSeconds(state.watermark, -durationSeconds(definition.labels.delay));
}

function metricNow(model: ModelSource, state: ModelState): MetricNow | null {
  const summary = matureWindow(model.definition, state) ?? state.windows.at(-1);
  const signal = summary === undefined ? null : performanceSignal(model.definition, summary);
  if (signal === null) return null;
  const { value, interval, sampleSize, status, why, window } = signal;
  return { value, interval, sampleSize, status, why, window };
}

function seriesPoint(model: ModelSource, summary: WindowSummary): SeriesPoint {
  const signal = performanceSignal(model.definition, summary);
  return {
    at: summary.window.end,
    value: signal?.value ?? null,
    lower: signal?.interval?.lower ?? null,
    upper: signal?.interval?.upper ?? null,
    sampleSize: signal?.sampleSize ?? 0,
    status: signal?.status ?? 'insufficient-data',
    version: summary.champion,
  };
}

function promiseSteps(model: ModelSource, windows: readonly WindowSummary[]): PromiseStep[] {
  const { metric, toleratedDrop } = model.definition.monitoring.performance;
  const sign = HIGHER_IS_BETTER[metric] ? -1 : 1;
  const steps: PromiseStep[] = [];
  for (const summary of windows) {
    const last = steps.at(-1);
    if (last?.version === summary.champion) {
      steps[steps.length - 1] = { ...last, to: summary.window.end };
      continue;
    }
    const promised = promiseOf(model, summary.champion, metric);
    const value = promised?.value ?? null;
    const floor = value === null ? null : value + sign * toleratedDrop;
    steps.push({ version: summary.champion, from: summary.window.start, to: summary.window.end, promised, floor });
  }
  return steps;
}

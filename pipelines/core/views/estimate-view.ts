import type { Interval } from '../schema/interval.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ModelState, WindowSummary } from '../schema/model-state.ts';
import type { Signal, SignalStatus } from '../schema/signal.ts';
import type { Window } from '../schema/window.ts';
import { estimateRecord } from '../signals/estimate-record.ts';
import { settledByLabels } from '../signals/settled-by-labels.ts';
import type { LinePoint } from './charts/unbroken-runs.ts';
import { type EstimateFigures, estimateFigures } from './estimate-figures.ts';

/** The main metric of the newest rows, estimated before their labels are in. */
export interface EstimateNow {
  readonly value: number;
  readonly interval: Interval | null;
  readonly sampleSize: number;
  readonly status: SignalStatus;
  readonly why: string;
  readonly window: Window;
}

/** Estimates of the main metric beside what labels showed. */
export interface EstimateView {
  /** In the newest window; null without a figure, and `why` says what is missing. */
  readonly now: EstimateNow | null;
  readonly why: string;
  /** Every other metric of the same rows; null: none was estimated. */
  readonly figures: EstimateFigures | null;
  /** One point a window; value null where there was no estimate that could be trusted. */
  readonly points: readonly LinePoint[];
  /** How often the band held what labels showed, in a sentence. */
  readonly record: string;
  /** What such an estimate is made from, and what it cannot see. */
  readonly assumption: string;
}

const ASSUMPTIONS: Readonly<Record<'scores' | 'errors', string>> = {
  scores:
    'estimated from the scores alone, with its 95 % band. It assumes that a score still means what it meant in the reference, so it cannot see that the same input now has another answer.',
  errors:
    'expected by a model of the errors that the version made on held-out rows, with its 95 % band. It assumes that errors are still as large for inputs like these, so it cannot see that the same input now has another answer.',
};

/** Estimates of the main metric over the windows of a state. */
export function estimateView(definition: ModelDefinition, state: ModelState | null): EstimateView {
  const windows = state?.windows ?? [];
  const newest = windows.at(-1);
  const signal = newest === undefined ? null : estimateSignal(definition, { signals: settledByLabels(newest.signals) });
  return {
    now: nowOf(signal),
    why: signal?.why ?? 'No window was estimated yet.',
    figures: figuresOf(definition, signal),
    points: windows.map((summary) => pointOf(definition, summary)),
    record: estimateRecord(definition, { windows, watermark: state?.watermark ?? null }).sentence,
    assumption: ASSUMPTIONS[definition.task === 'regression' ? 'errors' : 'scores'],
  };
}

/** The estimate of the definition's main metric in one window. */
export function estimateSignal({ monitoring }: ModelDefinition, { signals }: Pick<WindowSummary, 'signals'>): Signal | null {
  return signals.find(({ kind, subject }) => kind === 'estimated-performance' && subject === monitoring.performance.metric) ?? null;
}

function figuresOf({ task }: ModelDefinition, signal: Signal | null): EstimateFigures | null {
  if (signal?.estimates === undefined) return null;
  return estimateFigures(signal.estimates, { task, isTrusted: signal.status !== 'insufficient-data' });
}

function nowOf(signal: Signal | null): EstimateNow | null {
  if (signal?.value == null || signal.status === 'insufficient-data') return null;
  const { value, interval, sampleSize, status, why, window } = signal;
  return { value, interval, sampleSize, status, why, window };
}

function pointOf(definition: ModelDefinition, summary: WindowSummary): LinePoint {
  const at = summary.window.end;
  const estimate = nowOf(estimateSignal(definition, summary));
  if (estimate === null) return { at, value: null, lower: null, upper: null };
  return { at, value: estimate.value, lower: estimate.interval?.lower ?? null, upper: estimate.interval?.upper ?? null };
}

import type { Duration } from '../core/schema/duration.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { MetricName } from '../core/schema/metric.ts';
import type { Window } from '../core/schema/window.ts';

export interface BacktestPlan {
  /** Version 1 is trained on the rows before this. */
  readonly trainUntil: Instant;
  /** The rows between `trainUntil` and this are its reference; the replay begins here. */
  readonly referenceUntil: Instant;
  /** Rows and labels after this are not used. */
  readonly asOf: Instant;
  /** How often the watcher runs. */
  readonly every: Duration;
  /** How often the strategy `always` retrains. */
  readonly alwaysEvery: Duration;
}

/** The three ways that a backtest compares. */
export const STRATEGIES = ['policy', 'never', 'always'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** How one strategy did in one window, with all labels that are in by now. null: too few labels, one class, or no value matrix. */
export interface WindowOutcome {
  readonly version: string;
  readonly metric: number | null;
  readonly money: number | null;
}

export interface BacktestWindow {
  readonly window: Window;
  /** Labelled rows that were scored: at most monitoring.sampleRows a window. */
  readonly labelled: number;
  readonly outcomes: Readonly<Record<Strategy, WindowOutcome>>;
  /** What the policy would have done in the run that ends with this window, one line each. */
  readonly events: readonly string[];
}

export interface StrategySummary {
  readonly strategy: Strategy;
  readonly trainings: number;
  readonly promotions: number;
  /** Mean of the windows' metric, weighted by labelled rows. */
  readonly meanMetric: number | null;
  /** Sum of the windows' money. */
  readonly money: number | null;
  /** Money less the cost of the trainings after the first. */
  readonly moneyAfterTraining: number | null;
}

export interface BacktestResult {
  readonly model: string;
  readonly metric: MetricName;
  readonly currency: string | null;
  readonly trainedUntil: string;
  readonly range: Window;
  readonly alwaysEvery: string;
  readonly windows: readonly BacktestWindow[];
  readonly summaries: readonly StrategySummary[];
}

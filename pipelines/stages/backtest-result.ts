import type { Duration } from '../core/schema/duration.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { MetricName } from '../core/schema/metric.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
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

/**
 * One of the ways to keep a model that a backtest compares; names are unique within it. `policy`: as a definition says. `always`: by a timer, without a gate, the
 * challenger that is named or the better one. `drift-rule`: as soon as a feature's population stability index exceeds `level`, at most once in
 * `every`, without a gate.
 */
export type Contestant =
  | { readonly kind: 'policy'; readonly name: string; readonly definition: ModelDefinition }
  | { readonly kind: 'never'; readonly name: string }
  | { readonly kind: 'always'; readonly name: string; readonly every: Duration; readonly challenger?: 'all-history' | 'recent-window' }
  | { readonly kind: 'drift-rule'; readonly name: string; readonly every: Duration; readonly level: number };

/** What `holdfast backtest` compares when nothing else is asked for. */
export function usualContestants(definition: ModelDefinition, plan: Pick<BacktestPlan, 'alwaysEvery'>): Contestant[] {
  return [
    { kind: 'policy', name: 'policy', definition },
    { kind: 'never', name: 'never' },
    { kind: 'always', name: 'always', every: plan.alwaysEvery },
  ];
}

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
  /** By name of the contestant. */
  readonly outcomes: Readonly<Record<string, WindowOutcome>>;
  /** What the policies would have done in the run that ends with this window, one line each; where several compete, each line begins with a name. */
  readonly events: readonly string[];
}

export interface StrategySummary {
  /** Name of the contestant. */
  readonly strategy: string;
  /** Incidents opened; a schedule opens none. */
  readonly incidents: number;
  readonly trainings: number;
  readonly promotions: number;
  /** How good estimates without labels were. Left out: nobody estimated. */
  readonly estimates?: string;
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
  readonly windows: readonly BacktestWindow[];
  readonly summaries: readonly StrategySummary[];
}

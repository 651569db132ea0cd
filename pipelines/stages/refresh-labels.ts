import { settlingSeconds } from '../core/profile/maturity.ts';
import { emptyProfile } from '../core/profile/merge-profiles.ts';
import type { Deployment } from '../core/schema/deployment.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ModelState, RealisedFigure, WindowSummary } from '../core/schema/model-state.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { Signal } from '../core/schema/signal.ts';
import { realisedPerformance } from '../core/signals/realised-performance.ts';
import type { LabelShelf } from './label-shelf.ts';
import { moneyOf } from './money-of.ts';
import { lagKnowledge, type PerformanceHistory } from './performance-history.ts';
import { realisedFigure } from './realised-figure.ts';

/**
 * Known windows whose labels may have changed since they were last measured: those that ended, before the watermark, within the time in which nearly all labels
 * come (see `settlingSeconds`) and, because corrections come later still, as many windows more as are pooled. Labels and corrections that come later than
 * that stay out of the summaries (retraining still sees them).
 */
export function unripeWindows(known: {
  readonly definition: ModelDefinition;
  readonly reference: ReferenceProfile;
  readonly state: ModelState;
}): WindowSummary[] {
  const { watermark, windows } = known.state;
  if (watermark === null) return [];
  const { window: length, performanceWindows } = known.definition.monitoring;
  const settling = settlingSeconds(lagKnowledge(known.definition, known.reference)) + performanceWindows * durationSeconds(length);
  return windows.filter(({ window }) => addSeconds(window.end, settling) > watermark);
}

/**
 * The unripe windows with the labels that have arrived by now: label count, realised signals and money anew, all else as it was. Windows of an
 * earlier champion get their label count only: this reference makes no promise for that version. Unchanged summaries are left out.
 */
export function refreshLabels(input: {
  readonly definition: ModelDefinition;
  readonly deployment: Deployment;
  readonly reference: ReferenceProfile;
  readonly shelf: LabelShelf;
  readonly state: ModelState;
  readonly history: PerformanceHistory;
  /** Labels that were changed after they had come, by start of window. */
  readonly corrected: ReadonlyMap<string, number>;
}): WindowSummary[] {
  const { definition, deployment, reference, shelf, history } = input;
  const refreshed: WindowSummary[] = [];
  for (const summary of unripeWindows(input)) {
    const { window, rows } = summary;
    if (!shelf.covers(window)) continue;
    const labelled = shelf.labelled(window);
    const figure = realisedFigure(history, window, input.corrected.get(window.start) ?? 0);
    const isAnothers = summary.champion !== deployment.production;
    const isKnown = labelled === summary.labelled && figure.corrected === (summary.realised?.corrected ?? 0);
    if (isKnown && (isAnothers || isSame(definition, figure, summary.realised))) continue;
    if (isAnothers) {
      refreshed.push({ ...summary, labelled, realised: { ...figure, value: summary.realised?.value ?? null } });
      continue;
    }
    // Realised signals depend on label cubes alone: of the profile they take the window.
    const profile = emptyProfile(definition.name, window);
    const pool = history.pool(window);
    const trailingCubes = pool === null ? [] : shelf.champion(pool);
    const realised = realisedPerformance({ definition, reference, profile, trailingCubes, cycle: [], realised: history.of(window) });
    const signals = [...summary.signals.filter((signal) => !isRealised(signal)), ...realised];
    const business = moneyOf({ definition, reference, window, rows, shelf, history });
    refreshed.push({ ...summary, labelled, signals, business, realised: figure });
  }
  return refreshed;
}

/** Corrections change labels without changing their number, and a window may mature without a further label. */
function isSame({ labels }: ModelDefinition, now: RealisedFigure, before: RealisedFigure | undefined): boolean {
  if (before === undefined) return false;
  const ripened = before.maturity < labels.maturity && now.maturity >= labels.maturity;
  return !ripened && now.value === before.value;
}

function isRealised({ kind }: Signal): boolean {
  return kind === 'realised-performance' || kind === 'business-value';
}

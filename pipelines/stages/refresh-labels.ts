import { emptyProfile } from '../core/profile/merge-profiles.ts';
import type { Deployment } from '../core/schema/deployment.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ModelState, WindowSummary } from '../core/schema/model-state.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { Signal } from '../core/schema/signal.ts';
import { realisedPerformance } from '../core/signals/realised-performance.ts';
import type { LabelShelf } from './label-shelf.ts';
import { moneyOf, trailingRange } from './measure-window.ts';

/**
 * Known windows whose labels were still arriving when they were last measured: those that end within the label
 * delay before the watermark. Labels that come later than the declared delay stay out of the summaries (retraining still sees them).
 */
export function unripeWindows(definition: ModelDefinition, state: ModelState): WindowSummary[] {
  const { watermark } = state;
  if (watermark === null) return [];
  const delay = durationSeconds(definition.labels.delay);
  return state.windows.filter(({ window }) => addSeconds(window.end, delay) > watermark);
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
}): WindowSummary[] {
  const { definition, deployment, reference, shelf, state } = input;
  const refreshed: WindowSummary[] = [];
  for (const summary of unripeWindows(definition, state)) {
    const { window, rows } = summary;
    const labelled = shelf.labelled(window);
    if (labelled === summary.labelled) continue;
    if (summary.champion !== deployment.production) {
      refreshed.push({ ...summary, labelled });
      continue;
    }
    // Realised signals depend on label cubes alone: of the profile they take the window.
    const profile = emptyProfile(definition.name, window);
    const trailingCubes = shelf.champion(trailingRange(definition, reference, window));
    const realised = realisedPerformance({ definition, reference, profile, trailingCubes, cycle: [] });
    const signals = [...summary.signals.filter((signal) => !isRealised(signal)), ...realised];
    refreshed.push({ ...summary, labelled, signals, business: moneyOf({ definition, reference, window, rows, shelf }) });
  }
  return refreshed;
}

function isRealised({ kind }: Signal): boolean {
  return kind === 'realised-performance' || kind === 'business-value';
}

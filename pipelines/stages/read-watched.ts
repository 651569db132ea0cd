import { durationSeconds } from '../core/schema/duration.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { Window } from '../core/schema/window.ts';
import { inspectedProfiles } from './inspected-profiles.ts';
import { type LabelShelf, labelShelf } from './label-shelf.ts';
import { poolOf } from './performance-history.ts';
import { promotionOf } from './promotion-of.ts';
import { unripeWindows } from './refresh-labels.ts';
import { storedProfiles, windowsBefore } from './trailing-profiles.ts';
import type { WatchInput } from './watch-input.ts';
import { windowsBackFrom } from './windows-back-from.ts';

/** Profiles of the new windows, and of the known ones that they pool with: from the store, or, where it has lost them, by the same one query. */
export async function readProfiles(input: WatchInput, windows: readonly Window[]) {
  const { reference, artifacts, log, asOf } = input;
  if (windows.length === 0) return { profiles: [], trailing: [] };
  const before = windowsBefore(input, windows);
  const stored = await storedProfiles(input, { windows: before, artifacts });
  const held = new Set(stored.map(({ window }) => window.start));
  const lost = before.filter(({ start }) => !held.has(start));
  const wanted = { windows: [...lost, ...windows], grids: reference.grids, asOf, inspectFrom: lost.length };
  const read = await inspectedProfiles(log, wanted);
  return { profiles: read.slice(lost.length), trailing: [...stored, ...read.slice(0, lost.length)] };
}

/** All labels that the run needs: of the new windows, of the unripe ones, of those that they pool, and of all since a promotion. */
export async function readShelf(input: WatchInput, windows: readonly Window[]): Promise<LabelShelf> {
  const { definition, deployment, reference, state, labels, asOf } = input;
  const unripe = unripeWindows({ definition, reference, state }).map(({ window }) => window);
  const speaking = [...unripe, ...windows];
  // A window of an earlier champion may lie before the range that this reference lets pool.
  const starts = speaking.flatMap((window) => [window.start, poolOf({ definition, reference, asOf }, window)?.start ?? window.start]);
  const promotedAt = promotionOf(input);
  const start = [...starts, ...(promotedAt === null ? [] : [promotedAt])].sort()[0];
  const end = speaking.at(-1)?.end ?? state.watermark;
  if (start === undefined || end === null) return labelShelf([], deployment.production);
  const wanted = windowsBackFrom(end, start, durationSeconds(definition.monitoring.window));
  return labelShelf(wanted.length === 0 ? [] : await labels.cubes(wanted, asOf), deployment.production, wanted);
}

/** Labels of the new and the unripe windows that were changed after they had come, by start of window. */
export async function countCorrected({ definition, reference, state, labels, asOf }: WatchInput, windows: readonly Window[]) {
  const unripe = unripeWindows({ definition, reference, state }).map(({ window }) => window);
  const arrivals = await labels.arrivals([...unripe, ...windows], asOf);
  return new Map(arrivals.map(({ window, corrected }) => [window.start, corrected]));
}

/** Labelled rows up to the watermark that the champion was not trained on. */
export async function countNewLabels({ labels, championVersion, asOf }: WatchInput, watermark: Instant): Promise<number> {
  const start = championVersion.trainedUntil;
  return start < watermark ? await labels.countLabelled({ start, end: watermark }, asOf) : 0;
}

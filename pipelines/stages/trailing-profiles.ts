import type { Deployment } from '../core/schema/deployment.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ModelState } from '../core/schema/model-state.ts';
import { PARSE_ONCE } from '../core/schema/parse-once.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { Window } from '../core/schema/window.ts';
import { SCORE_COLUMN, WindowProfile } from '../core/schema/window-profile.ts';
import { calendarCycle } from '../core/signals/calendar-cycle.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import { windowsBackFrom } from './windows-back-from.ts';

interface Champion {
  readonly definition: ModelDefinition;
  readonly deployment: Deployment;
  readonly reference: ReferenceProfile;
  readonly state: ModelState;
}

/**
 * From when on a window may count as the champion's against its reference: after the reference's range, whose rows it is made of, and after the
 * champion was promoted. The first champion of a model served before anyone watched. A promotion that is not recorded yet came after the last run.
 */
export function servesSince({ deployment, reference, state }: Champion): Instant {
  const promotion = state.promotions.findLast(({ version, previous }) => version === deployment.production && previous !== null);
  const isUnrecorded = state.champion !== null && state.champion !== deployment.production;
  const starts = [reference.range.end, isUnrecorded ? state.watermark : (promotion?.at ?? null)];
  return starts.reduce<Instant>((latest, start) => (start !== null && start > latest ? start : latest), reference.range.end);
}

/** Known windows that the first of the new ones pools with, for its drift (see `calendarCycle`) or for its estimate, oldest first. */
export function windowsBefore(champion: Champion, windows: readonly Window[]): Window[] {
  const { definition } = champion;
  const [first] = windows;
  if (first === undefined) return [];
  const start = addSeconds(first.end, -Math.max(calendarCycle(definition) ?? 0, pooledSeconds(definition)));
  const since = servesSince(champion);
  return windowsBackFrom(first.start, since > start ? since : start, durationSeconds(definition.monitoring.window));
}

/** Seconds that realised and estimated performance pool. */
function pooledSeconds({ monitoring }: ModelDefinition): number {
  return durationSeconds(monitoring.window) * monitoring.performanceWindows;
}

/** The profiles of these windows that the store still holds, on the grids of this reference. A store that is empty costs no error. */
export async function storedProfiles(
  { reference, state }: Pick<Champion, 'reference' | 'state'>,
  { windows, artifacts }: { readonly windows: readonly Window[]; readonly artifacts: ArtifactStore },
): Promise<WindowProfile[]> {
  const digests = new Map(state.windows.map(({ window, profileDigest }) => [window.start, profileDigest]));
  const found: WindowProfile[] = [];
  for (const { start, end } of windows) {
    const digest = digests.get(start);
    const bytes = digest === undefined ? null : await artifacts.get(digest);
    const profile = bytes === null ? null : WindowProfile.parse(JSON.parse(new TextDecoder().decode(bytes)), PARSE_ONCE);
    if (profile !== null && profile.window.end === end && liesOnGrid(profile, reference)) found.push(profile);
  }
  return found;
}

/** The profiles of one calendar cycle up to and with a window, as far as the champion served it. */
export function cycleOf(champion: Champion, window: Window, profiles: readonly WindowProfile[]): WindowProfile[] {
  const cycle = calendarCycle(champion.definition);
  return cycle === null ? [] : servedWithin(champion, window, { seconds: cycle, profiles });
}

/** The profiles of the windows that the performance of a window pools, as far as the champion served them. */
export function performanceProfiles(champion: Champion, window: Window, profiles: readonly WindowProfile[]): WindowProfile[] {
  return servedWithin(champion, window, { seconds: pooledSeconds(champion.definition), profiles });
}

function servedWithin(
  champion: Champion,
  window: Window,
  { seconds, profiles }: { readonly seconds: number; readonly profiles: readonly WindowProfile[] },
): WindowProfile[] {
  const start = addSeconds(window.end, -seconds);
  const since = servesSince(champion);
  return profiles.filter((each) => each.window.start >= start && each.window.start >= since && each.window.end <= window.end);
}

function liesOnGrid({ columns }: WindowProfile, { grids }: ReferenceProfile): boolean {
  const score = columns[SCORE_COLUMN];
  return score === undefined || (score.kind === 'numeric' && score.grid === grids[SCORE_COLUMN]?.id);
}

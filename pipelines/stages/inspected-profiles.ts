import type { Instant } from '../core/schema/instant.ts';
import type { Window } from '../core/schema/window.ts';
import type { Grid, WindowProfile } from '../core/schema/window-profile.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';

/** The windows to profile, and from which place on their files are looked at too. */
export interface InspectedRequest {
  readonly windows: readonly Window[];
  readonly grids: Readonly<Record<string, Grid>>;
  readonly asOf: Instant;
  /** Windows before this place are profiled only. */
  readonly inspectFrom: number;
}

/** Profiles of windows with what their files tell beside the values, where the log can tell it. */
export async function inspectedProfiles(log: PredictionLog, request: InspectedRequest): Promise<readonly WindowProfile[]> {
  const { windows, grids, asOf, inspectFrom } = request;
  const profiles = await log.profile(windows, grids, asOf);
  const found = (await log.inspect?.(windows.slice(inspectFrom), asOf)) ?? [];
  return profiles.map((profile, index) => {
    const integrity = found[index - inspectFrom];
    return integrity === undefined ? profile : { ...profile, integrity };
  });
}

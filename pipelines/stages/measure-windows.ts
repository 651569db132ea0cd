import { calibrateCube } from '../core/profile/calibrate-cube.ts';
import type { DriftEvidence } from '../core/schema/drift-evidence.ts';
import type { WindowSummary } from '../core/schema/model-state.ts';
import type { Window } from '../core/schema/window.ts';
import type { WindowProfile } from '../core/schema/window-profile.ts';
import { servingReader } from './check-serving.ts';
import { classReader } from './class-estimates.ts';
import { dateFaults } from './date-faults.ts';
import { referenceJudge } from './judged-reference.ts';
import type { LabelShelf } from './label-shelf.ts';
import { measureWindow } from './measure-window.ts';
import type { PerformanceHistory } from './performance-history.ts';
import { partsReader } from './read-parts.ts';
import { pooledRowsReader, sampleReader } from './read-sample.ts';
import { opinionReader } from './second-opinions.ts';
import { cycleOf, performanceProfiles } from './trailing-profiles.ts';
import type { WatchInput } from './watch-input.ts';

/** What was read for the new windows of a run. */
export interface WindowsMaterial {
  /** Profiles of the new windows, oldest first. */
  readonly profiles: readonly WindowProfile[];
  /** Profiles of the known windows that they pool with. */
  readonly trailing: readonly WindowProfile[];
  readonly shelf: LabelShelf;
  readonly history: PerformanceHistory;
  /** Labels that were changed after they had come, by start of window. */
  readonly corrected: ReadonlyMap<string, number>;
  /** Of drift, in the windows before. */
  readonly before: DriftEvidence;
}

/** What the new windows of a run gave, and the evidence of drift that the next run starts from. */
export interface MeasuredWindows {
  readonly summaries: readonly WindowSummary[];
  readonly after: DriftEvidence;
}

/** Measures the new windows of a run one after another. Most of what the watcher knows is loaded with this file, so a run without new windows leaves it. */
export async function measureWindows(input: WatchInput, material: WindowsMaterial): Promise<MeasuredWindows> {
  const { definition, deployment, reference, artifacts } = input;
  const { profiles, trailing, shelf, history, corrected } = material;
  const summaries: WindowSummary[] = [];
  let after = material.before;
  const sampleOf = sampleReader(input);
  const pooledRowsOf = pooledRowsReader(input);
  const partsOf = partsReader(input);
  const judge = referenceJudge(input);
  const classesOf = classReader(input, judge);
  const withOpinions = opinionReader(input, judge);
  const calibration = calibrateCube(reference.labels);
  // The sample of the newest window is the next to be read only where it is the first one too.
  const servedIn = await servingReader({ ...input, ...(profiles.length === 1 ? { sampleOf } : {}) }, profiles.at(-1)?.window);
  for (const profile of profiles) {
    const cycle = cycleOf(input, profile.window, [...trailing, ...profiles]);
    const trailingProfiles = performanceProfiles(input, profile.window, [...trailing, ...profiles]);
    const sample = await sampleOf(profile.window);
    const pooledRows = await pooledRowsOf(trailingProfiles);
    const classes = await classesOf({ profile, trailingProfiles, sample, isNewest: profile === profiles.at(-1) });
    const pooled = { cycle, trailingProfiles, calibration, shelf, history, corrected: changedIn(corrected, profile.window) };
    const served = servedIn(profile.window);
    const measured = measureWindow({
      definition,
      reference,
      profile,
      ...pooled,
      ...served,
      driftEvidence: after,
      sample,
      pooledRows,
      classes,
    });
    const { summary, bytes, driftEvidence } = measured;
    after = driftEvidence;
    const weighed = await withOpinions({ profile, trailingProfiles, calibration, sample, classes, signals: summary.signals });
    const dated = await dateFaults(input, profile.window, weighed);
    const signals = [...dated, ...(await partsOf(profile, summary.signals))];
    summaries.push({ ...summary, signals, champion: deployment.production, profileDigest: await artifacts.put(bytes) });
  }
  return { summaries, after };
}

function changedIn(corrected: ReadonlyMap<string, number>, { start }: Window): number {
  return corrected.get(start) ?? 0;
}

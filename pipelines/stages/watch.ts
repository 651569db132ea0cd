import { standingEvidence } from '../core/decisions/carry-evidence.ts';
import { isTrialDue } from '../core/decisions/is-trial-due.ts';
import { isVerificationDue } from '../core/decisions/is-verification-due.ts';
import { nextLook } from '../core/decisions/trial-look.ts';
import { calibrateCube } from '../core/profile/calibrate-cube.ts';
import { cubeMetrics } from '../core/profile/cube-metrics.ts';
import { isMature, maturityOf } from '../core/profile/maturity.ts';
import { promisedChange } from '../core/profile/promised-change.ts';
import { knownFigure, windowFigure } from '../core/profile/window-figure.ts';
import type { Deployment } from '../core/schema/deployment.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ModelState, WindowSummary } from '../core/schema/model-state.ts';
import type { ModelVersion } from '../core/schema/model-version.ts';
import type { MonitoringReport, SincePromotion, WindowReport } from '../core/schema/monitoring-report.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { RemedyTrial } from '../core/schema/remedy-trial.ts';
import type { Window } from '../core/schema/window.ts';
import { judgeFreshness } from '../core/signals/judge-freshness.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import type { LabelLog } from '../ports/label-log.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import { type LoadServing, servingReader } from './check-serving.ts';
import { completeWindows } from './complete-windows.ts';
import { dateFaults } from './date-faults.ts';
import { inspectedProfiles } from './inspected-profiles.ts';
import { type LabelShelf, labelShelf } from './label-shelf.ts';
import type { LoadShadow } from './load-shadow.ts';
import { measureWindow } from './measure-window.ts';
import type { TryRemedies } from './open-trials.ts';
import { lagKnowledge, performanceHistory, poolOf } from './performance-history.ts';
import { partsReader } from './read-parts.ts';
import { pooledRowsReader, sampleReader } from './read-sample.ts';
import { refreshLabels, unripeWindows } from './refresh-labels.ts';
import { opinionReader } from './second-opinions.ts';
import { shadowPrevious } from './shadow-previous.ts';
import { cycleOf, performanceProfiles, storedProfiles, windowsBefore } from './trailing-profiles.ts';
import { windowsBackFrom } from './windows-back-from.ts';

export interface WatchInput {
  readonly definition: ModelDefinition;
  readonly deployment: Deployment;
  /** reference.json of the version in production. */
  readonly reference: ReferenceProfile;
  /** version.json of the version in production. */
  readonly championVersion: ModelVersion;
  readonly state: ModelState;
  readonly log: PredictionLog;
  readonly labels: LabelLog;
  /** Takes the fine profiles, by digest, and gives those of the last calendar cycle back. */
  readonly artifacts: ArtifactStore;
  readonly asOf: Instant;
  /** Loads the previous version in the run in which a promotion's verification falls due. Left out: no comparison, and so no rollback. */
  readonly shadow?: LoadShadow;
  /** Loads the version that serves, to answer a sample of the newest window again. Left out: served and logged values are not compared. */
  readonly serving?: LoadServing;
  /** Tries remedies where it is due (see `isTrialDue`). Left out: none is tried, and a retraining is proposed on harm or age alone. */
  readonly trials?: TryRemedies;
}

/** What the policy needs of a run; `holdfast watch --out` writes it, so that whoever decides need not reach the log. */
export interface WatchResult {
  readonly report: MonitoringReport;
  /** One a new window, and one a known window whose labels have arrived since. */
  readonly summaries: readonly WindowSummary[];
}

/**
 * Measures the windows completed since the watermark against the champion's reference: one profile query for all, one label query for all.
 * The first run starts where the reference ends.
 *
 * Late labels: realised signals rest on the labels that had arrived by `asOf`. For known windows whose labels matured since, labels,
 * realised signals and money are measured again and their summaries rewritten (see `refreshLabels`); charts and later alert streaks read
 * them, but the life cycle of incidents steps only once a window, when it is first reported.
 */
export async function watchModel(input: WatchInput): Promise<WatchResult> {
  const { definition, deployment, reference, state, log, asOf } = input;
  const from = state.watermark ?? reference.range.end;
  const coverage = await log.coverage(asOf);
  const windows = completeWindows({ definition, from, coverage, asOf });
  const watermark = windows.at(-1)?.end ?? from;
  // The log answers one question after another; what is read is worked on while it answers the next.
  const [shelf, { profiles, trailing }, newLabels, corrected] = await Promise.all([
    readShelf(input, windows),
    readProfiles(input, windows),
    countNewLabels(input, watermark),
    countCorrected(input, windows),
  ]);
  const history = performanceHistory({ definition, deployment, reference, state, shelf, windows, asOf });
  const summaries: WindowSummary[] = [];
  const before = standingEvidence(state, deployment);
  let after = before;
  const sampleOf = sampleReader(input);
  const pooledRowsOf = pooledRowsReader(input);
  const partsOf = partsReader(input);
  const withOpinions = opinionReader(input);
  const calibration = profiles.length === 0 ? null : calibrateCube(reference.labels);
  const servedIn = await servingReader(input, windows.at(-1));
  for (const profile of profiles) {
    const cycle = cycleOf(input, profile.window, [...trailing, ...profiles]);
    const trailingProfiles = performanceProfiles(input, profile.window, [...trailing, ...profiles]);
    const sample = await sampleOf(profile.window);
    const pooledRows = await pooledRowsOf(trailingProfiles);
    const pooled = { cycle, trailingProfiles, calibration, shelf, history, corrected: corrected.get(profile.window.start) ?? 0 };
    const measured = measureWindow({
      definition,
      reference,
      profile,
      ...pooled,
      ...servedIn(profile.window),
      driftEvidence: after,
      sample,
      pooledRows,
    });
    const { summary, bytes, driftEvidence } = measured;
    after = driftEvidence;
    const weighed = await withOpinions({ profile, trailingProfiles, calibration, sample, signals: summary.signals });
    const dated = await dateFaults(input, profile.window, weighed);
    const signals = [...dated, ...(await partsOf(profile, summary.signals))];
    summaries.push({ ...summary, signals, champion: deployment.production, profileDigest: await input.artifacts.put(bytes) });
  }
  const since = await sincePromotion(input, shelf, watermark);
  const report: MonitoringReport = {
    schemaVersion: 1,
    model: definition.name,
    asOf,
    champion: deployment.production,
    previousWatermark: state.watermark,
    watermark,
    newLabels,
    windows: summaries.map(windowReport),
    freshness: judgeFreshness({ definition, reference, watermark, asOf }),
    evidence: { before, after },
    ...(since === null ? {} : { sincePromotion: since }),
  };
  const trial = await tryRemedies(input, report, coverage?.earliest ?? reference.range.start);
  const told = trial === null ? report : { ...report, trial };
  return {
    report: told,
    summaries: [...refreshLabels({ definition, deployment, reference, shelf, state, history, corrected }), ...summaries],
  };
}

/** What could be done for the model, tried; null where it is not due. */
async function tryRemedies(input: WatchInput, report: MonitoringReport, historyStart: Instant): Promise<RemedyTrial | null> {
  const { definition, championVersion, state, log, asOf, trials } = input;
  const labelledUntil = addSeconds(report.watermark, -durationSeconds(definition.labels.delay));
  const around = { definition, championVersion, report, historyStart, labelledUntil };
  if (trials === undefined || !isTrialDue(around, state)) return null;
  const look = nextLook(state, report.champion);
  return trials({ definition, champion: report.champion, log, asOf, historyStart, labelledUntil, look });
}

/** Profiles of the new windows, and of the known ones that they pool with: from the store, or, where it has lost them, by the same one query. */
async function readProfiles(input: WatchInput, windows: readonly Window[]) {
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
async function readShelf(input: WatchInput, windows: readonly Window[]): Promise<LabelShelf> {
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
async function countCorrected({ definition, reference, state, labels, asOf }: WatchInput, windows: readonly Window[]) {
  const unripe = unripeWindows({ definition, reference, state }).map(({ window }) => window);
  const arrivals = await labels.arrivals([...unripe, ...windows], asOf);
  return new Map(arrivals.map(({ window, corrected }) => [window.start, corrected]));
}

async function countNewLabels({ labels, championVersion, asOf }: WatchInput, watermark: Instant): Promise<number> {
  const start = championVersion.trainedUntil;
  return start < watermark ? await labels.countLabelled({ start, end: watermark }, asOf) : 0;
}

/** When the champion was promoted, while its verification is pending. */
function promotionOf({ deployment, state }: WatchInput): Instant | null {
  return state.verification?.version === deployment.production ? state.verification.promotedAt : null;
}

async function sincePromotion(input: WatchInput, shelf: LabelShelf, watermark: Instant): Promise<SincePromotion | null> {
  const { definition, deployment, reference, asOf } = input;
  const start = promotionOf(input);
  if (start === null || start >= watermark) return null;
  const knowledge = lagKnowledge(definition, reference);
  const ripe = shelf.champion({ start, end: watermark }).filter(({ window }) => isMature(maturityOf(knowledge, window, asOf), definition));
  const range = { start, end: ripe.at(-1)?.window.end ?? start };
  const cube = shelf.merged(range);
  const starts = new Map(ripe.map(({ window }) => [window.start, window]));
  const figures = [...starts.values()].flatMap((window) => knownFigure(windowFigure(shelf.merged(window), definition)));
  const change = promisedChange(reference, definition.monitoring.performance.metric, figures);
  const since: SincePromotion = {
    version: deployment.production,
    range,
    labelledWindows: starts.size,
    metrics: cube === null ? [] : cubeMetrics(cube, definition),
    ...(change === null ? {} : { change }),
  };
  const measured = { start: ripe[0]?.window.start ?? start, end: range.end };
  return isVerificationDue(definition, since) ? { ...since, ...(await comparisonOf(input, measured)) } : since;
}

/** The previous version on the same windows. */
async function comparisonOf(input: WatchInput, range: Window): Promise<Pick<SincePromotion, 'comparison'>> {
  const { definition, deployment, state, log, asOf, shadow } = input;
  const previous = state.verification?.previous ?? null;
  if (shadow === undefined || previous === null) return {};
  return { comparison: await shadowPrevious({ definition, log, champion: deployment.production, previous, range, asOf, load: shadow }) };
}

function windowReport({ window, rows, labelled, quarantined, signals, profileDigest }: WindowSummary): WindowReport {
  return { window, rows, labelled, quarantined, signals, profileDigest };
}

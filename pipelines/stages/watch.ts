import { standingEvidence } from '../core/decisions/carry-evidence.ts';
import { isTrialDue } from '../core/decisions/is-trial-due.ts';
import { nextLook } from '../core/decisions/trial-look.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import type { WindowSummary } from '../core/schema/model-state.ts';
import type { MonitoringReport, WindowReport } from '../core/schema/monitoring-report.ts';
import type { RemedyTrial } from '../core/schema/remedy-trial.ts';
import { judgeFreshness } from '../core/signals/judge-freshness.ts';
import { completeWindows } from './complete-windows.ts';
import { performanceHistory } from './performance-history.ts';
import { countCorrected, countNewLabels, readProfiles, readShelf } from './read-watched.ts';
import { refreshLabels } from './refresh-labels.ts';
import { sincePromotion } from './since-promotion.ts';
import type { WatchInput, WatchResult } from './watch-input.ts';

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
  const [newLabels, shelf, read, corrected, measuring] = await Promise.all([
    // First, since it mostly reaches farthest back: what was checked for it need not be checked for the others.
    countNewLabels(input, watermark),
    readShelf(input, windows),
    readProfiles(input, windows),
    countCorrected(input, windows),
    // Most runs of a daily schedule that looks more often have no new window: they need not load what measures one.
    windows.length === 0 ? null : import('./measure-windows.ts'),
  ]);
  const rows = new Map(read.profiles.map((profile) => [profile.window.start, profile.rows]));
  const history = performanceHistory({ definition, deployment, reference, state, shelf, windows, rows, asOf });
  const before = standingEvidence(state, deployment);
  const unmeasured = { summaries: [], after: before };
  const { summaries, after } = (await measuring?.measureWindows(input, { ...read, shelf, history, corrected, before })) ?? unmeasured;
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

function windowReport({ window, rows, labelled, quarantined, signals, profileDigest }: WindowSummary): WindowReport {
  return { window, rows, labelled, quarantined, signals, profileDigest };
}

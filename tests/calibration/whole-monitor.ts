import { decide } from '../../pipelines/core/decisions/decide.ts';
import { NOTHING_OBSERVED, type ObservedFacts } from '../../pipelines/core/decisions/observed-facts.ts';
import { reduceState } from '../../pipelines/core/decisions/reduce-state.ts';
import { wantsIssue } from '../../pipelines/core/decisions/wants-issue.ts';
import { sliceReport } from '../../pipelines/core/evaluation/slice-report.ts';
import { squaredLosses } from '../../pipelines/core/evaluation/squared-losses.ts';
import { buildReference } from '../../pipelines/core/profile/build-reference.ts';
import { learnLagCurve } from '../../pipelines/core/profile/learn-lag-curve.ts';
import type { Decision } from '../../pipelines/core/schema/decision.ts';
import type { GroupPromise } from '../../pipelines/core/schema/group-report.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { emptyModelState, type ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import type { Signal } from '../../pipelines/core/schema/signal.ts';
import { windowsBetween } from '../../pipelines/core/schema/window.ts';
import { recognisedColumns } from '../../pipelines/core/signals/recognised-columns.ts';
import { recentArtifacts } from '../../pipelines/stages/recent-artifacts.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import { versionOf } from '../fakes/policy-world.ts';
import { MONDAY } from '../fakes/watched-world.ts';
import { type Limits, wholeDefinition } from './whole-monitor-definition.ts';
import { DailyLog, startOf } from './whole-monitor-log.ts';
import { DAY, loggedDays, type NullWorld, REFERENCE_DAYS } from './whole-monitor-rows.ts';

export const WATCHED_DAYS = 90;
/** Days after which the labels of the reference are in. */
const SETTLED = 5;

/** By kind of signal. */
export type Counts = Readonly<Record<string, number>>;

/** What one stream brought. */
export interface StreamCounts {
  /** Windows in which a statement alerted. */
  readonly windows: Counts;
  /** Of these, the first of each row. */
  readonly alarms: Counts;
  readonly incidents: Counts;
  /** Statements that were judged at all. */
  readonly judged: number;
  /** Incidents that would have had an issue. */
  readonly issues: number;
  readonly retrainings: number;
}

/** A fortnight of the log as a version would have been judged by it, all its labels in. */
export async function referenceOf(definition: ModelDefinition, log: DailyLog): Promise<ReferenceProfile> {
  const range = { start: startOf(-REFERENCE_DAYS), end: MONDAY };
  const asOf = addSeconds(MONDAY, SETTLED * DAY);
  const days = windowsBetween(range, DAY);
  const grids = await log.learnGrids(range);
  const windows = await log.profile(days, grids);
  const rows = await log.rows({ range, asOf, limit: Number.POSITIVE_INFINITY, labelledOnly: false });
  const losses = squaredLosses(definition.task, rows.labels, rows);
  const recognised = recognisedColumns(definition, { windows, rows });
  return buildReference({
    definition,
    version: 'v1',
    range,
    windowSeconds: DAY,
    windows,
    grids,
    cubes: await log.cubes(days, asOf),
    lagCurve: learnLagCurve(await log.arrivals(days, asOf), asOf),
    groups: promiseOf(definition, rows),
    sample: { rows, losses, recognised, importance: {}, scores: rows.scores },
  });
}

function promiseOf({ monitoring, ...rest }: ModelDefinition, rows: RowTable): GroupPromise {
  const definition = { ...rest, monitoring: { ...monitoring, slices: { ...monitoring.slices, find: false } } };
  const { loss, overall, declared } = sliceReport({ definition, rows, challenger: rows, champion: null });
  const slices = declared.flatMap(({ name, challenger: { value, sampleSize } }) =>
    value === null ? [] : [{ name, loss: value, sampleSize }],
  );
  return { loss, overall: overall.challenger.value, slices, cuts: {} };
}

/** Ninety days in which nothing changes, through all that production does with them: one run a day, from rows to incidents and retrainings. */
export async function watchStream(world: NullWorld, limits: Limits): Promise<StreamCounts> {
  const definition = wholeDefinition(world, limits);
  const log = new DailyLog(definition, loggedDays(world, REFERENCE_DAYS + WATCHED_DAYS));
  const deployment = { schemaVersion: 1 as const, model: definition.name, production: 'v1', fallback: null };
  const known = { definition, deployment, reference: await referenceOf(definition, log), championVersion: versionOf('v1', MONDAY) };
  const artifacts = recentArtifacts();
  const runs: WatchedRun[] = [];
  let state: ModelState = { ...emptyModelState(definition.name), champion: 'v1' };
  let observed: ObservedFacts = NOTHING_OBSERVED;
  for (let day = 1; day <= WATCHED_DAYS; day += 1) {
    const asOf = startOf(day);
    const { report, summaries } = await watchModel({ ...known, state, log, labels: log, artifacts, asOf });
    const limitsOfTime = { historyStart: startOf(-100), labelledUntil: startOf(day - 2) };
    const decisions = decide({ ...known, state, report, nextVersion: `v${day + 1}`, ...limitsOfTime, observed });
    state = reduceState(state, { report, summaries, decisions, asOf, observed });
    runs.push({ signals: report.windows.flatMap(({ signals }) => signals), decisions });
    observed = closing(decisions);
  }
  return countRuns(runs, { definition, state });
}

/** A challenger that was asked for does not pass its gate. */
function closing(decisions: readonly Decision[]): ObservedFacts {
  const asked = decisions.find((decision) => decision.kind === 'request-retraining');
  if (asked === undefined) return NOTHING_OBSERVED;
  return { ...NOTHING_OBSERVED, closedRetraining: { version: asked.spec.version, pullRequest: null, evidence: null } };
}

interface WatchedRun {
  readonly signals: readonly Signal[];
  readonly decisions: readonly Decision[];
}

function countRuns(
  runs: readonly WatchedRun[],
  { definition, state }: { readonly definition: ModelDefinition; readonly state: ModelState },
): StreamCounts {
  const alerts = runs.map(({ signals }) => signals.filter(({ status }) => status === 'alert'));
  const firsts = alerts.map((now, run) =>
    now.filter((one) => !alerts[run - 1]?.some(({ kind, subject }) => kind === one.kind && subject === one.subject)),
  );
  const decisions = runs.flatMap((run) => run.decisions);
  const opened = decisions.flatMap((decision) => (decision.kind === 'open-incident' ? [decision.incident] : []));
  return {
    judged: runs.flatMap(({ signals }) => signals).filter(({ status }) => status !== 'insufficient-data').length,
    windows: byKind(alerts.flat()),
    alarms: byKind(firsts.flat()),
    incidents: byKind(opened),
    issues: opened.filter((incident) => wantsIssue(incident, state.incidents, definition)).length,
    retrainings: decisions.filter(({ kind }) => kind === 'request-retraining').length,
  };
}

function byKind(statements: readonly { readonly kind: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of statements) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

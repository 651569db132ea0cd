import { describe, expect, test } from 'vitest';
import { reduceState } from '../../pipelines/core/decisions/reduce-state.ts';
import { canonicalLine } from '../../pipelines/core/digest/canonical-json.ts';
import { buildReference } from '../../pipelines/core/profile/build-reference.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { WindowSummary } from '../../pipelines/core/schema/model-state.ts';
import { MonitoringReport } from '../../pipelines/core/schema/monitoring-report.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import { windowsBetween } from '../../pipelines/core/schema/window.ts';
import { WindowProfile } from '../../pipelines/core/schema/window-profile.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import { MemoryArtifacts } from '../fakes/memory-artifacts.ts';
import { type LoanWeather, loansOf, MemoryLog } from '../fakes/memory-log.ts';
import { loanDefinition, versionOf, watchedState } from '../fakes/policy-world.ts';

const DAY = 86_400;
const RANGE = { start: '2001-01-20T00:00:00Z', end: '2001-02-03T00:00:00Z' };
const STEADY: LoanWeather = { rows: 600, skill: 0.8 };

interface World {
  readonly definition: ModelDefinition;
  readonly log: MemoryLog;
  readonly reference: ReferenceProfile;
  readonly artifacts: MemoryArtifacts;
}

async function worldOf(weather: readonly LoanWeather[], definition = loanDefinition()): Promise<World> {
  const log = new MemoryLog();
  const days = windowsBetween(RANGE, DAY);
  for (const { start } of days) log.add(loansOf(start, STEADY));
  for (const [index, one] of weather.entries()) log.add(loansOf(addSeconds(RANGE.end, index * DAY), one));
  const asOf = addSeconds(RANGE.end, DAY);
  const grids = await log.learnGrids(RANGE, asOf);
  const windows = await log.profile(days, grids, asOf);
  const cubes = await log.cubes(days, asOf);
  const reference = buildReference({ definition, version: 'v1', range: RANGE, windowSeconds: DAY, windows, grids, cubes });
  log.profileCalls = 0;
  log.cubeCalls = 0;
  return { definition, log, reference, artifacts: new MemoryArtifacts() };
}

function watch(world: World, asOf: string, state: ModelState = watchedState()) {
  const { definition, log, reference, artifacts } = world;
  const deployment = { schemaVersion: 1 as const, model: 'loan', production: reference.version, fallback: null };
  const championVersion = versionOf(reference.version, RANGE.start);
  return watchModel({ definition, deployment, reference, championVersion, state, log, labels: log, artifacts, asOf });
}

async function stateAfter(world: World, asOf: string, state: ModelState = watchedState()): Promise<ModelState> {
  const { report, summaries } = await watch(world, asOf, state);
  return reduceState(state, { report, summaries, decisions: [], asOf });
}

describe('watchModel', () => {
  test('the first run reports the complete windows since the reference, with one query each for profiles and labels', async () => {
    const world = await worldOf([STEADY, STEADY, STEADY]);

    const result = await watch(world, addSeconds(RANGE.end, 3 * DAY));

    expect(MonitoringReport.parse(result.report)).toEqual(result.report);
    expect(WindowSummary.array().parse(result.summaries)).toEqual(result.summaries);
    expect(result.report.windows.map(({ window }) => window.start)).toEqual([
      '2001-02-03T00:00:00Z',
      '2001-02-04T00:00:00Z',
      '2001-02-05T00:00:00Z',
    ]);
    expect(result.report.watermark).toBe('2001-02-06T00:00:00Z');
    expect(result.report.previousWatermark).toBeNull();
    expect({ profiles: world.log.profileCalls, cubes: world.log.cubeCalls }).toEqual({ profiles: 1, cubes: 1 });
  });

  test('labels from the future are not seen: yesterday has few, the day before has all', async () => {
    const world = await worldOf([STEADY, STEADY, STEADY]);

    const { report } = await watch(world, addSeconds(RANGE.end, 3 * DAY));

    expect(report.windows.map(({ labelled }) => labelled)).toEqual([600, 600, 1]);
    expect(report.newLabels).toBe(16 * 600 + 1);
  });

  test('with the watermark set, only new windows are profiled, and unripe summaries are rewritten with late labels', async () => {
    const world = await worldOf([STEADY, STEADY, STEADY, STEADY]);
    const state = await stateAfter(world, addSeconds(RANGE.end, 3 * DAY));

    const { report, summaries } = await watch(world, addSeconds(RANGE.end, 4 * DAY), state);

    expect(report.windows.map(({ window }) => window.start)).toEqual(['2001-02-06T00:00:00Z']);
    expect(summaries.map(({ window, labelled }) => [window.start, labelled])).toEqual([
      ['2001-02-05T00:00:00Z', 600],
      ['2001-02-06T00:00:00Z', 1],
    ]);
    const [rewritten] = summaries;
    const before = state.windows.at(-1);
    const unlabelled = (signals: readonly { kind: string }[] | undefined) => signals?.filter(({ kind }) => kind !== 'realised-performance');
    expect(unlabelled(rewritten?.signals)).toEqual(unlabelled(before?.signals));
    expect(rewritten?.signals.find(({ kind }) => kind === 'realised-performance')?.sampleSize).toBe(1800);
  });

  test('nothing new: no window, no profile query, the watermark stays', async () => {
    const world = await worldOf([STEADY]);
    const asOf = addSeconds(RANGE.end, DAY);
    const state = await stateAfter(world, asOf);
    world.log.profileCalls = 0;

    const { report } = await watch(world, addSeconds(asOf, 3600), state);

    expect(report.windows).toEqual([]);
    expect(report.watermark).toBe(asOf);
    expect(world.log.profileCalls).toBe(0);
  });

  test('labels that stop while rows go on are told as soon as they are due, over several runs as in one', async () => {
    const never = { ...STEADY, labelAfter: 1000 * DAY };
    const world = await worldOf([STEADY, never, never, never]);
    const of = (windows: MonitoringReport['windows']) =>
      windows.map(({ signals }) => signals.find(({ kind, subject }) => kind === 'freshness' && subject === 'labels')?.status);

    const early = await watch(world, addSeconds(RANGE.end, 3 * DAY));
    const state = reduceState(watchedState(), { report: early.report, summaries: early.summaries, decisions: [], asOf: early.report.asOf });
    const late = await watch(world, addSeconds(RANGE.end, 4 * DAY), state);
    const atOnce = await watch(world, addSeconds(RANGE.end, 4 * DAY));

    expect(of(early.report.windows).at(-1)).toBe('alert');
    expect(of(late.report.windows)).toEqual(['alert']);
    expect(of(atOnce.report.windows)).toEqual(['ok', 'alert', 'alert', 'alert']);
  });

  test('a steady world is quiet; a model that lost its skill alerts on realised performance, without data drift', async () => {
    const steady = await worldOf([STEADY, STEADY, STEADY, STEADY]);
    const worse = await worldOf([0, 1, 2, 3].map(() => ({ rows: 600, skill: 0.2 })));
    const alertsAt = async (world: World) => {
      const { report } = await watch(world, addSeconds(RANGE.end, 4 * DAY));
      return (report.windows.at(-1)?.signals ?? []).filter(({ status }) => status === 'alert').map(({ kind }) => kind);
    };

    expect(await alertsAt(steady)).toEqual([]);
    expect(await alertsAt(worse)).toContain('realised-performance');
    expect(await alertsAt(worse)).not.toContain('data-drift');
  });

  test('incomes that move alert on data drift; realised performance does not', async () => {
    const world = await worldOf([{ ...STEADY, shift: 200 }, STEADY]);

    const { report } = await watch(world, addSeconds(RANGE.end, 2 * DAY));

    const alerts = report.windows[0]?.signals
      .filter(({ status }) => status === 'alert')
      .map(({ id }) => id.split('/').slice(0, 2).join('/'));
    expect(alerts).toContain('data-drift/income');
    expect(alerts?.some((id) => id.startsWith('realised-performance'))).toBe(false);
  });

  test('fine profiles lie in the artifact store under the digest of the report, rare categories folded', async () => {
    const definition = loanDefinition({ privacy: { minimumCount: 1000 } });
    const world = await worldOf([STEADY], definition);

    const { report, summaries } = await watch(world, addSeconds(RANGE.end, DAY));

    const bytes = world.artifacts.held.get(report.windows[0]?.profileDigest ?? '');
    const profile = WindowProfile.parse(JSON.parse(new TextDecoder().decode(bytes)));
    expect(profile.rows).toBe(600);
    expect(profile.columns['purpose']).toMatchObject({ counts: {}, other: 600 });
    expect(summaries[0]?.columns['income']?.shares).toHaveLength(32);
  });

  test('after a promotion, only the new version counts, on windows whose labels matured', async () => {
    const promotedAt = addSeconds(RANGE.end, 2 * DAY);
    const second: LoanWeather = { ...STEADY, version: 'v2' };
    const world = await worldOf([STEADY, STEADY, second, second, second]);
    const promoted = { ...world, reference: { ...world.reference, version: 'v2' } };
    const verification = { version: 'v2', previous: 'v1', pullRequest: 1, promotedAt, mergeSha: 'f00', incidents: [] };
    const state = { ...(await stateAfter(world, promotedAt)), champion: 'v2', verification };

    const { report } = await watch(promoted, addSeconds(RANGE.end, 5 * DAY), state);

    expect(report.sincePromotion).toMatchObject({
      version: 'v2',
      labelledWindows: 2,
      range: { start: promotedAt, end: addSeconds(promotedAt, 2 * DAY) },
    });
    expect(report.sincePromotion?.metrics[0]).toMatchObject({ metric: 'rocAuc', sampleSize: 1200 });
    expect(report.sincePromotion?.change).toMatchObject({ metric: 'rocAuc', windows: 2, referenceWindows: 14 });
    expect(report.windows.at(-1)?.signals.find(({ kind }) => kind === 'realised-performance')?.sampleSize).toBe(1200);
  });

  test('after a promotion, windows from before its reference keep their labels', async () => {
    const world = await worldOf([STEADY, STEADY, STEADY, STEADY, STEADY, STEADY]);
    const state = await stateAfter(world, addSeconds(RANGE.end, 5 * DAY));
    const reference = { ...world.reference, version: 'v2', range: { start: RANGE.start, end: addSeconds(RANGE.end, 4 * DAY) } };

    const { summaries } = await watch({ ...world, reference }, addSeconds(RANGE.end, 6 * DAY), { ...state, champion: 'v2' });

    const before = new Map(state.windows.map(({ window, labelled }) => [window.start, labelled]));
    for (const { window, labelled } of summaries) expect(labelled).toBeGreaterThanOrEqual(before.get(window.start) ?? 0);
  });

  test('an empty log and an empty day are data, not errors', async () => {
    const world = await worldOf([STEADY, { rows: 0, skill: 1 }, STEADY]);
    const empty = { ...world, log: new MemoryLog() };

    const nothing = await watch(empty, addSeconds(RANGE.end, 3 * DAY));
    const gap = await watch(world, addSeconds(RANGE.end, 3 * DAY));

    expect(nothing.report.windows).toEqual([]);
    expect(gap.report.windows.map(({ rows }) => rows)).toEqual([600, 0, 600]);
    expect(gap.report.windows[1]?.signals.find(({ kind }) => kind === 'volume')?.status).toBe('alert');
  });

  test('evidence of drift: one run of five windows leaves what five runs of one leave, and the same signals', async () => {
    const drifting = [STEADY, STEADY, { ...STEADY, shift: 6 }, { ...STEADY, shift: 6 }, { ...STEADY, shift: 6 }];
    const world = await worldOf(drifting);
    const driftOf = ({ windows }: ModelState) => windows.map(({ signals }) => signals.filter(({ kind }) => kind === 'data-drift'));

    const once = await stateAfter(world, addSeconds(RANGE.end, 5 * DAY));
    let daily = watchedState();
    for (let day = 1; day <= 5; day += 1) daily = await stateAfter(world, addSeconds(RANGE.end, day * DAY), daily);

    expect(once.evidence['income']).toBeGreaterThan(0);
    expect(canonicalLine(daily.evidence)).toBe(canonicalLine(once.evidence));
    expect(driftOf(daily)).toEqual(driftOf(once));
  });

  test('evidence of drift: windows enter once; a run that was lost is repeated from what is stored, one that was kept adds nothing', async () => {
    const world = await worldOf([
      { ...STEADY, shift: 6 },
      { ...STEADY, shift: 6 },
    ]);
    const stored = await stateAfter(world, addSeconds(RANGE.end, DAY));
    const asOf = addSeconds(RANGE.end, 2 * DAY);

    const lost = await watch(world, asOf, stored);
    const repeated = await watch(world, asOf, stored);
    const kept = reduceState(stored, { ...repeated, decisions: [], asOf });
    const idle = await watch(world, asOf, kept);

    expect(repeated).toEqual(lost);
    expect(repeated.report.evidence?.before).toEqual(stored.evidence);
    expect(idle.report.evidence).toEqual({ before: kept.evidence, after: kept.evidence });
    expect(reduceState(kept, { ...idle, decisions: [], asOf }).evidence).toEqual(kept.evidence);
    expect(reduceState(kept, { ...repeated, decisions: [], asOf }).evidence).toEqual(kept.evidence);
  });
});

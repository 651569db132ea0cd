import { describe, expect, test } from 'vitest';
import { reduceState } from '../../pipelines/core/decisions/reduce-state.ts';
import { buildReference } from '../../pipelines/core/profile/build-reference.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import type { Signal } from '../../pipelines/core/schema/signal.ts';
import { type Window, windowsBetween } from '../../pipelines/core/schema/window.ts';
import type { Grid } from '../../pipelines/core/schema/window-profile.ts';
import type { ArtifactStore } from '../../pipelines/ports/artifact-store.ts';
import { recentArtifacts } from '../../pipelines/stages/recent-artifacts.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import type { WatchResult } from '../../pipelines/stages/watch-input.ts';
import { MemoryArtifacts } from '../fakes/memory-artifacts.ts';
import { loansOf, MemoryLog } from '../fakes/memory-log.ts';
import { loanDefinition, versionOf, watchedState } from '../fakes/policy-world.ts';

const DAY = 86_400;
const RANGE = { start: '2001-01-20T00:00:00Z', end: '2001-02-03T00:00:00Z' };
const day = (number: number) => addSeconds(RANGE.end, number * DAY);
/** A loan model for which income is a matter of the calendar. */
const definition = loanDefinition({
  columns: [
    { name: 'income', kind: 'numeric', calendar: true },
    { name: 'purpose', kind: 'categorical' },
  ],
});

/** Remembers which windows it was asked to profile. */
class WatchedLog extends MemoryLog {
  readonly profiled: string[][] = [];

  override async profile(windows: readonly Window[], grids: Readonly<Record<string, Grid>>, asOf: string) {
    this.profiled.push(windows.map(({ start }) => start));
    return super.profile(windows, grids, asOf);
  }
}

/** Two weeks of reference and then days of 300 loans; `version` says who scored a day (null: the log does not say). */
async function worldOf(days: number, version: (day: number) => string | null = () => 'v1') {
  const log = new WatchedLog();
  for (let number = -14; number < days; number += 1) {
    log.add(loansOf(day(number), { rows: 300, skill: 0.8, version: number < 0 ? 'v1' : version(number) }));
  }
  const windows = windowsBetween(RANGE, DAY);
  const grids = await log.learnGrids(RANGE, day(1));
  const [profiles, cubes] = [await log.profile(windows, grids, day(1)), await log.cubes(windows, day(1))];
  const reference = buildReference({ definition, version: 'v1', range: RANGE, windowSeconds: DAY, windows: profiles, grids, cubes });
  log.profiled.length = 0;
  return { log, reference };
}

interface Run {
  readonly log: WatchedLog;
  readonly reference: ReferenceProfile;
  readonly artifacts: ArtifactStore;
  readonly state: ModelState;
  readonly asOf: string;
}

async function run({ log, reference, artifacts, state, asOf }: Run): Promise<WatchResult & { readonly state: ModelState }> {
  const deployment = { schemaVersion: 1 as const, model: 'loan', production: reference.version, fallback: null };
  const championVersion = versionOf(reference.version, RANGE.start);
  const watched = await watchModel({ definition, deployment, reference, championVersion, state, log, labels: log, artifacts, asOf });
  const { report, summaries } = watched;
  return { ...watched, state: reduceState(state, { report, summaries, decisions: [], asOf }) };
}

function scoreSignals({ report }: WatchResult): Signal[] {
  return report.windows.flatMap(({ signals }) => signals.filter(({ kind }) => kind === 'prediction-drift'));
}

const statuses = (watched: WatchResult) => scoreSignals(watched).map(({ status }) => status);

describe('the calendar cycle of the scores', () => {
  test('right after the reference, the first six days cannot be judged; none of the rows of the reference is used', async () => {
    const { log, reference } = await worldOf(8);

    const first = await run({ log, reference, artifacts: new MemoryArtifacts(), state: watchedState(), asOf: day(8) });

    expect(statuses(first)).toEqual([...new Array(6).fill('insufficient-data'), 'ok', 'ok']);
    expect(log.profiled).toEqual([[0, 1, 2, 3, 4, 5, 6, 7].map(day)]);
    expect(scoreSignals(first)[7]).toMatchObject({ window: { start: day(1), end: day(8) }, sampleSize: 7 * 300 });
  });

  test('a later run takes the days before from the store, and profiles the new days only', async () => {
    const { log, reference } = await worldOf(14);
    const artifacts = new MemoryArtifacts();
    const { state } = await run({ log, reference, artifacts, state: watchedState(), asOf: day(7) });

    const second = await run({ log, reference, artifacts, state, asOf: day(14) });

    expect(log.profiled.at(-1)).toEqual([7, 8, 9, 10, 11, 12, 13].map(day));
    expect(statuses(second)).toEqual(new Array(7).fill('ok'));
    expect(scoreSignals(second)[0]?.window).toEqual({ start: day(1), end: day(8) });
  });

  test('a store that has lost them costs six windows more in the same query, and gives the same signals', async () => {
    const { log, reference } = await worldOf(14);
    const artifacts = new MemoryArtifacts();
    const { state } = await run({ log, reference, artifacts, state: watchedState(), asOf: day(7) });
    const kept = await run({ log, reference, artifacts, state, asOf: day(14) });
    log.profiled.length = 0;

    const lost = await run({ log, reference, artifacts: new MemoryArtifacts(), state, asOf: day(14) });

    expect(log.profiled).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map(day)]);
    expect(lost.report).toEqual(kept.report);
    expect(lost.summaries).toEqual(kept.summaries);
  });

  test('one run of fourteen days is fourteen runs of one', async () => {
    const { log, reference } = await worldOf(14);
    const artifacts = recentArtifacts();
    const daily: Signal[] = [];
    let state = watchedState();

    const atOnce = await run({ log, reference, artifacts: new MemoryArtifacts(), state, asOf: day(14) });
    for (let number = 1; number <= 14; number += 1) {
      const watched = await run({ log, reference, artifacts, state, asOf: day(number) });
      daily.push(...scoreSignals(watched));
      state = watched.state;
    }

    expect(daily).toEqual(scoreSignals(atOnce));
  });
});

describe('a change of champion', () => {
  const second = (reference: ReferenceProfile): ReferenceProfile => ({ ...reference, version: 'v2' });
  const promotion = { version: 'v2', previous: 'v1', at: day(7), pullRequest: 1, mergeSha: 'f00', mergedBy: 'someone', evidence: null };

  test.each([
    ['a log that names the versions', (number: number) => (number < 7 ? 'v1' : 'v2')],
    ['a log that does not', () => null],
  ])('begins a new week of scores: %s', async (_, version) => {
    const { log, reference } = await worldOf(14, version);
    const artifacts = new MemoryArtifacts();
    const { state } = await run({ log, reference, artifacts, state: watchedState(), asOf: day(7) });
    const promoted: ModelState = { ...state, champion: 'v2', promotions: [promotion] };

    const after = await run({ log, reference: second(reference), artifacts, state: promoted, asOf: day(14) });

    expect(statuses(after)).toEqual([...new Array(6).fill('insufficient-data'), 'ok']);
    expect(scoreSignals(after)[5]?.why).toContain('v2 has served 6 of them since its reference ended');
    expect(log.profiled.at(-1)).toHaveLength(7);
  });

  test('that no run has recorded yet came after the last one', async () => {
    const { log, reference } = await worldOf(14, () => null);
    const artifacts = new MemoryArtifacts();
    const { state } = await run({ log, reference, artifacts, state: watchedState(), asOf: day(7) });

    const after = await run({ log, reference: second(reference), artifacts, state, asOf: day(14) });

    expect(statuses(after)).toEqual([...new Array(6).fill('insufficient-data'), 'ok']);
  });

  test('the first champion served before it was recorded', async () => {
    const { log, reference } = await worldOf(14);
    const artifacts = new MemoryArtifacts();
    const { state } = await run({ log, reference, artifacts, state: watchedState(), asOf: day(7) });
    const recorded: ModelState = { ...state, promotions: [{ ...promotion, version: 'v1', previous: null }] };

    const after = await run({ log, reference, artifacts, state: recorded, asOf: day(14) });

    expect(statuses(after)).toEqual(new Array(7).fill('ok'));
  });
});

test('profiles on another grid are read again instead of merged', async () => {
  const { log, reference } = await worldOf(14);
  const artifacts = new MemoryArtifacts();
  const { state } = await run({ log, reference, artifacts, state: watchedState(), asOf: day(7) });
  const other = { ...reference.grids, $score: { ...(reference.grids['$score'] as Grid), id: 'another' } };

  await run({ log, reference: { ...reference, grids: other }, artifacts, state, asOf: day(14) });

  expect(log.profiled.at(-1)).toHaveLength(13);
});

test('recent artefacts: the newest are kept, the oldest go', async () => {
  const store = recentArtifacts();
  const digests: string[] = [];

  for (let number = 0; number < 300; number += 1) digests.push(await store.put(new TextEncoder().encode(String(number))));

  expect(await store.get(digests[43] ?? '')).toBeNull();
  expect(new TextDecoder().decode((await store.get(digests[44] ?? '')) ?? undefined)).toBe('44');
});

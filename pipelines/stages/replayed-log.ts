import { cubeOf } from '../core/profile/label-cube.ts';
import { SCORE_GRID } from '../core/profile/learn-grid.ts';
import { predictedColumns } from '../core/profile/predicted-columns.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, epochSeconds, type Instant } from '../core/schema/instant.ts';
import type { LabelCube } from '../core/schema/label-cube.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { Window } from '../core/schema/window.ts';
import { type Grid, SCORE_COLUMN, type WindowProfile } from '../core/schema/window-profile.ts';
import type { LabelLog } from '../ports/label-log.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import type { ReplayedAnswers, ServingLine } from './serving-line.ts';

export interface Replay {
  readonly definition: ModelDefinition;
  readonly log: PredictionLog;
  readonly labels: LabelLog;
  readonly line: ServingLine;
}

/**
 * The past log as it would look had the versions of a serving line served: predictions and versions are recomputed, everything else is the log's.
 * At most `monitoring.sampleRows` rows a window are rescored (by hash of id); counts of rows stay those of the whole log.
 */
export function openReplayedLog(replay: Replay): PredictionLog & LabelLog {
  const { definition, log, labels } = replay;
  const ripe = new Map<Instant, readonly LabelCube[]>();
  const delay = durationSeconds(definition.labels.delay);
  return {
    coverage: (asOf) => log.coverage(asOf),
    learnGrids: (range, asOf) => log.learnGrids(range, asOf),
    arrivals: (windows, asOf) => labels.arrivals(windows, asOf),
    countLabelled: (range, asOf) => labels.countLabelled(range, asOf),
    annotations: async (range, asOf) => (await labels.annotations?.(range, asOf)) ?? null,
    async rows(request) {
      const rows = await log.rows(request);
      return { ...rows, ...(await replay.line.answer(rows)) };
    },
    async profile(windows, grids, asOf) {
      const profiles = await log.profile(windows, grids, asOf);
      if (windows.length === 0) return profiles;
      const { rows, replayed } = await rescore(replay, windows, { asOf, labelledOnly: false });
      return profiles.map((profile) => rescoredProfile(profile, { definition, grid: grids[SCORE_COLUMN] ?? SCORE_GRID, rows, replayed }));
    },
    async cubes(windows, asOf) {
      const found = new Map(ripe);
      const open = windows.filter(({ start }) => !ripe.has(start));
      const { rows, replayed } = await rescore(replay, open, { asOf, labelledOnly: true });
      for (const window of open) {
        const cubes = cubesOf(window, { definition, rows, replayed });
        found.set(window.start, cubes);
        // Labels later than the declared delay are not waited for, as in production.
        if (addSeconds(window.end, delay) <= asOf) ripe.set(window.start, cubes);
      }
      return windows.flatMap(({ start }) => found.get(start) ?? []);
    },
  };
}

/** Rows of the range that holds all windows, answered by the versions that serve in the replay. */
async function rescore(
  { definition, log, line }: Replay,
  windows: readonly Window[],
  how: { readonly asOf: Instant; readonly labelledOnly: boolean },
) {
  const start = windows.map((window) => window.start).sort()[0] ?? how.asOf;
  const end =
    windows
      .map((window) => window.end)
      .sort()
      .at(-1) ?? how.asOf;
  const limit = definition.monitoring.sampleRows * Math.max(1, windows.length);
  const rows = await log.rows({ range: { start, end }, limit, ...how });
  return { rows, replayed: await line.answer(rows) };
}

function positionsIn({ start, end }: Window, rows: RowTable): number[] {
  const [from, until] = [epochSeconds(start), epochSeconds(end)];
  const positions: number[] = [];
  for (const [row, timestamp] of rows.timestamps.entries()) if (timestamp >= from && timestamp < until) positions.push(row);
  return positions;
}

interface Rescored {
  readonly definition: ModelDefinition;
  readonly rows: RowTable;
  readonly replayed: ReplayedAnswers;
}

function cubesOf(window: Window, { definition, rows, replayed }: Rescored): LabelCube[] {
  const { scores, predicted, versions } = replayed;
  const positions = positionsIn(window, rows);
  const serving = [...new Set(positions.map((row) => versions[row] ?? ''))].sort();
  const cubes = serving.map((modelVersion) => {
    const own = positions.filter((row) => versions[row] === modelVersion);
    const pick = (values: Float64Array) => own.map((row) => values[row] ?? Number.NaN);
    const { task } = definition;
    return cubeOf({ task, scores: pick(scores), predicted: pick(predicted), labels: pick(rows.labels), window, modelVersion });
  });
  return cubes.filter(({ labelled }) => labelled > 0);
}

function rescoredProfile(profile: WindowProfile, { definition, grid, rows, replayed }: Rescored & { readonly grid: Grid }): WindowProfile {
  const { versions } = replayed;
  const positions = positionsIn(profile.window, rows);
  const counts = new Map<string, number>();
  for (const row of positions) counts.set(versions[row] ?? '', (counts.get(versions[row] ?? '') ?? 0) + 1);
  return {
    ...profile,
    versions: Object.fromEntries(counts),
    columns: { ...profile.columns, ...predictedColumns({ definition, grid, predictions: replayed, rows: positions }) },
  };
}

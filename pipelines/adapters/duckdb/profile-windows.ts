import { UserError } from '../../core/errors/user-error.ts';
import { epochSeconds, type Instant } from '../../core/schema/instant.ts';
import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import type { Window } from '../../core/schema/window.ts';
import {
  type ColumnProfile,
  type Grid,
  LATENCY_COLUMN,
  PREDICTION_COLUMN,
  SCORE_COLUMN,
  type WindowProfile,
} from '../../core/schema/window-profile.ts';
import { type Batch, timeCondition } from './batch.ts';
import { countBatch, type ProfilePlan } from './count-batch.ts';
import { countDays } from './count-days.ts';
import { countedValue, griddedColumns, profiledColumns } from './log-fields.ts';
import type { OpenLogs } from './open-logs.ts';
import { addProblems } from './place-problems.ts';
import { visibleRange } from './visible-range.ts';
import { windowKey, windowRuns } from './window-runs.ts';
import {
  type CategoricalTally,
  categoryNames,
  finishCategorical,
  finishNumeric,
  type NumericTally,
  type WindowTally,
} from './window-tally.ts';

const DAY = 86_400;

export interface ProfileRequest {
  readonly windows: readonly Window[];
  readonly grids: Readonly<Record<string, Grid>>;
  readonly asOf: Instant;
}

/** Profiles windows of the checked log, batch by batch. Rows after asOf do not exist. Throws a UserError for a column without grid. */
export async function profileWindows(logs: OpenLogs, request: ProfileRequest): Promise<readonly WindowProfile[]> {
  const plan = planOf(logs.definition, request.grids);
  const tallies = request.windows.map(() => emptyTally(plan));
  const problems = [...(await logs.checked.stagingProblems())];
  const seen = new Set<Batch>();
  for (const run of windowRuns(request.windows)) {
    const range = visibleRange(run, request.asOf);
    for (const batch of await logs.checked.batches(range)) {
      const part = { batch, window: windowKey(run), condition: timeCondition(batch, range) };
      const counted = await countBatch(logs, plan, { part, tallies });
      if (run.length > DAY) await countDays(logs.engine, { ...part, batch: counted }, tallies);
      if (!seen.has(counted)) problems.push(...counted.problems);
      seen.add(counted);
    }
  }
  addProblems(problems, request, tallies);
  const names = plan.categorical.map((_, index) => categoryNames(tallies.flatMap((tally) => tally.categorical[index] ?? [])));
  return request.windows.map((window, index) =>
    finish(logs.definition.name, window, { plan, names, tally: tallies[index] ?? emptyTally(plan) }),
  );
}

function planOf(definition: ModelDefinition, grids: Readonly<Record<string, Grid>>): ProfilePlan {
  const { latencyMs, modelVersion, error, prediction } = definition.logs.columns;
  const columns = profiledColumns(definition);
  const numeric = [
    ...griddedColumns(definition).map((each) => ({
      name: each.column.name,
      as: each.as,
      ...(each.column.kind === 'text' ? { value: countedValue(each) } : {}),
    })),
    { name: SCORE_COLUMN, as: 'score' },
    ...(latencyMs === undefined ? [] : [{ name: LATENCY_COLUMN, as: 'latency' }]),
  ];
  return {
    numeric: numeric.map((column) => ({ ...column, grid: gridNamed(grids, column.name) })),
    categorical: [
      ...columns.filter(({ column }) => column.kind === 'categorical').map(({ column, as }) => ({ name: column.name, as })),
      ...(prediction === undefined ? [] : [{ name: PREDICTION_COLUMN, as: 'prediction' }]),
    ],
    has: { version: modelVersion !== undefined, error: error !== undefined },
  };
}

function gridNamed(grids: Readonly<Record<string, Grid>>, name: string): Grid {
  const grid = grids[name];
  if (grid !== undefined) return grid;
  throw new UserError({
    code: 'GRID_MISSING',
    message: `The reference profile has no grid for the column ${name}.`,
    hint: 'The column is newer than the reference: train a new version, or set its role to ignored until then.',
  });
}

function emptyTally(plan: ProfilePlan): WindowTally {
  const numeric = plan.numeric.map(({ grid }): NumericTally => ({ grid, cells: new Map(), missing: 0, nonFinite: 0 }));
  const categorical = plan.categorical.map((): CategoricalTally => ({ counts: new Map(), missing: 0 }));
  return {
    rows: 0,
    errors: 0,
    versions: new Map(),
    quarantined: {},
    hours: new Array<number>(24).fill(0),
    days: new Map(),
    numeric,
    categorical,
  };
}

interface Finished {
  readonly plan: ProfilePlan;
  readonly tally: WindowTally;
  /** Names of all categories, a list a categorical column. */
  readonly names: readonly (readonly string[])[];
}

function finish(model: string, window: Window, { plan, tally, names }: Finished): WindowProfile {
  const numeric = tally.numeric.map((column, index): [string, ColumnProfile] => [
    plan.numeric[index]?.name ?? '',
    finishNumeric(column, tally.rows),
  ]);
  const categorical = tally.categorical.map((column, index): [string, ColumnProfile] => [
    plan.categorical[index]?.name ?? '',
    finishCategorical(column, tally.rows, names[index] ?? []),
  ]);
  return {
    schemaVersion: 1,
    model,
    window,
    rows: tally.rows,
    versions: Object.fromEntries([...tally.versions].sort(([a], [b]) => (a < b ? -1 : 1))),
    errors: tally.errors,
    quarantined: tally.quarantined,
    ...(isLong(window) ? { days: Object.fromEntries([...tally.days].sort(([a], [b]) => (a < b ? -1 : 1))) } : {}),
    hours: [...tally.hours],
    columns: Object.fromEntries([...numeric, ...categorical]),
  };
}

function isLong({ start, end }: Window): boolean {
  return epochSeconds(end) - epochSeconds(start) > DAY;
}

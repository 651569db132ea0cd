import { UserError } from '../../core/errors/user-error.ts';
import { gridCell } from '../../core/profile/numeric-profile.ts';
import type { Instant } from '../../core/schema/instant.ts';
import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import type { Window } from '../../core/schema/window.ts';
import { type ColumnProfile, type Grid, LATENCY_COLUMN, SCORE_COLUMN, type WindowProfile } from '../../core/schema/window-profile.ts';
import { type Batch, timeCondition } from './batch.ts';
import type { CheckedLog } from './checked-batches.ts';
import type { Engine } from './engine.ts';
import { profiledColumns } from './log-fields.ts';
import { addProblems } from './place-problems.ts';
import {
  categoricalQuery,
  isCounted,
  NO_CELL,
  type NumericQueryColumn,
  numericQuery,
  type QueryPart,
  versionQuery,
} from './profile-queries.ts';
import type { ResultTable } from './read-result.ts';
import { visibleRange } from './visible-range.ts';
import { windowIndex, windowRuns } from './window-runs.ts';
import { addToCell, type CategoricalTally, finishCategorical, finishNumeric, type NumericTally, type WindowTally } from './window-tally.ts';

export interface ProfileRequest {
  readonly windows: readonly Window[];
  readonly grids: Readonly<Record<string, Grid>>;
  readonly asOf: Instant;
}

interface ProfilePlan {
  readonly numeric: readonly (NumericQueryColumn & { readonly name: string })[];
  readonly categorical: readonly { readonly as: string; readonly name: string }[];
  readonly has: { readonly version: boolean; readonly error: boolean };
}

/** Profiles windows of the checked log, batch by batch. Rows after asOf do not exist. */
export async function profileWindows(
  { engine, checked, definition }: { readonly engine: Engine; readonly checked: CheckedLog; readonly definition: ModelDefinition },
  request: ProfileRequest,
): Promise<readonly WindowProfile[]> {
  const plan = planOf(definition, request.grids);
  const tallies = request.windows.map(() => emptyTally(plan));
  const problems = [...(await checked.stagingProblems())];
  const seen = new Set<Batch>();
  for (const run of windowRuns(request.windows)) {
    const range = visibleRange(run, request.asOf);
    for (const batch of await checked.batches(range)) {
      if (!seen.has(batch)) problems.push(...batch.problems);
      seen.add(batch);
      const part = { window: windowIndex(run), condition: timeCondition(batch, range) };
      await countBatch(engine, { batch, plan, part, tallies });
    }
  }
  addProblems(problems, request, tallies);
  return request.windows.map((window, index) => finish(definition.name, window, { plan, tally: tallies[index] ?? emptyTally(plan) }));
}

function planOf(definition: ModelDefinition, grids: Readonly<Record<string, Grid>>): ProfilePlan {
  const { latencyMs, modelVersion, error } = definition.logs.columns;
  const columns = profiledColumns(definition);
  const numeric = [
    ...columns.filter(({ column }) => column.kind === 'numeric').map(({ column, as }) => ({ name: column.name, as })),
    { name: SCORE_COLUMN, as: 'score' },
    ...(latencyMs === undefined ? [] : [{ name: LATENCY_COLUMN, as: 'latency' }]),
  ];
  return {
    numeric: numeric.map(({ name, as }) => ({ name, as, grid: gridNamed(grids, name) })),
    categorical: columns.filter(({ column }) => column.kind === 'categorical').map(({ column, as }) => ({ name: column.name, as })),
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
  return { rows: 0, errors: 0, versions: new Map(), quarantined: {}, numeric, categorical };
}

interface Count {
  readonly batch: Batch;
  readonly plan: ProfilePlan;
  readonly part: QueryPart;
  readonly tallies: readonly WindowTally[];
}

async function countBatch(engine: Engine, { batch, plan, part, tallies }: Count): Promise<void> {
  countVersions(await engine.query(versionQuery(batch, plan.has, part)), tallies);
  const numeric = await engine.query(numericQuery(batch, plan.numeric, part));
  countNumeric(
    numeric,
    plan.numeric.map(({ as }) => isCounted(batch, as)),
    tallies,
  );
  if (plan.categorical.length === 0) return;
  const columns = plan.categorical.map(({ as }) => as);
  countCategorical(await engine.query(categoricalQuery(batch, columns, part)), tallies);
}

function countVersions(table: ResultTable, tallies: readonly WindowTally[]): void {
  const [w, n, errors] = [table.numbers('w'), table.numbers('n'), table.numbers('errors')];
  for (const [row, version] of table.texts('version').entries()) {
    const tally = tallies[w[row] ?? -1];
    if (tally === undefined) continue;
    tally.rows += n[row] ?? 0;
    tally.errors += errors[row] ?? 0;
    if (version !== null && version !== '') tally.versions.set(version, (tally.versions.get(version) ?? 0) + (n[row] ?? 0));
  }
}

function countNumeric(table: ResultTable, counted: readonly boolean[], tallies: readonly WindowTally[]): void {
  const columns = ['w', 'f', 'b', 'n', 'nd', 's', 'ss'].map((name) => table.numbers(name));
  for (let row = 0; row < table.rowCount; row += 1) {
    const [w = -1, f = -1, b = Number.NaN, n = 0, nd = 0, s = 0, ss = 0] = columns.map((column) => column[row]);
    const tally = tallies[w]?.numeric[f];
    if (tally === undefined) continue;
    tally.missing += n - nd;
    if (nd === 0) continue;
    const cell = counted[f] === true ? gridCell(b, tally.grid) : b === NO_CELL ? null : b;
    if (cell === null) tally.nonFinite += nd;
    else if (counted[f] === true) addToCell(tally, cell, [nd, nd * b, nd * b * b]);
    else addToCell(tally, cell, [nd, s, ss]);
  }
}

function countCategorical(table: ResultTable, tallies: readonly WindowTally[]): void {
  const [w, f, n] = [table.numbers('w'), table.numbers('f'), table.numbers('n')];
  for (const [row, category] of table.texts('k').entries()) {
    const tally = tallies[w[row] ?? -1]?.categorical[f[row] ?? -1];
    if (tally === undefined) continue;
    if (category === null || category === '') tally.missing += n[row] ?? 0;
    else tally.counts.set(category, (tally.counts.get(category) ?? 0) + (n[row] ?? 0));
  }
}

function finish(
  model: string,
  window: Window,
  { plan, tally }: { readonly plan: ProfilePlan; readonly tally: WindowTally },
): WindowProfile {
  const columns: [string, ColumnProfile][] = [
    ...tally.numeric.map((column, index): [string, ColumnProfile] => [plan.numeric[index]?.name ?? '', finishNumeric(column, tally.rows)]),
    ...tally.categorical.map((column, index): [string, ColumnProfile] => [
      plan.categorical[index]?.name ?? '',
      finishCategorical(column, tally.rows),
    ]),
  ];
  return {
    schemaVersion: 1,
    model,
    window,
    rows: tally.rows,
    versions: Object.fromEntries([...tally.versions].sort(([a], [b]) => (a < b ? -1 : 1))),
    errors: tally.errors,
    quarantined: tally.quarantined,
    columns: Object.fromEntries(columns),
  };
}

import { UserError } from '../errors/user-error.ts';
import type { LogIntegrity } from '../schema/log-integrity.ts';
import type { QuarantineCounts, QuarantineReason } from '../schema/quarantine.ts';
import type { Window } from '../schema/window.ts';
import type { CategoricalColumnProfile, ColumnProfile, GridCell, NumericColumnProfile, WindowProfile } from '../schema/window-profile.ts';
import { addSums } from './round-sum.ts';

/** The profile of a window without rows: the neutral element of `mergeProfiles` for every profile whose window contains it. */
export function emptyProfile(model: string, window: Window): WindowProfile {
  return { schemaVersion: 1, model, window, rows: 0, versions: {}, errors: 0, quarantined: {}, columns: {} };
}

/**
 * One profile for the rows of both: counts add, windows join to the smallest window that holds both. Commutative and associative.
 * Category counts are kept whole (no cut at 1,000), since a cut would make the result depend on the order.
 * Throws UserError PROFILES_DIFFER for two models, PROFILE_GRIDS_DIFFER for two grids or kinds of one column.
 */
export function mergeProfiles(a: WindowProfile, b: WindowProfile): WindowProfile {
  if (a.model !== b.model) {
    throw new UserError({
      code: 'PROFILES_DIFFER',
      message: `Profiles of ${a.model} and ${b.model} cannot be merged.`,
      hint: 'Merge profiles of one model only.',
    });
  }
  // Maps, since a column or a category may be named like a property that every object inherits.
  const columns = new Map(Object.entries(a.columns));
  for (const [name, column] of Object.entries(b.columns)) {
    const other = columns.get(name);
    columns.set(name, other === undefined ? column : mergeColumns(name, other, column));
  }
  const start = a.window.start < b.window.start ? a.window.start : b.window.start;
  const end = a.window.end > b.window.end ? a.window.end : b.window.end;
  return {
    schemaVersion: 1,
    model: a.model,
    window: { start, end },
    rows: a.rows + b.rows,
    versions: addCounts(a.versions, b.versions),
    errors: a.errors + b.errors,
    quarantined: mergeQuarantine(a.quarantined, b.quarantined),
    columns: Object.fromEntries(columns),
    ...sharedParts(a, b),
  };
}

/** Parts that a profile may lack: they add up where both have them. A part that one of them did not count of its rows is not known of both. */
function sharedParts(a: WindowProfile, b: WindowProfile): Pick<WindowProfile, 'days' | 'hours' | 'integrity'> {
  const known = (profile: WindowProfile, part: 'days' | 'hours' | 'integrity') => profile[part] !== undefined || profile.rows === 0;
  const days = known(a, 'days') && known(b, 'days') ? addDays(a.days, b.days) : undefined;
  const hours = known(a, 'hours') && known(b, 'hours') ? addHours(a.hours, b.hours) : undefined;
  const integrity = known(a, 'integrity') && known(b, 'integrity') ? mergeIntegrity(a.integrity, b.integrity) : undefined;
  return {
    ...(days === undefined ? {} : { days }),
    ...(hours === undefined ? {} : { hours }),
    ...(integrity === undefined ? {} : { integrity }),
  };
}

function addDays(a: WindowProfile['days'], b: WindowProfile['days']): WindowProfile['days'] {
  if (a === undefined || b === undefined) return a ?? b;
  const days = Object.entries(addCounts(a, b));
  return Object.fromEntries(days.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function addHours(a: readonly number[] | undefined, b: readonly number[] | undefined): number[] | undefined {
  if (a === undefined || b === undefined) return (a ?? b)?.slice();
  return a.map((rows, hour) => rows + (b[hour] ?? 0));
}

/** What the files of both tell. */
function mergeIntegrity(a: LogIntegrity | undefined, b: LogIntegrity | undefined): LogIntegrity | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const types = new Map(Object.entries(a.types));
  for (const [column, files] of Object.entries(b.types)) types.set(column, addCounts(types.get(column) ?? {}, files));
  return {
    repeatedIds: a.repeatedIds + b.repeatedIds,
    steps: a.steps + b.steps,
    backwards: a.backwards + b.backwards,
    arrived: a.arrived + b.arrived,
    ahead: a.ahead + b.ahead,
    late: a.late + b.late,
    types: Object.fromEntries(types),
  };
}

/** Counts by reason of both. */
export function mergeQuarantine(a: QuarantineCounts, b: QuarantineCounts): QuarantineCounts {
  const merged: QuarantineCounts = { ...a };
  for (const [reason, count] of Object.entries(b) as [QuarantineReason, number][]) merged[reason] = (merged[reason] ?? 0) + count;
  return merged;
}

function addCounts(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const counts = new Map(Object.entries(a));
  for (const [key, count] of Object.entries(b)) counts.set(key, (counts.get(key) ?? 0) + count);
  return Object.fromEntries(counts);
}

function mergeColumns(name: string, a: ColumnProfile, b: ColumnProfile): ColumnProfile {
  if (a.kind === 'numeric' && b.kind === 'numeric' && a.grid === b.grid) return mergeNumeric(a, b);
  if (a.kind === 'categorical' && b.kind === 'categorical') return mergeCategorical(a, b);
  throw new UserError({
    code: 'PROFILE_GRIDS_DIFFER',
    message: `The profiles of column ${name} do not lie on the same grid.`,
    hint: 'Profile both windows with the grids of the same reference; a column that changed its kind needs a new reference.',
  });
}

function mergeNumeric(a: NumericColumnProfile, b: NumericColumnProfile): NumericColumnProfile {
  return {
    kind: 'numeric',
    grid: a.grid,
    rows: a.rows + b.rows,
    missing: a.missing + b.missing,
    nonFinite: a.nonFinite + b.nonFinite,
    cells: mergeCells(a.cells, b.cells),
  };
}

function mergeCells(a: readonly GridCell[], b: readonly GridCell[]): GridCell[] {
  const cells = new Map<number, GridCell>();
  for (const cell of [...a, ...b]) {
    const [number, rows, sum, squares] = cell;
    const other = cells.get(number);
    const merged: GridCell = other === undefined ? cell : [number, rows + other[1], addSums(sum, other[2]), addSums(squares, other[3])];
    cells.set(number, merged);
  }
  return [...cells.values()].sort((left, right) => left[0] - right[0]);
}

function mergeCategorical(a: CategoricalColumnProfile, b: CategoricalColumnProfile): CategoricalColumnProfile {
  return {
    kind: 'categorical',
    rows: a.rows + b.rows,
    missing: a.missing + b.missing,
    counts: addCounts(a.counts, b.counts),
    other: a.other + b.other,
    distinct: Math.max(a.distinct, b.distinct),
  };
}

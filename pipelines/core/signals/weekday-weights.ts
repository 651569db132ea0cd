import type { ModelDefinition } from '../schema/model-definition.ts';
import { placeInWeek } from '../schema/place-in-week.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import type { WindowProfile } from '../schema/window-profile.ts';
import { mixDistance } from './drift-measure.ts';

/** How windows count so that every place in the week weighs as much as in the reference. */
export interface WeekdayWeights {
  /** Parallel to the windows; null when they are spread over the week as the reference is, up to chance: every row counts once. */
  readonly weights: readonly number[] | null;
  /** Share of the reference that lies at places in the week for which the windows have no row. */
  readonly lacking: number;
  /** As much of a drift as these places alone can make (see `weekdayWeights`), in the unit of the effect. */
  readonly explained: number;
}

/**
 * Direct standardisation: a row at a place in the week counts by the share of the place in the reference over its share in the windows, so that a
 * half-empty Friday or a reference of ten days moves no score. Weights are scaled to the effective number of rows, (Σ w)² / Σ w² (Kish 1965,
 * Survey Sampling, section 11.7), since fewer rows speak than there are. Places that the reference lacks count nothing.
 *
 * Places that the windows lack cannot be weighted up. What they move is bounded: a divergence of scores is at most that of the mixes of weekdays
 * (data processing), and the Jensen-Shannon distance is a metric, so a drift beyond the `explained` distance is none of theirs.
 * null when the reference or the windows have no row at a common place.
 */
export function weekdayWeights(
  windows: readonly WindowProfile[],
  { rowsByWindow }: Pick<ReferenceProfile, 'rowsByWindow'>,
  { method }: Pick<ModelDefinition['monitoring']['drift'], 'method'>,
): WeekdayWeights | null {
  const before = rowsByPlace(rowsByWindow.map(([start, rows]) => ({ start, rows })));
  const after = rowsByPlace(windows.map(({ window, rows }) => ({ start: window.start, rows })));
  // A place without rows on either side (a model that rests on Sundays) is no class.
  const places = [...new Set([...before.keys(), ...after.keys()])].filter((place) => rowsAt(before, place) + rowsAt(after, place) > 0);
  const all = places.map((place) => rowsAt(before, place));
  const kept = places.map((place) => (rowsAt(after, place) > 0 ? rowsAt(before, place) : 0));
  const explained = mixDistance(all, kept, method);
  if (explained === null) return null;
  const lacking = 1 - sum(kept) / sum(all);
  const now = places.map((place) => rowsAt(after, place));
  if (mixDistance(all, now, method) === 0) return { weights: null, lacking, explained };
  const raw = windows.map(({ window }) => weightAt(before, after, placeInWeek(window)));
  const weighted = sum(windows.map(({ rows }, index) => rows * (raw[index] ?? 0)));
  const squares = sum(windows.map(({ rows }, index) => rows * (raw[index] ?? 0) ** 2));
  return { weights: raw.map((weight) => (weight * weighted) / squares), lacking, explained };
}

function weightAt(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>, place: number): number {
  const rows = rowsAt(after, place);
  return rows === 0 ? 0 : rowsAt(before, place) / rows;
}

function rowsByPlace(windows: readonly { readonly start: string; readonly rows: number }[]): Map<number, number> {
  const byPlace = new Map<number, number>();
  for (const { start, rows } of windows) {
    const place = placeInWeek({ start });
    byPlace.set(place, rowsAt(byPlace, place) + rows);
  }
  return byPlace;
}

function rowsAt(rows: ReadonlyMap<number, number>, place: number): number {
  return rows.get(place) ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

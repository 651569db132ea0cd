import type { NumericColumnProfile } from '../schema/window-profile.ts';
import type { CubeCalibration } from './calibrate-cube.ts';
import { LABEL_CELLS } from './label-cube.ts';

const WINDOW_CELLS = 256;
const GROUPS = 20;
/** Scores beyond which the reference holds fewer rows than this are outside of it. */
const LEAST_BEYOND = 10;
const MOST_OUTSIDE = 0.05;
const LEAST_EFFECTIVE_SHARE = 0.1;

/** Whether a reference has seen enough scores like a window's to say what they mean. */
export interface ScoreSupport {
  /** Share of the window's scored rows that lie beyond nearly all rows of the reference. */
  readonly outside: number;
  /** Rows of the reference that would count if it were weighted to look like the window, as a share of all: (Σw)² / Σw² (Kish 1965). */
  readonly effectiveShare: number;
  /** Why an estimate for these scores may not be trusted; null when it may. */
  readonly why: string | null;
}

/**
 * Holds the scores of a window against those that a calibration was learnt from: beyond them a calibration is a guess, however narrow its
 * band. Not supported with 5 % of the rows or more outside, or when the part of the reference that looks like the window is worth less than
 * 10 % of its rows (the gate of `importanceWeights`, on twenty classes of equal reference mass instead of rows). O(cells).
 */
export function scoreSupport(calibration: CubeCalibration, scores: NumericColumnProfile): ScoreSupport {
  return cellSupport(inWindowCells(calibration), scores);
}

/** The same for any column of numbers, from the rows of the reference in each cell of its grid. */
export function cellSupport(reference: ReadonlyMap<number, number>, scores: NumericColumnProfile): ScoreSupport {
  const total = sum([...reference.values()]);
  const window = scores.cells.map(([cell, rows]) => ({ cell, rows }));
  const scored = sum(window.map(({ rows }) => rows));
  if (total === 0 || scored === 0) return { outside: 0, effectiveShare: 0, why: 'There is no scored row to compare.' };
  const cells = [...reference.keys()].sort((a, b) => a - b);
  const [low, high] = [edge(cells, reference), edge(cells.toReversed(), reference)];
  const outside = sum(window.filter(({ cell }) => cell < low || cell > high).map(({ rows }) => rows)) / scored;
  const effectiveShare = 1 / chiRatio(classes(cells, reference, total), window, scored);
  return { outside, effectiveShare, why: doubt(outside, effectiveShare) };
}

function doubt(outside: number, effectiveShare: number): string | null {
  if (outside >= MOST_OUTSIDE) return `${Math.round(outside * 100)} % of the scores lie where the reference has hardly any row.`;
  if (effectiveShare >= LEAST_EFFECTIVE_SHARE) return null;
  return `The scores look so unlike the reference that only ${Math.max(1, Math.round(effectiveShare * 100))} % of its rows tell about them.`;
}

function inWindowCells({ cells }: CubeCalibration): Map<number, number> {
  const rowsOf = new Map<number, number>();
  for (const { cell, score, rows } of cells) {
    // A score of exactly 1 has a cell of its own in a profile.
    const at = score >= 1 ? WINDOW_CELLS : Math.floor((cell * WINDOW_CELLS) / LABEL_CELLS);
    rowsOf.set(at, (rowsOf.get(at) ?? 0) + rows);
  }
  return rowsOf;
}

/** The cell, walking inwards, up to which ten rows of the reference lie. */
function edge(cells: readonly number[], rowsOf: ReadonlyMap<number, number>): number {
  let seen = 0;
  for (const cell of cells) {
    seen += rowsOf.get(cell) ?? 0;
    if (seen >= LEAST_BEYOND) return cell;
  }
  return cells.at(-1) ?? 0;
}

interface ScoreClass {
  /** Last cell of the class. */
  readonly until: number;
  readonly share: number;
}

function classes(cells: readonly number[], rowsOf: ReadonlyMap<number, number>, total: number): ScoreClass[] {
  const found: ScoreClass[] = [];
  let share = 0;
  for (const cell of cells) {
    share += (rowsOf.get(cell) ?? 0) / total;
    if (share < 1 / GROUPS && cell !== cells.at(-1)) continue;
    found.push({ until: cell, share });
    share = 0;
  }
  return found;
}

/** Σ q² / p over the classes, p the shares of the reference, q those of the window. */
function chiRatio(found: readonly ScoreClass[], window: readonly { cell: number; rows: number }[], scored: number): number {
  const held = new Float64Array(found.length);
  for (const { cell, rows } of window) {
    const at = found.findIndex(({ until }) => cell <= until);
    const place = at === -1 ? found.length - 1 : at;
    held[place] = (held[place] ?? 0) + rows / scored;
  }
  return sum(found.map(({ share }, at) => (held[at] ?? 0) ** 2 / share));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

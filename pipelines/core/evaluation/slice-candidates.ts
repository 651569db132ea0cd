import { type ColumnParts, NO_PART } from './slice-codes.ts';

/** A slice by its parts: one or two columns. */
export interface SliceCandidate {
  readonly parts: readonly { readonly column: number; readonly part: number }[];
  readonly rows: number;
  readonly mean: number;
  /** How the slice is ranked; see `sliceCandidates`. */
  readonly score: number;
}

/** Weight of the error against the size (alpha of SliceLine). */
const ERROR_WEIGHT = 0.95;
/** Standard errors above the rest that a slice must show before it is worth a test. */
const NOTICEABLE = 2;
/** How much above the loss of all rows a slice must lie to matter. */
const LEAST_LIFT = 1.1;

export interface SearchRequest {
  readonly columns: readonly ColumnParts[];
  readonly losses: Float64Array;
  /** Rows that are searched. */
  readonly rows: readonly number[];
  readonly least: number;
}

/** What the search found, and how many slices it looked at. */
export interface SearchResult {
  readonly candidates: readonly SliceCandidate[];
  readonly lookedAt: number;
}

/**
 * Slices of one and two columns whose mean loss stands out, best first. A slice of two columns must also stand out from both slices that it is the meeting of: else the simpler one says it.
 *
 * Only slices a tenth above the mean loss of all rows matter. Score: 0.95 · (mean/overall − 1) − 0.05 · (rows of all/rows − 1) (SliceLine, Sagadeeva and Boehm 2021, https://doi.org/10.1145/3448016.3457323); noticeable: two standard errors above the other rows, rows taken as
 * independent (as SliceFinder asks for an effect, Chung et al. 2019, https://arxiv.org/abs/1807.06068). These numbers choose what is tested on other rows; they are no evidence. O(rows · columns²).
 */
export function sliceCandidates({ columns, losses, rows, least }: SearchRequest): SearchResult {
  const known = rows.filter((row) => !Number.isNaN(losses[row] ?? Number.NaN));
  const whole = known.reduce((sums, row) => add(sums, losses[row] ?? 0), NOTHING);
  const singles = columns.map((parts) => tally(parts, null, { losses, rows: known }));
  const found: SliceCandidate[] = [];
  let lookedAt = 0;
  for (const [column, cells] of singles.entries()) {
    for (const [part, cell] of cells.entries()) {
      if (cell.rows < least) continue;
      lookedAt += 1;
      if (standsOut(cell, whole)) found.push(candidateOf([{ column, part }], cell, whole));
    }
  }
  for (const [a, first] of columns.entries()) {
    for (const [b, second] of columns.entries()) {
      if (b <= a) continue;
      for (const [place, cell] of tally(first, second, { losses, rows: known }).entries()) {
        if (cell.rows < least) continue;
        lookedAt += 1;
        const [part, other] = [Math.floor(place / second.names.length), place % second.names.length];
        const parents = [singles[a]?.[part] ?? NOTHING, singles[b]?.[other] ?? NOTHING, whole];
        if (!parents.every((parent) => standsOut(cell, parent))) continue;
        const pair = [
          { column: a, part },
          { column: b, part: other },
        ];
        found.push(candidateOf(pair, cell, whole));
      }
    }
  }
  const usual = whole.sum / whole.rows;
  const matters = ({ score, mean }: SliceCandidate) => score > 0 && mean > LEAST_LIFT * usual;
  return { candidates: found.filter(matters).sort((a, b) => b.score - a.score), lookedAt };
}

interface Sums {
  readonly rows: number;
  readonly sum: number;
  readonly squares: number;
}

const NOTHING: Sums = { rows: 0, sum: 0, squares: 0 };

function add({ rows, sum, squares }: Sums, loss: number): Sums {
  return { rows: rows + 1, sum: sum + loss, squares: squares + loss * loss };
}

/** Sums of each part of a column, or of each pair of parts of two. */
function tally(first: ColumnParts, second: ColumnParts | null, { losses, rows }: Pick<SearchRequest, 'losses' | 'rows'>): Sums[] {
  const width = second?.names.length ?? 1;
  const cells = first.names.length * width;
  const [count, sum, squares] = [new Float64Array(cells), new Float64Array(cells), new Float64Array(cells)];
  for (const row of rows) {
    const part = first.codes[row] ?? NO_PART;
    const other = second === null ? 0 : (second.codes[row] ?? NO_PART);
    if (part === NO_PART || other === NO_PART) continue;
    const cell = part * width + other;
    const loss = losses[row] ?? 0;
    count[cell] = (count[cell] ?? 0) + 1;
    sum[cell] = (sum[cell] ?? 0) + loss;
    squares[cell] = (squares[cell] ?? 0) + loss * loss;
  }
  return Array.from(count, (each, cell) => ({ rows: each, sum: sum[cell] ?? 0, squares: squares[cell] ?? 0 }));
}

/** Whether a part's mean is noticeably above that of the other rows of the whole. */
function standsOut(part: Sums, whole: Sums): boolean {
  const rest = { rows: whole.rows - part.rows, sum: whole.sum - part.sum, squares: whole.squares - part.squares };
  if (part.rows < 2 || rest.rows < 2) return false;
  const difference = part.sum / part.rows - rest.sum / rest.rows;
  const error = Math.sqrt(variance(part) / part.rows + variance(rest) / rest.rows);
  return difference > NOTICEABLE * error && difference > 0;
}

function variance({ rows, sum, squares }: Sums): number {
  return Math.max(0, squares - (sum * sum) / rows) / (rows - 1);
}

function candidateOf(parts: SliceCandidate['parts'], { rows, sum }: Sums, whole: Sums): SliceCandidate {
  const mean = sum / rows;
  const score = ERROR_WEIGHT * (mean / (whole.sum / whole.rows) - 1) - (1 - ERROR_WEIGHT) * (whole.rows / rows - 1);
  return { parts, rows, mean, score };
}

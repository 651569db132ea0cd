import { type SeededRandom, seededRandom } from './seeded-random.ts';

/** A measure of a resample: given how often each row was drawn. NaN when it cannot be computed. */
export type ResampledMeasure = (multiplicity: Uint16Array) => number;

export interface BootstrapRequest {
  readonly rows: number;
  readonly replicates: number;
  /** Confidence level, e.g. 0.95. */
  readonly level: number;
  readonly seed: number;
  readonly measures: readonly ResampledMeasure[];
  /** Stratum of each row (0, 1, …): each stratum is resampled to its own size. Left out: one stratum. */
  readonly strata?: Uint8Array;
}

/** Percentile interval of one measure. `replicates` counts the resamples in which it could be computed. */
export interface BootstrapInterval {
  readonly lower: number;
  readonly upper: number;
  readonly replicates: number;
}

/**
 * Intervals for measures of the same rows, above all for differences between two models: every resample draws rows with replacement and hands the same draw
 * to every measure, so what the models share cancels out.
 *
 * Percentile method, ends by linear interpolation (Efron and Tibshirani 1993, chapters 13 and 16.4; https://hastie.su.domains/CASI/, chapter 11).
 * Assumes independent rows: rows that hang together (same flight, same day) make it too narrow. Too narrow as well below about 50 rows a class.
 * O(replicates · rows), with O(rows) memory. null for a measure that failed in more than 5 % of the resamples.
 */
export function pairedBootstrap(request: BootstrapRequest): readonly (BootstrapInterval | null)[] {
  const random = seededRandom(request.seed);
  const strata = rowsOfStrata(request.rows, request.strata);
  const values = request.measures.map(() => new Float64Array(request.replicates));
  const multiplicity = new Uint16Array(request.rows);
  for (let replicate = 0; replicate < request.replicates; replicate += 1) {
    multiplicity.fill(0);
    for (const rows of strata) draw(rows, multiplicity, random);
    for (const [index, measure] of request.measures.entries()) {
      const target = values[index];
      if (target !== undefined) target[replicate] = measure(multiplicity);
    }
  }
  return values.map((each) => percentileInterval(each, request.level));
}

function rowsOfStrata(rows: number, strata: Uint8Array | undefined): readonly Uint32Array[] {
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  if (strata === undefined) return [all];
  return [...new Set(strata)].sort().map((stratum) => all.filter((row) => strata[row] === stratum));
}

function draw(rows: Uint32Array, multiplicity: Uint16Array, random: SeededRandom): void {
  const { length } = rows;
  for (let drawn = 0; drawn < length; drawn += 1) {
    const row = rows[random.below(length)] ?? 0;
    multiplicity[row] = (multiplicity[row] ?? 0) + 1;
  }
}

function percentileInterval(values: Float64Array, level: number): BootstrapInterval | null {
  const valid = values.filter((value) => !Number.isNaN(value)).sort();
  if (valid.length === 0 || valid.length < 0.95 * values.length) return null;
  const tail = (1 - level) / 2;
  return { lower: quantile(valid, tail), upper: quantile(valid, 1 - tail), replicates: valid.length };
}

function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(sorted.length - 1, below + 1)] ?? Number.NaN;
  return low + (position - below) * (high - low);
}

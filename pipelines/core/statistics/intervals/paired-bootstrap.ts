import { type SeededRandom, seededRandom } from '../distributions/seeded-random.ts';
import { studentTQuantile } from '../distributions/student-t-quantile.ts';

/** A measure of a resample: given how often each unit was drawn. NaN when it cannot be computed. */
export type ResampledMeasure = (multiplicity: Uint16Array) => number;

export interface BootstrapRequest {
  /** What is drawn: rows, or blocks of rows that hang together. */
  readonly units: number;
  readonly replicates: number;
  /** Confidence level, e.g. 0.95. */
  readonly level: number;
  readonly seed: number;
  readonly measures: readonly ResampledMeasure[];
}

/** Interval of one measure. `replicates` counts the resamples in which it could be computed. */
export interface BootstrapInterval {
  readonly lower: number;
  readonly upper: number;
  readonly replicates: number;
}

/**
 * Intervals for measures of the same units, above all for differences between two models: every resample draws units with replacement and hands the same draw
 * to every measure, so what the models share cancels out.
 *
 * The measure on all units ± t · √(n/(n−1)) · its standard deviation over the resamples, t of Student with n − 1 degrees of freedom. The units are few (the days of a
 * held-out range), and percentiles of few units are too narrow and rest on the few outermost resamples (Hesterberg 2015, What teachers should know about the bootstrap,
 * section 4, https://doi.org/10.1080/00031305.2015.1089789). Symmetric by construction: meant for differences, which are nearly so.
 * Assumes independent units: rows of one day hang together and are not, so draw days (`resamplingBlocks`).
 * O(replicates · cost of the measures). null for a measure that failed in more than 5 % of the resamples, and for fewer than two units.
 */
export function pairedBootstrap(request: BootstrapRequest): readonly (BootstrapInterval | null)[] {
  const { units, replicates, level, measures } = request;
  if (units < 2) return measures.map(() => null);
  const random = seededRandom(request.seed);
  const values = measures.map(() => new Float64Array(replicates));
  const multiplicity = new Uint16Array(units);
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    draw(multiplicity, random);
    for (const [index, measure] of measures.entries()) {
      const target = values[index];
      if (target !== undefined) target[replicate] = measure(multiplicity);
    }
  }
  const factor = studentTQuantile((1 - level) / 2, units - 1) * Math.sqrt(units / (units - 1));
  const everyUnit = new Uint16Array(units).fill(1);
  return measures.map((measure, index) => intervalOf(measure(everyUnit), values[index] ?? new Float64Array(), factor));
}

function draw(multiplicity: Uint16Array, random: SeededRandom): void {
  multiplicity.fill(0);
  for (let drawn = 0; drawn < multiplicity.length; drawn += 1) {
    const unit = random.below(multiplicity.length);
    multiplicity[unit] = (multiplicity[unit] ?? 0) + 1;
  }
}

function intervalOf(value: number, resampled: Float64Array, factor: number): BootstrapInterval | null {
  const valid = resampled.filter((each) => !Number.isNaN(each));
  if (Number.isNaN(value) || valid.length < 2 || valid.length < 0.95 * resampled.length) return null;
  const half = factor * standardDeviation(valid);
  return { lower: value - half, upper: value + half, replicates: valid.length };
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

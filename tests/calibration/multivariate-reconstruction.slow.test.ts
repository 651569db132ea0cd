import { expect, test } from 'vitest';
import { type SeededRandom, seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';
import { nextValue } from '../../pipelines/core/statistics/intervals/prediction-interval.ts';
import { type FeatureTable, takeRows } from '../../pipelines/core/statistics/multivariate/feature-table.ts';
import {
  crossFittedErrors,
  learnReconstruction,
  reconstructionError,
} from '../../pipelines/core/statistics/multivariate/reconstruction-error.ts';
import { normals } from '../fakes/random-tables.ts';
import { expectInBand } from './binomial-band.ts';

const ROWS = 200;
const LOOKS = 1000;
/** Two sides of a normal distribution beyond three standard deviations: what mean ± 3 sd promises. */
const PROMISED = 0.0027;

/** Six related columns, one of them skewed, and a category. */
function world(rows: number, random: SeededRandom): FeatureTable {
  const common = normals(rows, random);
  const numeric = Array.from({ length: 6 }, (_, index) => {
    const own = normals(rows, random);
    return common.map((x, row) => (index === 5 ? Math.exp(own[row] ?? 0) : 0.7 * x + (own[row] ?? 0)));
  });
  return { rows, numeric, categorical: [Int32Array.from({ length: rows }, () => Math.floor(8 * (random.below(1000) / 1000) ** 2))] };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

test.each([10])(
  'reconstruction error, %i reference chunks: our interval alarms as often as it says, mean ± 3 sd several times as often',
  (chunks) => {
    const random = seededRandom(chunks);
    const alarms = { ours05: 0, ours01: 0, oursPromised: 0, theirs: 0 };

    for (let look = 0; look < LOOKS; look += 1) {
      const table = world(ROWS * (chunks + 1), random);
      const reference = takeRows(table, range(0, ROWS * chunks));
      const learnt = learnReconstruction(reference);
      const errorOf = (chunk: number) =>
        reconstructionError(learnt, takeRows(table, range(chunk * ROWS, (chunk + 1) * ROWS)))?.mean ?? Number.NaN;
      const error = errorOf(chunks);
      const p =
        nextValue(
          crossFittedErrors(
            reference,
            range(0, reference.rows).map((row) => Math.floor(row / ROWS)),
          ),
        )?.pValueOf(error) ?? 1;
      if (p <= 0.05) alarms.ours05 += 1;
      if (p <= 0.01) alarms.ours01 += 1;
      if (p <= PROMISED) alarms.oursPromised += 1;
      const inSample = range(0, chunks).map(errorOf);
      const mean = inSample.reduce((sum, value) => sum + value, 0) / chunks;
      const sd = Math.sqrt(inSample.reduce((sum, value) => sum + (value - mean) ** 2, 0) / chunks);
      if (Math.abs(error - mean) > 3 * sd) alarms.theirs += 1;
    }

    console.log(
      `${chunks} chunks of ${ROWS}: ours ${(alarms.ours05 / LOOKS).toFixed(4)} at .05, ${(alarms.ours01 / LOOKS).toFixed(4)} at .01, ${(alarms.oursPromised / LOOKS).toFixed(4)} at .0027; mean ± 3 sd ${(alarms.theirs / LOOKS).toFixed(4)}`,
    );
    expectInBand({ alarms: alarms.ours05, looks: LOOKS, nominal: 0.05, what: 'ours at .05' });
    expectInBand({ alarms: alarms.ours01, looks: LOOKS, nominal: 0.01, what: 'ours at .01' });
    expect(alarms.theirs).toBeGreaterThan(1.5 * PROMISED * LOOKS);
    expect(alarms.theirs).toBeGreaterThan(alarms.oursPromised);
  },
);

import { beforeAll, describe, expect, test } from 'vitest';
import { fitCalibrationMap, probabilityAt } from '../../pipelines/core/statistics/estimation/calibration-map.ts';
import { rankingMetrics } from '../../pipelines/core/statistics/metrics/ranking-metrics.ts';
import { realisedClassification } from '../../pipelines/core/statistics/metrics/realised-classification.ts';
import { realisedRegression } from '../../pipelines/core/statistics/metrics/realised-regression.ts';
import { uniform } from '../fakes/watched-world.ts';
import { expectClose } from './expect-close.ts';
import { type ExpectedRow, expectedTable } from './expected-tables.ts';
import { numpyRandom } from './peers/numpy-legacy-random.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';
import { chunksOf, LOANS, numbersOf } from './realised-oracle-rows.ts';

const POPULATION = 10_000;
const CHUNK = 50;

interface Oracle {
  readonly sampling_error_components_tests: Readonly<Record<string, number>>;
}

/** What their tests draw from seed 1: first a chunk, of which only the length counts, then two columns of the population. */
function drawn(column: (random: ReturnType<typeof numpyRandom>) => Float64Array | Uint8Array): [Float64Array, Float64Array] {
  const random = numpyRandom(1);
  random.random(CHUNK);
  return [Float64Array.from(column(random)), Float64Array.from(column(random))];
}

function binaryErrors(scores: Float64Array, labels: Float64Array, called: Float64Array): ReadonlyMap<string, number> {
  const found = realisedClassification({ scores, labels, called: Uint8Array.from(called) });
  return new Map(found.map(({ metric, standardError }) => [metric, (standardError ?? Number.NaN) * Math.sqrt(POPULATION / CHUNK)]));
}

/** Standard deviation of a figure over chunks of the population, drawn anew. */
function spreadOf(figure: (rows: Uint32Array) => number): number {
  const next = uniform(3);
  const figures = Array.from({ length: 2000 }, () => figure(Uint32Array.from({ length: CHUNK }, () => Math.floor(next() * POPULATION))));
  const mean = figures.reduce((sum, each) => sum + each, 0) / figures.length;
  return Math.sqrt(figures.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (figures.length - 1));
}

describe.skipIf(!oraclesPresent())('the errors of a chunk of 50 that the tests of NannyML assert', () => {
  const expected = oraclesPresent() ? readOracle<Oracle>('unit/nannyml_univariate_unit.json').sampling_error_components_tests : {};
  // Printed to four decimals.
  const near = (actual: number | undefined, name: string) =>
    expect(Math.abs((actual ?? Number.NaN) - (expected[name] ?? Number.NaN)), name).toBeLessThanOrEqual(5.1e-5);

  test('of shares: ours, but for the rounding of 10,000 to 9,999', () => {
    const [labels, called] = drawn((random) => random.coins(POPULATION));

    const errors = binaryErrors(called, labels, called);

    for (const name of ['accuracy', 'precision', 'recall', 'specificity']) near(errors.get(name), name);
  });

  test('of losses: ours', () => {
    const [actual, predicted] = drawn((random) => random.random(POPULATION));

    const errors = new Map<string, number>(
      realisedRegression(actual, predicted).map(({ metric, standardError }) => [
        metric,
        (standardError ?? 0) * Math.sqrt(POPULATION / CHUNK),
      ]),
    );

    for (const name of ['mae', 'mse', 'msle', 'rmse']) near(errors.get(name), name);
    // Of relative losses, which have no mean here, only n − 1 shows.
    expectClose(errors.get('mape'), expected['mape'] ?? Number.NaN, 1e-4);
  });

  test('of F1: theirs is a third too large, ours is the spread over such chunks', () => {
    const [labels, called] = drawn((random) => random.coins(POPULATION));
    const f1 = (rows: Uint32Array) => {
      const hits = rows.reduce((sum, row) => sum + (labels[row] ?? 0) * (called[row] ?? 0), 0);
      return (2 * hits) / rows.reduce((sum, row) => sum + (labels[row] ?? 0) + (called[row] ?? 0), 0);
    };

    const ours = binaryErrors(called, labels, called).get('f1') ?? 0;

    const spread = spreadOf(f1);
    expect(Math.abs(ours / spread - 1)).toBeLessThan(0.08);
    expect((expected['f1'] ?? 0) / spread).toBeGreaterThan(1.25);
  });

  test('of the area under the curve: theirs, of the positives alone, is a third too small, ours is the spread over such chunks', () => {
    const random = numpyRandom(1);
    random.random(CHUNK);
    const labels = Float64Array.from(random.coins(POPULATION));
    const scores = labels.map((_, row) => row / (POPULATION - 1));
    const area = (rows: Uint32Array) => {
      const sorted = rows.toSorted();
      let [positives, wins] = [0, 0];
      for (const [place, row] of sorted.entries()) {
        if (labels[row] !== 1) continue;
        wins += place - positives;
        positives += 1;
      }
      return wins / (positives * (CHUNK - positives));
    };

    const ours = binaryErrors(scores, labels, labels).get('rocAuc') ?? 0;

    const spread = spreadOf(area);
    expect(Math.abs(ours / spread - 1)).toBeLessThan(0.08);
    expect((expected['auroc'] ?? 1) / spread).toBeLessThan(0.75);
  });
});

describe.skipIf(!oraclesPresent())('average precision without labels, where scores tie', () => {
  let scores: Float64Array = new Float64Array();
  let chance: Float64Array = new Float64Array();
  let printed: readonly ExpectedRow[] = [];
  let theirs: readonly number[] = [];

  /** Theirs: rows of equal score one after the other, each with a precision of its own. */
  function rowByRow(of: Float64Array, probabilities: Float64Array): number {
    const order = Uint32Array.from(of.keys()).sort((a, b) => (of[b] ?? 0) - (of[a] ?? 0));
    let [positives, sum] = [0, 0];
    for (const [place, row] of order.entries()) {
      const share = probabilities[row] ?? 0;
      positives += share;
      sum += (share * positives) / (place + 1);
    }
    return sum / positives;
  }

  beforeAll(async () => {
    const { reference, chunks } = await chunksOf(LOANS, 5000);
    const labels = numbersOf(reference, 'repaid');
    const map = fitCalibrationMap({
      scores: numbersOf(reference, 'y_pred_proba'),
      positives: labels,
      negatives: labels.map((label) => 1 - label),
    });
    const calibrated = chunks.map((rows) => {
      const own = numbersOf(rows, 'y_pred_proba');
      return [own, own.map((score) => probabilityAt(map, score))] as const;
    });
    printed = expectedTable('computed/carloan_cbpe_std');
    theirs = calibrated.map(([own, probabilities]) => rowByRow(own, probabilities));
    [scores, chance] = calibrated[0] ?? [scores, chance];
  });

  test('theirs, to all digits, takes equal scores one after the other', () => {
    for (const [index, row] of printed.entries()) expectClose(theirs[index], Number(row['average_precision_value']), 1e-7);
    expect(printed).toHaveLength(20);
  });

  test('ours takes them together, as realised average precision does: it is the mean over 3,000 drawings of the labels', () => {
    const next = uniform(8);
    const [rows, called] = [scores.map(() => 1), new Uint8Array(scores.length)];
    const precisionOf = (positive: Float64Array) => rankingMetrics({ scores, rows, positive, called })[1].value ?? Number.NaN;
    const levels = Uint8Array.from(scores, (score) => 100 - Math.round(score * 100));
    const draws = Array.from({ length: 3000 }, () => realised(levels, chance, next));

    const mean = draws.reduce((sum, each) => sum + each, 0) / draws.length;

    const error = Math.sqrt(draws.reduce((sum, each) => sum + (each - mean) ** 2, 0) / draws.length / draws.length);
    expect(Math.abs(precisionOf(chance) - mean) / error).toBeLessThan(3.5);
    expect(((theirs[0] ?? 0) - mean) / error).toBeGreaterThan(4);
    // The quick figure of the drawings is ours of known labels.
    const labels = chance.map((share) => Number(next() < share));
    expectClose(realised(levels, labels, next), precisionOf(labels), 1e-12);
  });
});

/** Average precision of labels drawn by their chance, from 101 levels of score, highest first. */
function realised(levels: Uint8Array, chance: Float64Array, next: () => number): number {
  const [rows, positives] = [new Float64Array(101), new Float64Array(101)];
  for (let row = 0; row < levels.length; row += 1) {
    const level = levels[row] ?? 0;
    rows[level] = (rows[level] ?? 0) + 1;
    if (next() < (chance[row] ?? 0)) positives[level] = (positives[level] ?? 0) + 1;
  }
  let [seen, found, sum] = [0, 0, 0];
  for (const [level, own] of positives.entries()) {
    seen += rows[level] ?? 0;
    found += own;
    if (seen > 0) sum += (own * found) / seen;
  }
  return sum / found;
}

import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { decideCalibration, foldedGroups, joined } from '../../../pipelines/core/statistics/estimation/calibration-decision.ts';
import { fitCalibrationMap, levelsAt, probabilityAt } from '../../../pipelines/core/statistics/estimation/calibration-map.ts';
import { coarsenScores } from '../../../pipelines/core/statistics/estimation/coarsen-scores.ts';
import { dealGroups } from '../../../pipelines/core/statistics/estimation/deal-groups.ts';
import { estimateClassification } from '../../../pipelines/core/statistics/estimation/estimated-classification.ts';
import { realisedClassification } from '../../../pipelines/core/statistics/metrics/realised-classification.ts';

const WORTH = { truePositive: 50, falsePositive: -10, falseNegative: -50, trueNegative: 5 };

interface Rows {
  readonly scores: Float64Array;
  readonly chances: Float64Array;
  readonly called: Uint8Array;
}

/** Rows whose scores, rounded to 0.05, are too timid: the chance of a positive is steeper than the score. */
function timidRows(count: number, seed: number): Rows {
  const random = seededRandom(seed);
  const scores = Float64Array.from({ length: count }, () => Math.round(20 * (0.1 + 0.8 * (random.uint32() / 2 ** 32))) / 20);
  return {
    scores,
    chances: scores.map((score) => Math.min(0.98, Math.max(0.02, 0.5 + 1.3 * (score - 0.5)))),
    called: Uint8Array.from(scores, (score) => Number(score >= 0.45)),
  };
}

function draw({ chances }: Rows, random: { uint32: () => number }): Float64Array {
  return chances.map((chance) => Number(random.uint32() / 2 ** 32 < chance));
}

function mapOf(rows: Rows, labels: Float64Array) {
  return fitCalibrationMap(joined(foldedGroups({ scores: rows.scores, labels, folds: new Uint8Array(labels.length) })));
}

describe('estimates against what happens when labels are drawn', () => {
  test('the mean of 1,200 realised figures is the estimate and their spread is the label noise, ties and all', () => {
    const rows = timidRows(300, 1);
    const random = seededRandom(2);
    const exact = { isIdentity: true, curve: { x: [0, 1], y: [0, 1] }, levels: [0, 1], variance: [0, 0] };
    const known = { scores: rows.chances, rows: new Float64Array(300).fill(1), called: rows.called };

    const estimates = estimateClassification(known, exact, WORTH);

    const drawn = Array.from({ length: 2000 }, () =>
      realisedClassification({ scores: rows.chances, labels: draw(rows, random), called: rows.called }, WORTH),
    );
    for (const [index, { metric, value, labelNoise }] of estimates.entries()) {
      const realised = drawn.map((metrics) => metrics[index]?.value ?? Number.NaN);
      const mean = realised.reduce((sum, each) => sum + each, 0) / realised.length;
      const spread = Math.sqrt(realised.reduce((sum, each) => sum + (each - mean) ** 2, 0) / realised.length);
      // Four errors of the mean, and an eighth of the spread for what is of second order.
      expect(Math.abs(mean - (value ?? Number.NaN)), metric).toBeLessThan(4 * (spread / Math.sqrt(1200)) + spread / 8);
      expect(Math.abs((labelNoise ?? Number.NaN) / spread - 1), metric).toBeLessThan(0.08);
    }
    expect(estimates).toHaveLength(14);
  });

  test('the map noise is the spread of the estimate over 300 drawn references', () => {
    const [window, reference] = [timidRows(2000, 3), timidRows(3000, 4)];
    const random = seededRandom(5);
    const counted = foldedGroups({ scores: window.scores, labels: new Float64Array(2000), folds: new Uint8Array(2000) })[0];
    const scores = Float64Array.from(counted?.scores ?? []);
    const called = Uint8Array.from(scores, (score) => Number(score >= 0.45));
    const unlabelled = { scores, rows: Float64Array.from(counted?.negatives ?? []), called };

    const repeats = Array.from({ length: 300 }, () => estimateClassification(unlabelled, mapOf(reference, draw(reference, random)), WORTH));

    for (const [index, { metric }] of (repeats[0] ?? []).entries()) {
      const values = repeats.map((each) => each[index]?.value ?? Number.NaN);
      const mean = values.reduce((sum, each) => sum + each, 0) / 300;
      const spread = Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 300);
      const claimed = repeats.reduce((sum, each) => sum + (each[index]?.mapNoise ?? Number.NaN), 0) / 300;
      expect(Math.abs(claimed / spread - 1), metric).toBeLessThan(0.15);
    }
  });
});

describe('realised errors', () => {
  test('agree with a bootstrap of 800', () => {
    const rows = timidRows(400, 6);
    const random = seededRandom(7);
    const labels = draw(rows, random);

    const realised = realisedClassification({ ...rows, labels }, WORTH);

    const resampled = Array.from({ length: 800 }, () => {
      const chosen = Array.from({ length: 400 }, () => random.below(400));
      return realisedClassification(
        {
          scores: Float64Array.from(chosen, (row) => rows.scores[row] ?? 0),
          labels: Float64Array.from(chosen, (row) => labels[row] ?? 0),
          called: Uint8Array.from(chosen, (row) => rows.called[row] ?? 0),
        },
        WORTH,
      );
    });
    for (const [index, { metric, standardError }] of realised.entries()) {
      const values = resampled.map((each) => each[index]?.value ?? Number.NaN);
      const mean = values.reduce((sum, each) => sum + each, 0) / 800;
      const spread = Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 799);
      expect(Math.abs((standardError ?? Number.NaN) / spread - 1), metric).toBeLessThan(0.12);
    }
  });

  test('a model that calls nothing positive has F1 0 and no precision; without positives there is no recall; nothing is NaN', () => {
    const scores = Float64Array.of(0.1, 0.2, 0.3);
    const of = (labels: number[]) =>
      realisedClassification({ scores, labels: Float64Array.from(labels), called: new Uint8Array(3) }, WORTH);

    const [some, none, empty] = [
      of([0, 1, 0]),
      of([0, 0, 0]),
      realisedClassification({ scores: new Float64Array(), labels: new Float64Array(), called: new Uint8Array() }),
    ];

    expect(some.find(({ metric }) => metric === 'f1')).toMatchObject({ value: 0, why: null });
    expect(some.find(({ metric }) => metric === 'precision')).toMatchObject({ value: null, why: 'No row was called positive.' });
    expect(none.filter(({ value }) => value === null).map(({ metric }) => metric)).toEqual([
      'rocAuc',
      'averagePrecision',
      'f1',
      'precision',
      'recall',
    ]);
    expect([...some, ...none, ...empty].some(({ value, standardError }) => Number.isNaN(value) || Number.isNaN(standardError))).toBe(false);
    expect(empty.every(({ value, why }) => value === null && why !== null)).toBe(true);
  });
});

describe('calibration', () => {
  test('is taken up for timid scores and left alone for scores that are right', () => {
    const rows = timidRows(4000, 8);
    const labels = draw(rows, seededRandom(9));
    const folds = Uint8Array.from(labels, (_, row) => row % 10);

    const [timid, right] = [
      decideCalibration(foldedGroups({ scores: rows.scores, labels, folds })),
      decideCalibration(foldedGroups({ scores: rows.chances, labels, folds })),
    ];

    expect(timid.calibrate).toBe(true);
    expect(timid.calibrated.logLoss).toBeLessThan(timid.raw.logLoss);
    expect(right.calibrate).toBe(false);
  });

  test('does not depend on the order of rows, and says no when a class is missing', () => {
    const rows = timidRows(500, 10);
    const labels = draw(rows, seededRandom(11));
    const folds = Uint8Array.from(labels, (_, row) => row % 5);

    const forwards = decideCalibration(foldedGroups({ scores: rows.scores, labels, folds }));
    const backwards = decideCalibration(
      foldedGroups({ scores: rows.scores.toReversed(), labels: labels.toReversed(), folds: folds.toReversed() }),
    );

    expect(backwards).toEqual(forwards);
    expect(decideCalibration(foldedGroups({ scores: rows.scores, labels: new Float64Array(500), folds })).calibrate).toBe(false);
  });

  test('classes keep all rows and the overall rate, and are fewer than scores', () => {
    const random = seededRandom(12);
    const scores = Float64Array.from({ length: 3000 }, () => random.uint32() / 2 ** 32);
    const labels = scores.map((score) => Number(random.uint32() / 2 ** 32 < score));
    const total = (values: ArrayLike<number>) => Array.from(values).reduce((sum, each) => sum + each, 0);

    const classes = coarsenScores({ scores, positives: labels, negatives: labels.map((label) => 1 - label) });

    expect(total(classes.positives)).toBe(total(labels));
    expect(total(classes.positives) + total(classes.negatives)).toBe(3000);
    expect(classes.scores.length).toBeLessThan(80);
    expect(Array.from(classes.scores).every((score, at, all) => at === 0 || score > (all[at - 1] ?? 0))).toBe(true);
  });

  test('a probability is the mix of its levels', () => {
    const map = fitCalibrationMap({ scores: [0.1, 0.5, 0.9], positives: [1, 3, 8], negatives: [9, 7, 2] });

    const mix = levelsAt(map, 0.3);

    const mixed = (map.levels[mix.lower] ?? 0) * (1 - mix.share) + (map.levels[mix.upper] ?? 0) * mix.share;
    expect(mixed).toBeCloseTo(probabilityAt(map, 0.3), 12);
    expect(probabilityAt(map, 0.3)).toBeCloseTo(0.2, 12);
    expect(levelsAt(map, 1)).toEqual({ lower: 2, upper: 2, share: 0 });
  });

  test('dealt parts add up to the whole and are the same every time', () => {
    const groups = { scores: [0.2, 0.7], positives: [30, 80], negatives: [70, 20] };

    const parts = dealGroups(groups, { parts: 10, seed: 1 });

    expect(joined(parts)).toEqual(groups);
    expect(dealGroups(groups, { parts: 10, seed: 1 })).toEqual(parts);
    expect(dealGroups(groups, { parts: 10, seed: 2 })).not.toEqual(parts);
  });
});

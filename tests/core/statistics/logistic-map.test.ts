import { describe, expect, test } from 'vitest';
import { fitLogisticMap, logisticAt } from '../../../pipelines/core/statistics/estimation/logistic-map.ts';

const GROUPS = {
  scores: [0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 0.95],
  positives: [1, 3, 4, 9, 11, 12, 17, 19],
  negatives: [29, 22, 16, 16, 9, 8, 3, 1],
};

describe('fitLogisticMap', () => {
  test('agrees with scikit-learn 1.6.1 (LogisticRegression on the log odds, no penalty, newton-cholesky, tol 1e-14)', () => {
    const map = fitLogisticMap(GROUPS);

    expect(map?.slope).toBeCloseTo(1.0470855176779972, 9);
    expect(map?.intercept).toBeCloseTo(0.1936617138190911, 9);
    const expected = [
      0.052679170062447024, 0.10841635342551596, 0.22133439489754278, 0.33324791116478886, 0.4958856765594914, 0.6498132331926443,
      0.8382453914312199, 0.9636222180875504,
    ];
    for (const [at, score] of GROUPS.scores.entries()) {
      expect(logisticAt(map ?? { slope: 0, intercept: 0 }, score)).toBeCloseTo(expected[at] ?? 0, 9);
    }
  });

  test('at the fit the mean probability is the share of positives', () => {
    const map = fitLogisticMap(GROUPS) ?? { slope: 0, intercept: 0 };

    const rows = GROUPS.scores.map((_, at) => (GROUPS.positives[at] ?? 0) + (GROUPS.negatives[at] ?? 0));
    const expected = GROUPS.scores.reduce((sum, score, at) => sum + (rows[at] ?? 0) * logisticAt(map, score), 0);

    expect(expected).toBeCloseTo(76, 8);
  });

  test.each([
    ['one class', [1, 2], [0, 0]],
    ['classes that the scores part completely', [0, 5], [5, 0]],
  ])('of %s no curve is likeliest', (_, positives, negatives) => {
    expect(fitLogisticMap({ scores: [0.2, 0.8], positives, negatives })).toBeNull();
  });

  test('scores of exactly 0 and 1 are no obstacle', () => {
    const map = fitLogisticMap({ scores: [0, 0.5, 1], positives: [1, 5, 9], negatives: [9, 5, 1] });

    expect(map?.slope).toBeGreaterThan(0);
    expect(logisticAt(map ?? { slope: 0, intercept: 0 }, 1)).toBeLessThan(1);
  });
});

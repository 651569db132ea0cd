import { describe, expect, test } from 'vitest';
import { calibratedScore } from '../../../pipelines/core/evaluation/calibrated-score.ts';
import { fitRecalibration } from '../../../pipelines/core/evaluation/fit-recalibration.ts';
import { ScoreCalibration } from '../../../pipelines/core/schema/score-calibration.ts';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { rocAuc } from '../../../pipelines/core/statistics/metrics/roc-auc.ts';

/** Rows whose scores are a bent image of the chance of a positive. */
function rowsOf(count: number, bend: (chance: number) => number, seed = 7) {
  const random = seededRandom(seed);
  const chances = Array.from({ length: count }, () => 0.02 + (0.96 * random.uint32()) / 2 ** 32);
  const labels = chances.map((chance) => (random.uint32() / 2 ** 32 < chance ? 1 : 0));
  return { ids: chances.map((_, row) => `row-${row}`), scores: Float64Array.from(chances, bend), labels, chances };
}

const odds = (chance: number) => Math.log(chance / (1 - chance));
const timid = (chance: number) => 1 / (1 + Math.exp(-(0.5 * odds(chance) - 0.7)));
const stepped = (chance: number) => (chance < 0.5 ? 0.1 * chance : 0.9 + 0.1 * chance);

describe('fitRecalibration', () => {
  test('bent log odds are bent back by a logistic curve', () => {
    const fitted = fitRecalibration(rowsOf(3000, timid));

    expect(fitted?.decision.calibrate).toBe(true);
    expect(ScoreCalibration.parse(fitted?.calibration)).toMatchObject({ method: 'logistic' });
    // The inverse of half the log odds less .7: twice them plus 1.4.
    const { calibration } = fitted ?? {};
    if (calibration?.method !== 'logistic') throw new TypeError('it is logistic');
    expect(Math.abs(calibration.slope - 2)).toBeLessThan(0.25);
    expect(Math.abs(calibration.intercept - 1.4)).toBeLessThan(0.25);
  });

  test('a step is bent back by an isotonic one, which keeps rows apart where it is level', () => {
    const rows = rowsOf(3000, stepped);

    const fitted = fitRecalibration(rows);

    expect(fitted?.calibration.method).toBe('isotonic');
    expect(fitted?.decision.calibrate).toBe(true);
    const curved = rows.scores.map((score) =>
      calibratedScore(fitted?.calibration ?? { method: 'logistic', slope: 1, intercept: 0 }, score),
    );
    const fault = curved.reduce((sum, score, row) => sum + Math.abs(score - (rows.chances[row] ?? 0)), 0) / curved.length;
    expect(fault).toBeLessThan(0.05);
    expect(rocAuc(curved, Float64Array.from(rows.labels))).toEqual(rocAuc(rows.scores, Float64Array.from(rows.labels)));
  });

  test('scores that are right need no curve', () => {
    const fitted = [1, 2, 3, 4, 5].map((seed) => fitRecalibration(rowsOf(2000, (chance) => chance, seed))?.decision.calibrate);

    expect(fitted.filter((calibrate) => calibrate).length).toBeLessThanOrEqual(1);
  });

  test.each([
    ['one class', [1, 1, 1, 1], [0.1, 0.4, 0.6, 0.9]],
    ['one score', [0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5]],
  ])('%s allows none', (_, labels, scores) => {
    expect(fitRecalibration({ ids: ['a', 'b', 'c', 'd'], scores, labels })).toBeNull();
  });

  test('an order that has turned around is not turned back: that would be another model', () => {
    expect(fitRecalibration(rowsOf(2000, (chance) => 1 - chance))).toBeNull();
  });
});

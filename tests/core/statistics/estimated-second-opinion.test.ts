import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { bandCoverage } from '../../../pipelines/core/statistics/estimation/band-coverage.ts';
import { fitCalibrationMap } from '../../../pipelines/core/statistics/estimation/calibration-map.ts';
import { coarsenScores } from '../../../pipelines/core/statistics/estimation/coarsen-scores.ts';
import { estimateClassification } from '../../../pipelines/core/statistics/estimation/estimated-classification.ts';
import { importanceWeights } from '../../../pipelines/core/statistics/estimation/importance-weights.ts';
import { judgeEstimate } from '../../../pipelines/core/statistics/estimation/judge-estimate.ts';
import { withSecondOpinion } from '../../../pipelines/core/statistics/estimation/second-opinion.ts';
import { realisedClassification } from '../../../pipelines/core/statistics/metrics/realised-classification.ts';

/** Two groups of rows with the same scores; in the second a score promises less. `share` of the rows are of the second group. */
function twoGroups(rows: number, share: number, seed: number) {
  const random = seededRandom(seed);
  const uniform = () => random.uint32() / 2 ** 32;
  const second = Uint8Array.from({ length: rows }, () => Number(uniform() < share));
  const scores = Float64Array.from(second, () => uniform());
  const labels = Float64Array.from(scores, (score, row) => Number(uniform() < (second[row] === 1 ? 0.5 + 0.3 * (score - 0.5) : score)));
  return { second, scores, labels, called: Uint8Array.from(scores, (score) => Number(score >= 0.5)), rows: new Float64Array(rows).fill(1) };
}

/** Both opinions on a window whose share of the second group is known, as a perfect domain classifier would weigh it. */
function opinions(reference: ReturnType<typeof twoGroups>, window: ReturnType<typeof twoGroups>, shares: readonly [number, number]) {
  const [before, after] = shares;
  const chance = (isSecond: number) => {
    const [inReference, inWindow] = isSecond === 1 ? [before, after] : [1 - before, 1 - after];
    return (inWindow * window.scores.length) / (inWindow * window.scores.length + inReference * reference.scores.length);
  };
  const weights = importanceWeights({ reference: Array.from(reference.second, chance), window: Array.from(window.second, chance) });
  const groups = { scores: reference.scores, positives: reference.labels, negatives: reference.labels.map((label) => 1 - label) };
  const first = estimateClassification(window, fitCalibrationMap(coarsenScores(groups)));
  const second = estimateClassification(window, fitCalibrationMap(coarsenScores({ ...groups, weight: weights.weights })));
  return { first, second, weights };
}

describe('a second opinion by importance weighting', () => {
  const reference = twoGroups(6000, 0.2, 1);

  test('finds the performance when the mix of rows changes, says that the first estimate is not trustworthy, and widens its band over the truth', () => {
    const window = twoGroups(3000, 0.8, 2);

    const { first, second, weights } = opinions(reference, window, [0.2, 0.8]);

    const judged = withSecondOpinion({ first, second, weights });
    const realised = realisedClassification(window);
    for (const metric of ['accuracy', 'rocAuc', 'f1'] as const) {
      const of = <Each extends { metric: string }>(all: readonly Each[]) => all.find((each) => each.metric === metric);
      const [truth, plain, weighted, shown] = [of(realised)?.value ?? 0, of(first), of(second), of(judged)];
      expect(Math.abs(truth - (plain?.value ?? 0)), metric).toBeGreaterThan(4 * (plain?.standardError ?? 0));
      expect(Math.abs(truth - (weighted?.value ?? 0)), metric).toBeLessThan(3 * (weighted?.standardError ?? 0));
      expect(shown?.isTrustworthy, metric).toBe(false);
      expect(bandCoverage([{ lower: shown?.lower ?? 1, upper: shown?.upper ?? 0, realised: truth }]).covered, metric).toBe(1);
      expect(shown?.value, metric).toBe(plain?.value);
    }
    expect(weights.isUsable).toBe(true);
  });

  test('agrees when nothing changed', () => {
    const window = twoGroups(3000, 0.2, 3);

    const { first, second, weights } = opinions(reference, window, [0.2, 0.2]);

    const judged = withSecondOpinion({ first, second, weights });
    expect(weights.effectiveRows).toBeCloseTo(6000, 6);
    for (const [index, estimate] of judged.entries()) {
      expect(estimate.isTrustworthy).toBe(true);
      expect(estimate.second).toBeCloseTo(first[index]?.value ?? Number.NaN, 9);
    }
  });

  test('is left out when too little of the reference would carry it, or too much of the window lies outside', () => {
    const few = importanceWeights({
      reference: [...new Array<number>(97).fill(0.001), 0.99, 0.99, 0.99],
      window: new Array<number>(100).fill(0.5),
    });
    const outside = importanceWeights({
      reference: new Array<number>(100).fill(0.4),
      window: [...new Array<number>(94).fill(0.5), ...new Array<number>(6).fill(0.97)],
    });
    const first = [{ metric: 'accuracy' as const, value: 0.8, labelNoise: 0.01, mapNoise: 0, standardError: 0.01, why: null }];

    const judged = withSecondOpinion({
      first,
      second: [{ ...first[0], metric: 'accuracy' as const, value: 0.5, labelNoise: 0.01, mapNoise: 0, standardError: 0.01, why: null }],
      weights: few,
    });

    expect([few.isUsable, outside.isUsable]).toEqual([false, false]);
    expect(few.why).toContain('tell no more than');
    expect(outside.why).toContain('6 % of the window');
    expect(judged[0]).toMatchObject({ second: null, isTrustworthy: true, value: 0.8 });
    expect(() => importanceWeights({ reference: [], window: [0.5] })).toThrow(RangeError);
  });

  test('one row never outweighs all: weights are clipped', () => {
    const { weights } = importanceWeights({ reference: [0, 0.5, 1], window: [0.5, 0.5, 0.5] });

    expect(Array.from(weights)).toEqual([0.001, 1, 20]);
  });
});

describe('an estimate against an agreed level', () => {
  test.each([
    [{ value: 0.7, lower: 0.65, upper: 0.74, level: 0.75, higherIsBetter: true }, 'below'],
    [{ value: 0.74, lower: 0.7, upper: 0.78, level: 0.75, higherIsBetter: true }, 'may be below'],
    [{ value: 0.9, lower: 0.88, upper: 0.92, level: 0.75, higherIsBetter: true }, 'holds'],
    // NannyML alerts when the mean absolute error falls from 853 to 703.
    [{ value: 703, lower: 690, upper: 716, level: 875, higherIsBetter: false }, 'holds'],
    [{ value: 900, lower: 880, upper: 920, level: 875, higherIsBetter: false }, 'below'],
    [{ value: 880, lower: 860, upper: 900, level: 875, higherIsBetter: false }, 'may be below'],
  ] as const)('%o: %s', (held, verdict) => {
    expect(judgeEstimate(held)).toBe(verdict);
  });
});

test('coverage without bands has no share', () => {
  expect(bandCoverage([])).toEqual({ bands: 0, covered: 0, share: null, interval: null });
  expect(bandCoverage([{ lower: 0, upper: 1, realised: 1 }]).interval?.upper).toBe(1);
});

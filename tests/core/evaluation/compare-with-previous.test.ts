import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betterVersion } from '../../../pipelines/core/decisions/weigh-comparison.ts';
import { compareWithPrevious, withoutComparison } from '../../../pipelines/core/evaluation/compare-with-previous.ts';
import type { WrittenModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { ShadowComparison } from '../../../pipelines/core/schema/shadow-comparison.ts';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { loanDefinition } from '../../fakes/policy-world.ts';
import { timesOf } from '../../fakes/times-of.ts';

const RULES: WrittenModelDefinition['gate'] = { rules: [], bootstrapReplicates: 200 };
const AUC = loanDefinition({ gate: RULES });
const LOG_LOSS = loanDefinition({ gate: RULES, monitoring: { performance: { metric: 'logLoss' } } });

/** Labels, and scores that tell the classes apart by `skill` (0 not at all, 1 wholly). */
function rowsOf(count: number, seed: number) {
  const random = seededRandom(seed);
  const next = () => random.uint32() / 2 ** 32;
  const labels = Float64Array.from({ length: count }, () => (next() < 0.3 ? 1 : 0));
  const scoresOf = (skill: number) => labels.map((label) => 0.05 + 0.9 * (skill * label + (1 - skill) * next()));
  return { timestamps: timesOf(count, 14), labels, scoresOf };
}

describe('compareWithPrevious', () => {
  test('a better previous version has a whole interval below 0, whichever way the metric points', () => {
    const { timestamps, labels, scoresOf } = rowsOf(2000, 1);
    const scores = {
      timestamps,
      labels,
      championAnswers: { scores: scoresOf(0.2) },
      previousAnswers: { scores: scoresOf(0.5) },
      previous: 'v1',
    };

    const auc = compareWithPrevious({ ...scores, definition: AUC });
    const loss = compareWithPrevious({ ...scores, definition: LOG_LOSS });

    expect(ShadowComparison.parse(auc)).toEqual(auc);
    expect([auc.estimate.metric, loss.estimate.metric]).toEqual(['rocAuc', 'logLoss']);
    expect(auc.estimate).toMatchObject({ sampleSize: 2000 });
    expect([betterVersion(auc), betterVersion(loss)]).toEqual(['previous', 'previous']);
    expect(loss.improvement).toBeLessThan(0);
  });

  test('a better champion has a whole interval above 0', () => {
    const { timestamps, labels, scoresOf } = rowsOf(2000, 2);

    const made = compareWithPrevious({
      definition: AUC,
      timestamps,
      labels,
      championAnswers: { scores: scoresOf(0.5) },
      previousAnswers: { scores: scoresOf(0.2) },
      previous: 'v1',
    });

    expect(betterVersion(made)).toBe('champion');
  });

  test('property: equal scores differ by nothing, swapping the versions turns the sign, and the same rows give the same figures', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
        const { timestamps, labels, scoresOf } = rowsOf(150, seed);
        const [one, other] = [scoresOf(0.2), scoresOf(0.3)];
        const compare = (champion: Float64Array, older: Float64Array) =>
          compareWithPrevious({
            definition: AUC,
            timestamps,
            labels,
            championAnswers: { scores: champion },
            previousAnswers: { scores: older },
            previous: 'v1',
          });

        const there = compare(one, other);
        const back = compare(other, one);

        expect(compare(one, one)).toMatchObject({ improvement: 0, interval: { lower: 0, upper: 0 } });
        expect(betterVersion(compare(one, one))).toBe('neither');
        expect(back.improvement).toBeCloseTo(-(there.improvement ?? Number.NaN), 12);
        expect(back.interval?.lower).toBeCloseTo(-(there.interval?.upper ?? Number.NaN), 12);
        expect(compare(one, other)).toEqual(there);
      }),
      { numRuns: 20 },
    );
  });

  test('one class only gives no figure, and says why', () => {
    const { timestamps, scoresOf } = rowsOf(300, 3);
    const labels = new Float64Array(300);

    const made = compareWithPrevious({
      definition: AUC,
      timestamps,
      labels,
      championAnswers: { scores: scoresOf(0.5) },
      previousAnswers: { scores: scoresOf(0.2) },
      previous: 'v1',
    });

    expect(betterVersion(made)).toBe('unknown');
    expect(made.why).toMatch(/class is missing/);
  });

  test('a comparison that could not be made is of the same form', () => {
    const made = withoutComparison(AUC, 'v1', 'no bytes');

    expect(ShadowComparison.parse(made)).toEqual(made);
    expect(betterVersion(made)).toBe('unknown');
  });
});

import { expect, test } from 'vitest';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { estimateRSquared } from '../../../pipelines/core/statistics/estimation/estimated-r-squared.ts';

/** Sum of twelve uniforms less six: mean 0, variance 1, near enough to a normal. */
function drawer(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Array.from({ length: 12 }, () => random.uint32() / 2 ** 32).reduce((sum, each) => sum + each, -6);
}

test('holds the R² that drawn labels give, as often as it says', () => {
  const [draw, rows, spread] = [drawer(3), 400, 1.5];
  let held = 0;
  for (let time = 0; time < 300; time += 1) {
    const answers = Float64Array.from({ length: rows }, () => 10 + 2 * draw());
    const labels = answers.map((answer) => answer + spread * draw());
    const mean = labels.reduce((sum, each) => sum + each, 0) / rows;
    const unexplained = labels.reduce((sum, label, row) => sum + (label - (answers[row] ?? 0)) ** 2, 0);
    const realised = 1 - unexplained / labels.reduce((sum, label) => sum + (label - mean) ** 2, 0);
    // Squares of normal errors have variance 2 σ⁴.
    const labelNoise = Math.sqrt((2 * spread ** 4) / rows);

    const { value, standardError } = estimateRSquared({ value: spread ** 2, labelNoise, mapNoise: 0 }, answers);

    held += Number(Math.abs((value ?? 0) - realised) <= 1.96 * (standardError ?? 0));
  }

  // 95 % of 300 is 285; outside 272 to 296 once in 1,000.
  expect(held).toBeGreaterThanOrEqual(272);
  expect(held).toBeLessThanOrEqual(296);
});

test('says why there is none', () => {
  const errors = { value: 1, labelNoise: 0.1, mapNoise: 0.1 };

  expect(estimateRSquared(errors, Float64Array.of(5, 5, 5))).toMatchObject({ value: null, why: expect.stringContaining('do not vary') });
  expect(estimateRSquared({ ...errors, value: null }, Float64Array.of(1, 2))).toMatchObject({ value: null, standardError: null });
  expect(estimateRSquared({ value: 0, labelNoise: 0, mapNoise: 0 }, Float64Array.of(1, 2))).toMatchObject({ value: 1, standardError: 0 });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockRocAuc } from '../../../pipelines/core/statistics/metrics/block-roc-auc.ts';
import { rocAuc } from '../../../pipelines/core/statistics/metrics/roc-auc.ts';

/** Few distinct scores, so that ties are common. */
const rows = fc.array(fc.record({ score: fc.integer({ min: 0, max: 5 }), label: fc.constantFrom(0, 1) }), {
  minLength: 2,
  maxLength: 40,
});

function areaByPairs(pairs: readonly { readonly score: number; readonly label: number }[]): number {
  const positives = pairs.filter(({ label }) => label === 1);
  const negatives = pairs.filter(({ label }) => label === 0);
  const wins = positives.flatMap((p) => negatives.map((n): number => (p.score > n.score ? 1 : p.score === n.score ? 0.5 : 0)));
  return wins.reduce((sum, win) => sum + win, 0) / wins.length;
}

const scoresOf = (of: readonly { readonly score: number }[]) => Float64Array.from(of, ({ score }) => score);
const labelsOf = (of: readonly { readonly label: number }[]) => Float64Array.from(of, ({ label }) => label);

describe('ROC AUC', () => {
  test('is the share of pairs that are ranked right, ties counting half', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const expected = areaByPairs(all);
        const estimate = rocAuc(scoresOf(all), labelsOf(all));
        return Number.isNaN(expected) ? estimate === null : Math.abs((estimate?.area ?? Number.NaN) - expected) < 1e-12;
      }),
    );
  });

  test('of resampled blocks is that of their rows repeated', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }), (all, times) => {
        const blockOf = (row: number) => (row * 7) % 4;
        const repeated = all.flatMap((row, at) => Array.from({ length: times[blockOf(at)] ?? 0 }, () => row));
        const expected = areaByPairs(repeated);
        const blocks = Uint32Array.from(all, (_, at) => blockOf(at));

        const measure = blockRocAuc({ scores: scoresOf(all), labels: labelsOf(all), blocks, blockCount: 4 });
        const actual = measure(Uint16Array.from(times));

        return Number.isNaN(expected) ? Number.isNaN(actual) : Math.abs(actual - expected) < 1e-12;
      }),
    );
  });

  test('leaves out rows without a label', () => {
    const scores = Float64Array.of(0.9, 0.1, 0.5);

    const estimate = rocAuc(scores, Float64Array.of(1, 0, Number.NaN));

    expect(estimate?.area).toBe(1);
  });

  test('does not change its arguments', () => {
    const scores = Float64Array.of(0.9, 0.1, 0.5);

    rocAuc(scores, Float64Array.of(1, 0, 1));

    expect([...scores]).toEqual([0.9, 0.1, 0.5]);
  });
});

test('rows in many blocks are swept, with the very figures that few blocks are counted to', () => {
  const rows = 90;
  const scores = Float64Array.from({ length: rows }, (_, row) => ((row * 37) % 23) / 23);
  const labels = Float64Array.from({ length: rows }, (_, row) => ((row * 7) % 5 < 2 ? 1 : 0));
  const blocks = Uint32Array.from({ length: rows }, (_, row) => (row * 11) % 4);
  const draws = [Uint16Array.of(1, 1, 1, 1), Uint16Array.of(3, 0, 1, 0), Uint16Array.of(0, 2, 0, 2), Uint16Array.of(1, 7, 2, 1)];

  // Empty blocks beside the four change nothing but the way it is counted: 10 x 10 exceeds 90 rows.
  const counted = blockRocAuc({ scores, labels, blocks, blockCount: 4 });
  const swept = blockRocAuc({ scores, labels, blocks, blockCount: 10 });
  const padded = (draw: Uint16Array) => Uint16Array.from({ length: 10 }, (_, block) => draw[block] ?? 5);

  expect(draws.map((draw) => swept(padded(draw)))).toEqual(draws.map(counted));
  expect(swept(new Uint16Array(10))).toBeNaN();
});

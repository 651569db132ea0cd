import { describe, expect, test } from 'vitest';
import { foldOfId } from '../../../pipelines/core/digest/fold-of-id.ts';

describe('the fold of an id', () => {
  test('never changes: these folds were given once and for all', () => {
    expect(['application-17', '0', '1', 'é', ''].map((id) => foldOfId(id, 10))).toEqual([4, 5, 2, 3, 3]);
  });

  test('neighbouring ids are spread evenly over folds', () => {
    const counts = new Array<number>(10).fill(0);

    for (let id = 0; id < 20_000; id += 1) {
      const fold = foldOfId(String(id), 10);
      counts[fold] = (counts[fold] ?? 0) + 1;
    }

    // Chi-square of 9 degrees of freedom: 27.9 is passed by chance once in a thousand.
    const chiSquare = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(chiSquare).toBeLessThan(27.9);
  });
});

import { expect, test } from 'vitest';
import { emptyFeatures } from '../../pipelines/stages/empty-features.ts';

test('names the features without a single value, and no other', () => {
  const rows = {
    numeric: { age: Float64Array.of(Number.NaN, Number.NaN), income: Float64Array.of(Number.NaN, 0) },
    categorical: { region: [null, null], plan: [null, 'a'] },
    texts: { query: [null, null] },
  };

  expect(emptyFeatures(rows, ['age', 'income', 'region', 'plan', 'query'])).toEqual(['age', 'region', 'query']);
  expect(emptyFeatures({ numeric: { age: new Float64Array(0) }, categorical: {}, texts: {} }, ['age'])).toEqual([]);
});

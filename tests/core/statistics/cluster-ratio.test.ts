import { expect, test } from 'vitest';
import { clusterRatio } from '../../../pipelines/core/statistics/intervals/cluster-ratio.ts';

const DAYS = [
  { sum: 120.5, rows: 40 },
  { sum: 80.25, rows: 35 },
  { sum: -10, rows: 12 },
  { sum: 300, rows: 90 },
  { sum: 55, rows: 22 },
  { sum: 64, rows: 31 },
];

test('is the cluster-robust interval of a mean, as statsmodels has it', () => {
  // statsmodels 0.15.0: OLS(values, 1).fit(cov_type='cluster', cov_kwds={'groups': day, 'use_correction': True}, use_t=True).conf_int()
  const found = clusterRatio(DAYS);

  expect(found?.value).toBeCloseTo(2.6510869565217403, 10);
  expect(found?.interval?.lower).toBeCloseTo(1.68500417, 7);
  expect(found?.interval?.upper).toBeCloseTo(3.61716975, 7);
});

test('more rows on the same days make it no narrower', () => {
  const width = (factor: number) => {
    const { interval } = clusterRatio(DAYS.map(({ sum, rows }) => ({ sum: sum * factor, rows: rows * factor }))) ?? {};
    return (interval?.upper ?? 0) - (interval?.lower ?? 0);
  };

  expect(width(100)).toBeCloseTo(width(1), 10);
});

test('too few clusters have a value and no interval; empty ones do not count', () => {
  expect(clusterRatio([...DAYS.slice(0, 4), { sum: 0, rows: 0 }])).toMatchObject({ clusters: 4, interval: null });
  expect(clusterRatio([])).toBeNull();
});

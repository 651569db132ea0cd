import { describe, expect, test } from 'vitest';
import { betaQuantile } from '../../pipelines/core/statistics/distributions/beta-quantile.ts';
import { binomialUpperTail } from '../../pipelines/core/statistics/distributions/binomial-upper-tail.ts';
import { chiSquareQuantile } from '../../pipelines/core/statistics/distributions/chi-square-quantile.ts';
import { chiSquareUpperTail } from '../../pipelines/core/statistics/distributions/chi-square-upper-tail.ts';
import { kolmogorovUpperTail } from '../../pipelines/core/statistics/distributions/kolmogorov-upper-tail.ts';
import { kstwoUpperTail } from '../../pipelines/core/statistics/distributions/kstwo-upper-tail.ts';
import { normalQuantile } from '../../pipelines/core/statistics/distributions/normal-quantile.ts';
import { normalUpperTail } from '../../pipelines/core/statistics/distributions/normal-upper-tail.ts';
import { studentTUpperTail } from '../../pipelines/core/statistics/distributions/student-t-upper-tail.ts';
import { wilsonInterval } from '../../pipelines/core/statistics/intervals/wilson-interval.ts';
import { expectClose } from './expect-close.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

type Rows = readonly (readonly [number, number, number, number])[];
type Oracle = Readonly<Record<string, Rows>>;

const TIGHT = 1e-11;

describe.skipIf(!oraclesPresent())('distributions against SciPy', () => {
  const oracle = oraclesPresent() ? readOracle<Oracle>('unit/reference_statistics_scipy_sklearn.json') : {};
  const cases: readonly [string, (row: readonly number[]) => void][] = [
    ['chi2_sf', ([x = 0, df = 0, p = 0]) => expectClose(chiSquareUpperTail(x, df), p, TIGHT)],
    ['chi2_ppf', ([p = 0, df = 0, x = 0]) => expectClose(chiSquareQuantile(1 - p, df), x, TIGHT)],
    ['norm_sf', ([z = 0, p = 0]) => expectClose(normalUpperTail(z), p, TIGHT)],
    ['norm_ppf', ([p = 0, z = 0]) => expectClose(normalQuantile(p), z, TIGHT)],
    ['t_sf', ([t = 0, df = 0, p = 0]) => expectClose(studentTUpperTail(t, df), p, TIGHT)],
    ['beta_ppf', ([p = 0, a = 0, b = 0, x = 0]) => expectClose(betaQuantile(p, a, b), x, TIGHT)],
    ['binom_sf', ([k = 0, n = 0, q = 0, p = 0]) => expectClose(binomialUpperTail({ successes: k, trials: n, probability: q }), p, TIGHT)],
    ['kolmogorov_sf_asymptotic', ([x = 0, p = 0]) => expectClose(kolmogorovUpperTail(x), p, TIGHT)],
    ['kstwo_sf', ([d = 0, n = 0, p = 0]) => expectClose(kstwoUpperTail(d, n), p, 1e-8)],
    ['wilson_ci', ([k = 0, n = 0, lower = 0]) => expectClose(wilsonInterval(k, n).lower, lower, TIGHT)],
    ['wilson_ci', ([k = 0, n = 0, , upper = 0]) => expectClose(wilsonInterval(k, n).upper, upper, TIGHT)],
  ];

  test.each(cases)('%s', (name, compare) => {
    const rows = oracle[name] ?? [];

    for (const row of rows) compare(row);

    expect(rows.length).toBeGreaterThan(2);
  });
});

import { describe, expect, test } from 'vitest';
import { quantileShiftPValue } from '../../pipelines/core/statistics/distances/quantile-shift.ts';
import { batchBenjaminiHochberg } from '../../pipelines/core/statistics/hypotheses/batch-benjamini-hochberg.ts';
import { empiricalProcessBound } from '../../pipelines/core/statistics/hypotheses/empirical-process-bound.ts';
import { alphaSpending, lordPlusPlus, saffron } from '../../pipelines/core/statistics/hypotheses/online-false-discovery.ts';
import {
  ADAPTIVE_WINDOW_START,
  type AdaptiveWindow,
  stepAdaptiveWindow,
} from '../../pipelines/core/statistics/sequential/adaptive-window.ts';
import { betaBinomialLogMixture, normalPriorVariance } from '../../pipelines/core/statistics/sequential/beta-binomial-mixture.ts';
import { gammaExponentialLogMixture, gammaPoissonLogMixture } from '../../pipelines/core/statistics/sequential/gamma-mixtures.ts';
import { meanConfidenceSequence } from '../../pipelines/core/statistics/sequential/mean-confidence-sequence.ts';
import { mixtureBound } from '../../pipelines/core/statistics/sequential/mixture-bound.ts';
import { normalLogMixture } from '../../pipelines/core/statistics/sequential/normal-mixture.ts';
import { PAGE_HINKLEY_START, type PageHinkleyState, stepPageHinkley } from '../../pipelines/core/statistics/sequential/page-hinkley.ts';
import { doubleStitchedBound, polynomialStitchedBound } from '../../pipelines/core/statistics/sequential/stitched-bounds.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

const absent = !oraclesPresent();

describe.skipIf(absent)('confseq: figures "from a reference implementation in R"', () => {
  interface Interval {
    readonly successes: number;
    readonly trials: number;
    readonly alpha: number;
    readonly t_opt: number;
    readonly ci: readonly [number, number];
  }
  const oracle = () =>
    readOracle<Record<string, number> & { abs_tol: number; bernoulli_confidence_interval: Interval[] }>('unit/confseq_boundaries.json');
  const within = (actual: number, name: string) => {
    const figures = oracle();
    expect(Math.abs(actual - (figures[name] ?? Number.NaN)), name).toBeLessThanOrEqual(figures.abs_tol);
  };

  test('the spread of a mixture', () => {
    within(normalPriorVariance(100, 0.05), 'two_sided_normal_best_rho(100,0.05)');
  });

  test('beta-binomial mixtures', () => {
    const at = { sum: 10, variance: 100 };
    const shape = { g: 0.2, h: 0.8, bestVariance: 100, bestAlpha: 0.05 };

    within(betaBinomialLogMixture(at, { ...shape, oneSided: false }), 'beta_binomial_log_mixture(10,100,g=.2,h=.8,two-sided)');
    within(betaBinomialLogMixture(at, { ...shape, oneSided: true }), 'beta_binomial_log_mixture(10,100,g=.2,h=.8,one-sided)');
  });

  const best = { bestVariance: 100, bestAlpha: 0.05 };
  const bound = (logMixture: (sum: number) => number, largest?: number) =>
    mixtureBound(logMixture, { alpha: 0.05, start: 100, ...(largest === undefined ? {} : { largest }) });

  test('bounds of beta-binomial mixtures', () => {
    const mixture = (oneSided: boolean) => (sum: number) =>
      betaBinomialLogMixture({ sum, variance: 100 }, { ...best, g: 0.2, h: 0.8, oneSided });

    within(bound(mixture(false), 500), 'beta_binomial_mixture_bound(100,.05,g=.2,h=.8,two-sided)');
    within(bound(mixture(true), 500), 'beta_binomial_mixture_bound(100,.05,g=.2,h=.8,one-sided)');
  });

  test('normal mixtures', () => {
    const mixture = (oneSided: boolean) => (sum: number) => normalLogMixture({ sum, variance: 100 }, { ...best, oneSided });

    within(mixture(false)(10), 'normal_log_mixture(s=10,v=100,two-sided)');
    within(mixture(true)(10), 'normal_log_mixture(10,100,one-sided)');
    within(bound(mixture(false)), 'normal_mixture_bound(v=100,alpha=.05,two-sided)');
    within(bound(mixture(true)), 'normal_mixture_bound(100,.05,one-sided)');
  });

  test('gamma mixtures', () => {
    const exponential = (sum: number) => gammaExponentialLogMixture({ sum, variance: 100 }, { ...best, scale: 2 });
    const poisson = (sum: number) => gammaPoissonLogMixture({ sum, variance: 100 }, { ...best, scale: 2 });

    within(exponential(10), 'gamma_exponential_log_mixture(10,100,c=2)');
    within(bound(exponential), 'gamma_exponential_mixture_bound(100,.05,c=2)');
    within(poisson(10), 'gamma_poisson_log_mixture(10,100,c=2)');
    within(bound(poisson), 'gamma_poisson_mixture_bound(100,.05,c=2)');
  });

  test('stitched and empirical-process bounds', () => {
    const stitched = (scale: number) => polynomialStitchedBound({ variance: 100, smallestVariance: 10, scale }, 0.05);
    const doubly = (quantile: number) => doubleStitchedBound({ quantile, rows: 1000, bestRows: 100 }, 0.05);

    within(stitched(3), 'poly_stitching_bound(v=100,alpha=.05,v_min=10,c=3)');
    within(stitched(-1), 'poly_stitching_bound(100,.05,10,-1)');
    within(doubly(0.5), 'double_stitching_bound(p=.5,t=1000,alpha=.05,t_opt=100)');
    within(doubly(0.9), 'double_stitching_bound(.9)');
    within(doubly(0.1), 'double_stitching_bound(.1)');
    within(
      empiricalProcessBound(1000, { alpha: 0.05, fewestRows: 100, flatness: 0.85 }),
      'empirical_process_lil_bound(t=1000,alpha=.05,t_min=100,A=.85)',
    );
  });

  test('p values of a shifted quantile', () => {
    const { abs_tol, ...figures } = oracle();
    const cases = Object.entries(figures).find(([name]) => name.startsWith('quantile_ab'))?.[1] as unknown as {
      readonly p: number;
      readonly off: number;
      readonly pval: number;
    }[];
    const rows = Array.from({ length: 1000 }, (_, index) => index + 1);

    for (const { p, off, pval } of cases) {
      const shifted = rows.map((row) => row + off);
      const actual = quantileShiftPValue(rows, shifted, { quantile: p, bestRows: 100, bestAlpha: 0.05 });
      expect(Math.abs(actual - pval), `${p} moved by ${off}`).toBeLessThanOrEqual(abs_tol);
    }
    expect(cases).toHaveLength(4);
  });

  test('Bernoulli intervals', () => {
    const { abs_tol, bernoulli_confidence_interval: cases } = oracle();

    for (const { successes, trials, alpha, t_opt, ci } of cases) {
      const { lower, upper } = meanConfidenceSequence({ rows: trials, sum: successes }, { alpha, bestRows: t_opt });
      expect(Math.abs(lower - ci[0]), `lower of ${successes}/${trials}`).toBeLessThanOrEqual(abs_tol);
      expect(Math.abs(upper - ci[1]), `upper of ${successes}/${trials}`).toBeLessThanOrEqual(abs_tol);
    }
    expect(cases).toHaveLength(8);
  });
});

describe.skipIf(absent)('river: the stream of its docstrings', () => {
  const oracle = () =>
    readOracle<{ stream: number[]; expected: Record<string, { first_change_index?: number; change_index?: number; value: number }> }>(
      'unit/river_adwin_pagehinkley.json',
    );

  test('ADWIN fires once, where river does', () => {
    const { stream, expected } = oracle();
    let window: AdaptiveWindow = ADAPTIVE_WINDOW_START;
    const changes = stream.flatMap((value, index) => {
      const step = stepAdaptiveWindow(window, value);
      window = step.window;
      return step.change ? [{ index, value }] : [];
    });

    const published = Object.entries(expected).find(([name]) => name.startsWith('ADWIN'))?.[1];
    expect(changes).toEqual([{ index: published?.first_change_index, value: published?.value }]);
    expect(changes[0]?.index).toBe(1023);
  });

  test('Page-Hinkley fires once, where river does', () => {
    const { stream, expected } = oracle();
    let state: PageHinkleyState = PAGE_HINKLEY_START;
    const changes = stream.flatMap((value, index) => {
      const step = stepPageHinkley(state, value);
      state = step.state;
      return step.change ? [{ index, value }] : [];
    });

    const published = Object.entries(expected).find(([name]) => name.startsWith('PageHinkley'))?.[1];
    expect(changes).toEqual([{ index: published?.change_index, value: published?.value }]);
    expect(changes[0]?.index).toBe(1006);
  });
});

describe.skipIf(absent)('onlineFDR: printed examples', () => {
  interface Printed {
    readonly alphai: number[];
    readonly R: number[];
    readonly p?: number[];
  }
  interface OnlineOracle {
    readonly p: number[];
    readonly alpha: number;
    readonly BatchBH: { readonly batch: number[]; readonly alphai_per_batch: number[]; readonly R: number[] };
    readonly 'LORD++ (random=FALSE)': Printed;
    readonly 'SAFFRON (random=FALSE)': Printed;
    readonly 'Alpha_spending (random=FALSE)': Printed;
  }
  const oracle = () => readOracle<OnlineOracle>('unit/online_fdr.json');
  // Levels are printed to 9 or 10 decimals.
  const expectLevels = (actual: readonly number[], printed: readonly number[]) => {
    expect(actual).toHaveLength(printed.length);
    for (const [index, level] of printed.entries()) expect(Math.abs((actual[index] ?? Number.NaN) - level)).toBeLessThanOrEqual(1e-9);
  };

  test.each([
    ['LORD++ (random=FALSE)', lordPlusPlus],
    ['SAFFRON (random=FALSE)', saffron],
    ['Alpha_spending (random=FALSE)', alphaSpending],
  ] as const)('%s', (name, rule) => {
    const figures = oracle();
    const printed = figures[name];

    const { levels, rejected } = rule(printed.p ?? figures.p, figures.alpha);

    expectLevels(levels, printed.alphai);
    expect(rejected.map(Number)).toEqual(printed.R);
  });

  test('BatchBH', () => {
    const { p, alpha, BatchBH } = oracle();
    const batches = [...new Set(BatchBH.batch)].map((batch) => p.filter((_, index) => BatchBH.batch[index] === batch));

    const decisions = batchBenjaminiHochberg(batches, alpha);

    expectLevels(
      decisions.map(({ level }) => level),
      BatchBH.alphai_per_batch,
    );
    expect(decisions.flatMap(({ rejected }) => rejected.map(Number))).toEqual(BatchBH.R);
  });
});

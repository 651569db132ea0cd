import { describe, expect, test } from 'vitest';
import { ADAPTIVE_WINDOW_START, type AdaptiveWindow, stepAdaptiveWindow } from '../../pipelines/core/statistics/adaptive-window.ts';
import { betaBinomialLogMixture, normalPriorVariance } from '../../pipelines/core/statistics/beta-binomial-mixture.ts';
import { meanConfidenceSequence } from '../../pipelines/core/statistics/mean-confidence-sequence.ts';
import { PAGE_HINKLEY_START, type PageHinkleyState, stepPageHinkley } from '../../pipelines/core/statistics/page-hinkley.ts';
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

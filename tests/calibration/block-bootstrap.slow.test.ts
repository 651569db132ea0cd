import { describe, expect, test } from 'vitest';
import { compareContenders } from '../../pipelines/core/evaluation/compare-contenders.ts';
import type { MetricName } from '../../pipelines/core/schema/metric.ts';
import { seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';
import { wilsonInterval } from '../../pipelines/core/statistics/intervals/wilson-interval.ts';
import { timesOf } from '../fakes/times-of.ts';

const WORLDS = 400;
const ROWS_A_DAY = 60;

/**
 * Two models whose skill differs by nothing in the long run, but on a stormy day one and on the next day the other sees better: the size of what the rows of a day
 * share is `storm` (0: rows are independent).
 */
function comparison(of: { days: number; storm: number; metric: MetricName; seed: number }) {
  const random = seededRandom(of.seed);
  const unit = () => random.uint32() / 2 ** 32;
  const rows = of.days * ROWS_A_DAY;
  const favour = Array.from({ length: of.days }, () => of.storm * (unit() < 0.5 ? -1 : 1) * (0.5 + unit()));
  const labels = Float64Array.from({ length: rows }, () => (unit() < 0.4 ? 1 : 0));
  const scoresOf = (sign: number) =>
    labels.map((label, row) => {
      const skill = 0.3 + sign * (favour[Math.floor(row / ROWS_A_DAY)] ?? 0);
      return Math.min(0.99, Math.max(0.01, 0.5 + skill * (label - 0.5) + 0.6 * (unit() - 0.5)));
    });
  return compareContenders({
    timestamps: timesOf(rows, of.days),
    labels,
    champion: { scores: scoresOf(-1) },
    challengers: [{ name: 'new', scores: scoresOf(1) }],
    metrics: [of.metric],
    replicates: 400,
    level: 0.95,
    seed: of.seed,
  })[0];
}

describe('intervals of a gain drawn by days', () => {
  test.each<{ days: number; storm: number; metric: MetricName }>([
    { days: 7, storm: 0.15, metric: 'rocAuc' },
    { days: 14, storm: 0.15, metric: 'rocAuc' },
    { days: 14, storm: 0.15, metric: 'brier' },
    { days: 28, storm: 0.15, metric: 'rocAuc' },
    { days: 14, storm: 0, metric: 'rocAuc' },
    { days: 14, storm: 0, metric: 'accuracy' },
  ])('of $days days cover a true gain of nothing about 95 times in 100 ($metric, storms of $storm)', (setting) => {
    let covered = 0;
    for (let world = 0; world < WORLDS; world += 1) {
      const { lower = Number.NaN, upper = Number.NaN } = comparison({ ...setting, seed: 1000 + world })?.interval ?? {};
      if (lower <= 0 && upper >= 0) covered += 1;
    }

    const coverage = wilsonInterval(covered, WORLDS);
    console.info(`coverage ${JSON.stringify(setting)}: ${(covered / WORLDS).toFixed(3)}`);
    expect(coverage?.upper).toBeGreaterThan(0.925);
    expect(coverage?.lower).toBeLessThan(0.98);
  });
});

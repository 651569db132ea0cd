import { expect, test } from 'vitest';
import { classLosses } from '../../../pipelines/core/profile/class-losses.ts';
import type { Binning } from '../../../pipelines/core/schema/reference-profile.ts';
import { binomialUpperTail } from '../../../pipelines/core/statistics/distributions/binomial-upper-tail.ts';
import { lossByShift } from '../../../pipelines/core/statistics/multivariate/loss-by-shift.ts';
import { LEAD_BY_CHANCE, rankFeatures } from '../../../pipelines/core/statistics/multivariate/rank-features.ts';
import { loanTable } from '../../fakes/loan-table.ts';
import { uniform } from '../../fakes/watched-world.ts';

const VALUES = ['a', 'b', 'c', 'd', 'e'];
const BINNING: Binning = { kind: 'categorical', categories: VALUES, known: VALUES };
const COLUMNS = ['one', 'two', 'three', 'four', 'five'];
const WORLDS = 250;

interface World {
  readonly rows: number;
  readonly days: number;
  readonly rate: number;
  /** Added to the rate of one day in five. */
  readonly storm: number;
  /** Chance that a row has the value of its day. */
  readonly sticky: number;
}

function draw(shares: readonly number[], next: () => number): string {
  const at = next();
  const bounds = shares.map((_, place) => shares.slice(0, place + 1).reduce((sum, share) => sum + share, 0));
  const place = bounds.findIndex((bound) => at < bound);
  return VALUES[place] ?? 'e';
}

/** Whether a column leads for its cost, and whether the old rule, any rise, would have let one lead. No column has anything to do with the losses. */
function leads({ rows, days, rate, storm, sticky }: World, next: () => number): { readonly now: boolean; readonly before: boolean } {
  const dayOf = (row: number) => Math.floor((row * days) / rows);
  const storms = Array.from({ length: days }, () => (next() < 0.2 ? storm : 0));
  const losses = Float64Array.from({ length: rows }, (_, row) => Number(next() < rate + (storms[dayOf(row)] ?? 0)));
  const shares = COLUMNS.map(() => {
    const weights = VALUES.map(() => next() ** 3 + 0.02);
    const whole = weights.reduce((sum, each) => sum + each, 0);
    return weights.map((each) => each / whole);
  });
  const columns = shares.map((each) => {
    const ofDays = Array.from({ length: days }, () => draw(each, next));
    return Array.from({ length: rows }, (_, row) => (next() < sticky ? (ofDays[dayOf(row)] ?? 'a') : draw(each, next)));
  });
  const categorical = Object.fromEntries(COLUMNS.map((name, place) => [name, columns[place] ?? []]));
  const timestamps = Float64Array.from({ length: rows }, (_, row) => dayOf(row) * 86_400);
  const table = { ...loanTable(rows), timestamps, numeric: {}, categorical };
  const found = classLosses(
    { rows: table, losses },
    { binnings: Object.fromEntries(COLUMNS.map((name) => [name, BINNING])), grids: {}, minimumCount: 20 },
  );
  const features = COLUMNS.map((name, place) => {
    const grown = Math.floor(next() * VALUES.length);
    const current = (shares[place] ?? []).map((share, value) => Math.round(1000 * (0.5 * share + (value === grown ? 0.5 : 0))));
    const reference = VALUES.map((value) => (categorical[name] ?? []).filter((each) => each === value).length);
    const noise = found.lossNoise[name];
    const shift = lossByShift({ reference, losses: (found.losses[name] ?? []).slice(0, VALUES.length), current, noise });
    return {
      name,
      effect: 0.3,
      importance: 0.1,
      lossChange: shift?.lossChange ?? null,
      lossError: shift?.standardError ?? null,
      lossSkewness: shift?.skewness ?? 0,
    };
  });
  return { now: (rankFeatures(features)[0]?.shareOfDrop ?? 0) > 0, before: features.some(({ lossChange }) => (lossChange ?? 0) > 0) };
}

test.for<[string, World]>([
  ['a usual model', { rows: 600, days: 30, rate: 0.2, storm: 0, sticky: 0 }],
  ['a good model: wrong calls are rare', { rows: 600, days: 30, rate: 0.03, storm: 0, sticky: 0 }],
  ['bad days, and values that whole days share', { rows: 600, days: 30, rate: 0.1, storm: 0.3, sticky: 1 }],
  ['bad days in a short reference', { rows: 600, days: 8, rate: 0.1, storm: 0.3, sticky: 0.5 }],
])('columns that have nothing to do with the loss lead for their cost no more often than promised: %s', ([, world]) => {
  const next = uniform(20_261_121);

  const found = Array.from({ length: WORLDS }, () => leads(world, next));

  const often = found.filter(({ now }) => now).length;
  expect(binomialUpperTail({ successes: often, trials: WORLDS, probability: LEAD_BY_CHANCE })).toBeGreaterThan(0.001);
  // What the floor is for: without it one of them leads nearly always.
  expect(found.filter(({ before }) => before).length / WORLDS).toBeGreaterThan(0.9);
});

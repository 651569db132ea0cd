import type { Binning, ReferenceProfile } from '../schema/reference-profile.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { Grid } from '../schema/window-profile.ts';
import { type BlockSums, clusteredMean } from '../statistics/intervals/clustered-mean.ts';
import { intraclassCorrelation } from '../statistics/intervals/intraclass-correlation.ts';
import { type ClassPlaces, classPlaces } from './class-places.ts';
import { everyRow } from './sample-table.ts';

const DAY_SECONDS = 86_400;
/** Kept of a figure: the last bits of a sum say nothing. */
const DIGITS = 9;

/** Rows whose labels have arrived, with the loss of the version on each; NaN where it is not known. */
export interface LostRows {
  readonly rows: RowTable;
  readonly losses: Float64Array;
}

/** How columns are cut into classes, and the fewest rows of a class of which a mean is kept. */
export interface ClassRule {
  readonly binnings: Readonly<Record<string, Binning>>;
  readonly grids: Readonly<Record<string, Grid>>;
  readonly minimumCount: number;
}

/** By column and class, parallel to the labels of `binCounts`; null for classes of too few rows. */
export interface ClassLosses {
  readonly losses: NonNullable<ReferenceProfile['losses']>;
  readonly lossNoise: NonNullable<ReferenceProfile['lossNoise']>;
}

/**
 * The mean loss of a version by column and class, and how sure each mean is.
 *
 * Error of a class of n rows: what its rows and days would give if the class did not matter (variance of all losses / n, with the design effect of `intraclassCorrelation` for losses of a day
 * that are alike), or its own error over days (see `clusteredMean`), whichever is larger. Third central moment of the mean: that of all losses / n², n taken as rows that are as sure as these. O(rows · columns).
 */
export function classLosses({ rows, losses }: LostRows, rule: ClassRule): ClassLosses {
  const known = everyRow(rows).filter((row) => !Number.isNaN(losses[row] ?? Number.NaN));
  const days = Array.from(known, (row) => Math.floor((rows.timestamps[row] ?? 0) / DAY_SECONDS));
  const dayPlaces = new Map([...new Set(days)].map((day, place) => [day, place]));
  const dated = { known, losses, days: days.map((day) => dayPlaces.get(day) ?? 0), count: dayPlaces.size };
  const of = { ...dated, spread: spreadOf(dated) };
  const found = Object.entries(rule.binnings).flatMap(([name, binning]) => {
    const places = classPlaces(rows, { name, binning, grid: rule.grids[name] });
    return places === null ? [] : [{ name, classes: sumsBy(places, of).map((sums) => classLoss(sums, of.spread, rule.minimumCount)) }];
  });
  return {
    losses: Object.fromEntries(found.map(({ name, classes }) => [name, classes.map((each) => each?.mean ?? null)])),
    lossNoise: Object.fromEntries(found.map(({ name, classes }) => [name, classes.map((each) => each?.noise ?? null)])),
  };
}

interface KnownLosses {
  /** Rows whose loss is known, and the day of each. */
  readonly known: readonly number[];
  readonly days: readonly number[];
  readonly count: number;
  readonly losses: Float64Array;
  readonly spread: Spread;
}

/** Variance and third central moment of a loss, and how alike the losses of a day are. */
interface Spread {
  readonly variance: number;
  readonly third: number;
  readonly alike: number;
}

function spreadOf({ known, days, count, losses }: Omit<KnownLosses, 'spread'>): Spread {
  const mean = known.reduce((sum, row) => sum + (losses[row] ?? 0), 0) / known.length;
  const blocks = { sums: new Float64Array(count), squares: new Float64Array(count), rows: new Float64Array(count) };
  let [squares, cubes] = [0, 0];
  for (const [index, row] of known.entries()) {
    const [apart, day] = [(losses[row] ?? 0) - mean, days[index] ?? 0];
    squares += apart ** 2;
    cubes += apart ** 3;
    blocks.sums[day] = (blocks.sums[day] ?? 0) + apart;
    blocks.squares[day] = (blocks.squares[day] ?? 0) + apart ** 2;
    blocks.rows[day] = (blocks.rows[day] ?? 0) + 1;
  }
  const variance = squares / Math.max(1, known.length - 1);
  return { variance, third: cubes / Math.max(1, known.length), alike: intraclassCorrelation(blocks) };
}

/** Losses and rows of each class, by day. */
function sumsBy({ size, of }: ClassPlaces, { known, days, count, losses }: KnownLosses): BlockSums[] {
  const found = Array.from({ length: size }, () => ({ sums: new Float64Array(count), rows: new Float64Array(count) }));
  for (const [index, row] of known.entries()) {
    const [each, day] = [found[of(row)], days[index] ?? 0];
    if (each === undefined) continue;
    each.sums[day] = (each.sums[day] ?? 0) + (losses[row] ?? 0);
    each.rows[day] = (each.rows[day] ?? 0) + 1;
  }
  return found;
}

function classLoss(sums: BlockSums, spread: Spread, minimumCount: number): { mean: number; noise: [number, number] } | null {
  const rows = sums.rows.reduce((sum, each) => sum + each, 0);
  if (rows < Math.max(1, minimumCount)) return null;
  const { mean, standardError } = clusteredMean(sums);
  const aDay = sums.rows.reduce((sum, each) => sum + each ** 2, 0) / rows;
  const squared = Math.max((spread.variance / rows) * (1 + (aDay - 1) * spread.alike), (standardError ?? 0) ** 2);
  const sure = squared === 0 ? rows : spread.variance / squared;
  return { mean: rounded(mean), noise: [rounded(Math.sqrt(squared)), rounded(sure === 0 ? 0 : spread.third / sure ** 2)] };
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

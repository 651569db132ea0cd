import { learnBinning } from '../../pipelines/core/profile/binning.ts';
import { learnLossModel } from '../../pipelines/core/profile/learn-loss-model.ts';
import { numericProfile } from '../../pipelines/core/profile/numeric-profile.ts';
import { addSeconds, epochSeconds } from '../../pipelines/core/schema/instant.ts';
import { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import { windowsBetween } from '../../pipelines/core/schema/window.ts';
import type { Grid } from '../../pipelines/core/schema/window-profile.ts';
import { DAY, TASK_START, taskModel } from './task-world.ts';

/** How the errors of an invented regression come about. */
export interface LossWorld {
  /** Rows of a day. */
  readonly rows: number;
  /** Days of the reference. */
  readonly days: number;
  /** Share of rows that are far away, where errors are large: what moves when inputs move. */
  readonly far: number;
  /** Of the factor by which the errors of a whole day are stretched, as a standard deviation of its logarithm: 0 makes rows independent. */
  readonly weather: number;
  readonly heavyTails: boolean;
}

const GRID: Grid = { id: '0'.repeat(16), transform: 'identity', lower: 0, width: 0.5, cells: 256 };

/** A regression with three inputs; its error grows with one of them and depends on another. */
export function lossDefinition(rows: number): ModelDefinition {
  const model = taskModel('regression');
  const columns = [
    { name: 'distance', kind: 'numeric' as const },
    { name: 'weight', kind: 'numeric' as const },
    { name: 'carrier', kind: 'categorical' as const },
  ];
  return ModelDefinition.parse({ ...model, columns, monitoring: { ...model.monitoring, minimumRows: Math.min(50, rows) } });
}

/** Rows of some days from a day on, by a stream of numbers in [0, 1). Nothing of the world changes but the share of far rows. */
export function lossRows(
  world: LossWorld,
  next: () => number,
  of: { readonly from: number; readonly days: number; readonly far: number },
): RowTable {
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const total = world.rows * of.days;
  const distance = Float64Array.from({ length: total }, () => (next() < of.far ? 60 + 40 * next() : 60 * next()));
  const weight = Float64Array.from({ length: total }, () => 50 * next());
  const carrier = Array.from({ length: total }, () => (next() < 0.3 ? 'slow' : 'fast'));
  const weather = Array.from({ length: of.days }, () => Math.exp(world.weather * normal()));
  const scores = distance.map((value, row) => 20 + value / 2 + (weight[row] ?? 0) / 5);
  const labels = scores.map((score, row) => {
    const spread = (2 + (distance[row] ?? 0) / 10) * (carrier[row] === 'slow' ? 1.5 : 1) * (weather[Math.floor(row / world.rows)] ?? 1);
    const luck = world.heavyTails
      ? normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2 + normal() ** 2 + normal() ** 2) / 5)
      : normal();
    return score + spread * luck;
  });
  const start = epochSeconds(TASK_START) + of.from * DAY;
  return {
    ids: Array.from({ length: total }, (_, row) => `r${of.from}-${row}`),
    timestamps: Float64Array.from({ length: total }, (_, row) => start + Math.floor(row / world.rows) * DAY + (row % world.rows)),
    numeric: { distance, weight },
    categorical: { carrier },
    texts: {},
    scores,
    predicted: new Float64Array(total).fill(Number.NaN),
    probabilities: {},
    versions: Array.from({ length: total }, () => 'v1'),
    labels,
  };
}

/** The parts of a reference that estimates of errors read; a loss model where enough was held out. */
export type LossReference = Pick<ReferenceProfile, 'lossModel' | 'binnings' | 'grids' | 'windowSeconds' | 'estimateDispersions'>;

export function lossReference(world: LossWorld, next: () => number): LossReference {
  const rows = lossRows(world, next, { from: 0, days: world.days, far: world.far });
  const grids = { $score: GRID, distance: GRID, weight: GRID };
  const windows = windowsBetween({ start: TASK_START, end: addSeconds(TASK_START, world.days * DAY) }, DAY);
  const counts = { fast: 0, slow: 0 };
  for (const value of rows.categorical['carrier'] ?? []) counts[value === 'slow' ? 'slow' : 'fast'] += 1;
  const binnings = {
    $score: learnBinning(numericProfile(rows.scores, GRID)),
    distance: learnBinning(numericProfile(rows.numeric['distance'] ?? new Float64Array(), GRID)),
    weight: learnBinning(numericProfile(rows.numeric['weight'] ?? new Float64Array(), GRID)),
    carrier: learnBinning({ kind: 'categorical', rows: rows.ids.length, missing: 0, counts, other: 0, distinct: 2 }),
  };
  const definition = lossDefinition(world.rows);
  const learnt = learnLossModel({ definition, rows, scores: rows.scores, windows, binnings, grids, recognised: {} });
  return {
    binnings,
    grids,
    windowSeconds: DAY,
    ...(learnt === null ? {} : { lossModel: learnt.lossModel, estimateDispersions: { ...learnt.dispersions } }),
  };
}

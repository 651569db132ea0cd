import { epochSeconds } from '../schema/instant.ts';
import type { StoredLossModel } from '../schema/loss-model.ts';
import type { MetricName } from '../schema/metric.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { Binning, ReferenceProfile, WindowDispersion } from '../schema/reference-profile.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { Window } from '../schema/window.ts';
import { type Grid, SCORE_COLUMN } from '../schema/window-profile.ts';
import type { Growth } from '../statistics/estimation/boosted-trees.ts';
import { crossFitLosses, type LossModel } from '../statistics/estimation/estimated-regression.ts';
import { lossDispersion } from '../statistics/estimation/loss-dispersion.ts';
import { lossFeatures } from './loss-features.ts';

/** Fewer labelled rows teach next to nothing about what errors depend on. */
export const LEAST_LOSSES = 500;
const MOST_FOLDS = 5;
const FEWEST_FOLDS = 2;
const MOST_ROWS = 20_000;
/** Shallow trees: small enough for git, and hardly worse than deep ones on ten classes a column. */
const GROWTH: Growth = { trees: 40, depth: 3, rate: 0.1, leastRows: 20 };
const LOSSES = [
  { loss: 'absolute', metric: 'meanAbsoluteError' },
  { loss: 'squared', metric: 'rootMeanSquaredError' },
] as const satisfies readonly { readonly loss: string; readonly metric: MetricName }[];

/** Held-out rows of a regression, what the version answers, and how the reference cuts columns into classes. */
export interface LossMaterial {
  readonly definition: ModelDefinition;
  readonly rows: RowTable;
  readonly scores: Float64Array;
  readonly windows: readonly Window[];
  readonly binnings: Readonly<Record<string, Binning>>;
  readonly grids: Readonly<Record<string, Grid>>;
  readonly recognised: NonNullable<ReferenceProfile['recognised']>;
}

/** A loss model to store with a version, and by metric how much wider its bands must be. */
export interface LearntLosses {
  readonly lossModel: StoredLossModel;
  readonly dispersions: Readonly<Record<string, WindowDispersion>>;
}

/**
 * Learns on the held-out rows, which the version was not trained on, how large its errors are where: trees on the classes of its answer and of its
 * features. Cross-fitted by time, whole windows together: what holds in a window only (a storm) cannot teach how that window will be expected, and how far
 * windows fall from what others expect of them widens the bands. null for other tasks, with fewer than 500 labelled rows or two windows of them.
 */
export function learnLossModel(material: LossMaterial): LearntLosses | null {
  const { definition, rows, scores, windows } = material;
  if (definition.task !== 'regression') return null;
  const windowOf = placesIn(rows.timestamps, windows);
  const chosen = thinned(rows.ids.flatMap((_, row) => (isLearnt(row, { rows, scores, windowOf }) ? [row] : [])));
  const filled = [...new Set(chosen.map((row) => windowOf[row] ?? 0))].sort((a, b) => a - b);
  const foldCount = Math.min(MOST_FOLDS, filled.length);
  if (chosen.length < LEAST_LOSSES || foldCount < FEWEST_FOLDS) return null;
  const foldOf = new Map(filled.map((window, place) => [window, Math.floor((place * foldCount) / filled.length)]));
  const columns = columnsOf(material);
  const features = lossFeatures(material, { columns, rows, scores, positions: chosen });
  const found = LOSSES.map(({ loss, metric }) => {
    const losses = Float64Array.from(chosen, (row) => lossOf(loss, (scores[row] ?? 0) - (rows.labels[row] ?? 0)));
    const folds = Uint8Array.from(chosen, (row) => foldOf.get(windowOf[row] ?? 0) ?? 0);
    const fitted = crossFitLosses({ features, losses, folds, growth: GROWTH });
    const leastRows = definition.monitoring.minimumRows;
    const dispersion = lossDispersion(fitted, { losses, windows: Int32Array.from(chosen, (row) => windowOf[row] ?? 0), leastRows });
    return { metric, dispersion, stored: storedOf(loss, fitted.model) };
  });
  return {
    lossModel: { columns, rows: chosen.length, losses: found.map(({ stored }) => stored) },
    dispersions: Object.fromEntries(found.flatMap(({ metric, dispersion }) => (dispersion === null ? [] : [[metric, dispersion]]))),
  };
}

function lossOf(loss: 'absolute' | 'squared', error: number): number {
  return loss === 'absolute' ? Math.abs(error) : error * error;
}

/** By row the place of its window; -1 outside of all. */
function placesIn(timestamps: Float64Array, windows: readonly Window[]): Int32Array {
  const starts = windows.map(({ start, end }) => [epochSeconds(start), epochSeconds(end)] as const);
  return Int32Array.from(timestamps, (at) => starts.findIndex(([start, end]) => start <= at && at < end));
}

function isLearnt(row: number, of: { readonly rows: RowTable; readonly scores: Float64Array; readonly windowOf: Int32Array }): boolean {
  return (of.windowOf[row] ?? -1) >= 0 && Number.isFinite(of.scores[row]) && Number.isFinite(of.rows.labels[row]);
}

/** Every so many-th, in order of the table, which does not depend on the labels. */
function thinned(positions: readonly number[]): readonly number[] {
  if (positions.length <= MOST_ROWS) return positions;
  return Array.from({ length: MOST_ROWS }, (_, place) => positions[Math.floor((place * positions.length) / MOST_ROWS)] ?? 0);
}

/** The answer, then the features that have classes; nothing that counts up or never repeats, because it tells only when a row was. */
function columnsOf({ definition, binnings, recognised }: LossMaterial): string[] {
  const features = definition.columns.filter(
    ({ name, role, kind }) => role === 'feature' && kind !== 'text' && binnings[name] !== undefined && recognised[name] === undefined,
  );
  return [SCORE_COLUMN, ...features.map(({ name }) => name)];
}

function storedOf(loss: 'absolute' | 'squared', { cuts, models, ends, classes }: LossModel): StoredLossModel['losses'][number] {
  const trees = (of: LossModel['models'][number]) =>
    of.trees.map(({ feature, cut, value }) => ({ feature: Array.from(feature), cut: Array.from(cut), value: Array.from(value) }));
  return {
    loss,
    cuts: cuts.map((each) => [...each]),
    models: models.map((each) => ({ base: each.base, trees: trees(each) })),
    ends: [...ends],
    classes: classes.map(({ rows, variance }) => ({ rows, variance: Number(variance.toPrecision(10)) })),
  };
}

import { METRICS_OF_LOSS, type RegressionLoss, type RegressionMetric } from '../metrics/realised-regression.ts';
import { binFeature, type FeatureCuts, learnCuts } from './bin-features.ts';
import { type BoostedTrees, fitBoostedTrees, type Growth, predictBoostedTrees } from './boosted-trees.ts';
import type { EstimatedMetric } from './estimated-classification.ts';

const CLASSES = 10;
const DIGITS = 6;

/** Labelled reference rows: features (the prediction among them), the loss of each row, and its fold, which must not depend on the loss. */
export interface LossRows {
  readonly features: readonly Float64Array[];
  readonly losses: Float64Array;
  readonly folds: ArrayLike<number>;
  /** Left out: that of `fitBoostedTrees`. */
  readonly growth?: Growth;
}

/** Models of a loss, one per fold left out, and by class of predicted loss how far losses scatter around it. */
export interface LossModel {
  readonly cuts: readonly FeatureCuts[];
  readonly models: readonly BoostedTrees[];
  /** Upper ends of the classes of predicted loss but the last, ascending. */
  readonly ends: readonly number[];
  readonly classes: readonly { readonly rows: number; readonly variance: number }[];
}

/**
 * Learns what a regression's loss will be from the features and the prediction (direct loss estimation, DLE; idea as documented at
 * https://nannyml.readthedocs.io/en/stable/how_it_works/performance_estimation.html).
 *
 * Boosted trees, cross-fitted: every reference row is predicted by the model that did not see its fold, and its error there says how much losses scatter, by
 * tenths of predicted loss. Needs a reference on which the regression was not trained, and some thousand rows. Throws a RangeError with fewer than two folds.
 */
export function fitLossModel(rows: LossRows): LossModel {
  return crossFitLosses(rows).model;
}

/** The loss model, and what it expects of every reference row by the model that did not see its fold. */
export interface CrossFittedLosses {
  readonly model: LossModel;
  readonly unseen: Float64Array;
}

/** `fitLossModel`, with what it found on the way. Leaves are rounded to six digits, so that a stored model and a fresh one are the same. */
export function crossFitLosses({ features, losses, folds, growth }: LossRows): CrossFittedLosses {
  const names = [...new Set(Array.from(folds))].sort((a, b) => a - b);
  if (names.length < 2) throw new RangeError('fitLossModel requires rows in at least two folds');
  const cuts = features.map(learnCuts);
  const binned = { bins: features.map((values, index) => binFeature(values, cuts[index] ?? [])), rows: losses.length };
  const all = Array.from(losses, (_, row) => row);
  const unseen = new Float64Array(losses.length);
  const models = names.map((fold) => {
    const model = rounded(
      fitBoostedTrees({ ...growth, features: binned, targets: losses, train: all.filter((row) => folds[row] !== fold) }),
    );
    const left = all.filter((row) => folds[row] === fold);
    const predicted = predictBoostedTrees(model, {
      bins: binned.bins.map((bins) => Uint8Array.from(left, (row) => bins[row] ?? 0)),
      rows: left.length,
    });
    for (const [place, row] of left.entries()) unseen[row] = Math.max(0, predicted[place] ?? 0);
    return model;
  });
  const sorted = unseen.slice().sort();
  const ends = Array.from({ length: CLASSES - 1 }, (_, index) => sorted[Math.floor(((index + 1) * sorted.length) / CLASSES)] ?? 0);
  return { model: { cuts, models, ends, classes: scatter(unseen, losses, ends) }, unseen };
}

function rounded({ base, trees }: BoostedTrees): BoostedTrees {
  const round = (value: number) => Number(value.toPrecision(DIGITS));
  return { base: round(base), trees: trees.map((tree) => ({ ...tree, value: Float64Array.from(Array.from(tree.value), round) })) };
}

function scatter(predicted: Float64Array, losses: Float64Array, ends: readonly number[]): LossModel['classes'] {
  const sums = Array.from({ length: CLASSES }, () => ({ rows: 0, squares: 0 }));
  for (let row = 0; row < losses.length; row += 1) {
    const sum = sums[classOf(predicted[row] ?? 0, ends)];
    const error = (losses[row] ?? 0) - (predicted[row] ?? 0);
    if (sum === undefined) continue;
    sum.rows += 1;
    sum.squares += error * error;
  }
  return sums.map(({ rows, squares }) => ({ rows, variance: rows > 0 ? squares / rows : 0 }));
}

/** The class of an expected loss, 0 … 9. */
export function classOf(value: number, ends: readonly number[]): number {
  return ends.filter((end) => value > end).length;
}

/** What the models expect of unlabelled rows: the loss of each row (mean of the models, at least 0), its class, and the mean loss by each model. */
export function expectedLosses(model: LossModel, features: readonly Float64Array[]): ExpectedLosses {
  const binned = { bins: features.map((values, index) => binFeature(values, model.cuts[index] ?? [])), rows: features[0]?.length ?? 0 };
  const predicted = model.models.map((each) => predictBoostedTrees(each, binned));
  const losses = new Float64Array(binned.rows).map((_, row) =>
    Math.max(0, predicted.reduce((sum, of) => sum + (of[row] ?? 0), 0) / predicted.length),
  );
  const means = predicted.map((of) => of.reduce((sum, value) => sum + Math.max(0, value), 0) / of.length);
  return { losses, classes: Uint8Array.from(losses, (value) => classOf(value, model.ends)), means };
}

export interface ExpectedLosses {
  readonly losses: Float64Array;
  readonly classes: Uint8Array;
  readonly means: readonly number[];
}

/**
 * The mean loss of unlabelled rows and its root, with the band of the figure that these rows will realise.
 *
 * Label noise: √Σ scatter of the row's class / n. Map noise: √Σ (share of rows in a class)² · scatter / reference rows of the class,
 * and how far the models of the folds disagree on these rows (jackknife), which grows where the reference is thin. The root by the delta method. Sees shifts of the inputs only: where the same input now has another target, it is blind. O(n · trees).
 */
export function estimateRegression(
  loss: RegressionLoss,
  model: LossModel,
  features: readonly Float64Array[],
): EstimatedMetric<RegressionMetric>[] {
  const { losses, classes, means } = expectedLosses(model, features);
  const { mean, root } = METRICS_OF_LOSS[loss];
  const names = root === null ? [mean] : [mean, root];
  const rows = losses.length;
  if (rows === 0)
    return names.map((metric) => ({ metric, value: null, labelNoise: null, mapNoise: null, standardError: null, why: 'There is no row.' }));
  const value = losses.reduce((sum, each) => sum + each, 0) / rows;
  const { label, reference } = lossNoise(model, classes);
  const map = Math.hypot(disagreement(means), reference);
  const of = (metric: RegressionMetric, figure: number, slope: number) => ({
    metric,
    value: figure,
    labelNoise: label * slope,
    mapNoise: map * slope,
    standardError: Math.hypot(label, map) * slope,
    why: null,
  });
  const rooted = Math.sqrt(value);
  return [of(mean, value, 1), ...(root === null ? [] : [of(root, rooted, rooted > 0 ? 1 / (2 * rooted) : 0)])];
}

/** Standard errors of the mean loss of rows of these classes: by chance in their labels, and in the labels of the reference. */
export function lossNoise({ classes }: LossModel, found: Uint8Array): { readonly label: number; readonly reference: number } {
  const inClass = classes.map((_, index) => found.filter((each) => each === index).length);
  const label = Math.sqrt(classes.reduce((sum, { variance }, index) => sum + (inClass[index] ?? 0) * variance, 0)) / found.length;
  return { label, reference: Math.hypot(...classes.map((of, index) => referenceNoise(of, (inClass[index] ?? 0) / found.length))) };
}

function referenceNoise({ rows, variance }: LossModel['classes'][number], share: number): number {
  return rows > 0 ? share * Math.sqrt(variance / rows) : 0;
}

/** Standard error of a mean of leave-one-fold-out figures: √((k − 1)/k · Σ (θ − mean)²). */
function disagreement(figures: readonly number[]): number {
  const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
  return Math.sqrt(((figures.length - 1) / figures.length) * figures.reduce((sum, figure) => sum + (figure - mean) ** 2, 0));
}

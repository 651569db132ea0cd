import { seededRandom, shuffledIndices } from '../distributions/seeded-random.ts';
import type { SparseRows } from '../text/sparse-rows.ts';

/** Length of a first step. Later ones shrink by themselves, so that it hardly matters. */
const FIRST_STEP = 0.5;
/** Squared gradients that every weight is taken to have seen. */
const SEEN_BEFORE = 1e-6;

/** A linear model of the logarithms of class probabilities, up to a term that all classes share. */
export interface SoftmaxModel {
  /** One per class. */
  readonly intercepts: Float64Array;
  /** Columns x classes, column by column. */
  readonly weights: Float64Array;
}

export interface SoftmaxProblem {
  readonly design: SparseRows;
  /** Class of each row: 0 … classes − 1. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
  /** Half of this times the squared length of the weights is added to the sum of the losses; the intercepts are free. */
  readonly penalty: number;
  readonly epochs: number;
  /** Of the order of the rows in each epoch. */
  readonly seed: number;
  /** Hears after each epoch the mean loss that its rows had before they were learnt from. */
  readonly onEpoch?: (epoch: number, loss: number) => void;
}

/**
 * Softmax (multinomial logistic) regression with an L2 penalty, on sparse rows.
 *
 * Walks towards the smallest sum of −ln p(label) plus penalty / 2 · |weights|², row by row, with a step of its own for each weight: AdaGrad
 * (Duchi, Hazan and Singer 2011, https://jmlr.org/papers/v12/duchi11a.html), because words are rare in different degrees. The penalty of a
 * column is shared out over the rows in which it occurs. The minimum is that of scikit-learn's LogisticRegression with C = 1 / penalty;
 * some ten epochs come near it. Starts from the shares of the classes. Deterministic for a seed. O(entries · classes) an epoch.
 */
export function fitSoftmax(problem: SoftmaxProblem): SoftmaxModel {
  const { design, labels, classes, epochs, seed, onEpoch } = problem;
  const { rows, columns } = design;
  const state: Walk = {
    design,
    shrinkage: penaltyShares(problem),
    weights: new Float64Array(columns * classes),
    seen: new Float64Array(columns * classes).fill(SEEN_BEFORE),
    intercepts: logShares(labels, rows, classes),
    seenOfIntercepts: new Float64Array(classes).fill(SEEN_BEFORE),
    sums: new Float64Array(classes),
  };
  const random = seededRandom(seed);
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    let loss = 0;
    for (const row of shuffledIndices(rows, random)) loss += learnRow(state, row, labels[row] ?? 0);
    onEpoch?.(epoch, rows === 0 ? 0 : loss / rows);
  }
  return { intercepts: state.intercepts, weights: state.weights };
}

/** What changes from row to row. */
interface Walk {
  readonly design: SparseRows;
  /** Penalty of each column, per row in which it occurs. */
  readonly shrinkage: Float64Array;
  readonly weights: Float64Array;
  /** Sum of the squared gradients of each weight. */
  readonly seen: Float64Array;
  readonly intercepts: Float64Array;
  readonly seenOfIntercepts: Float64Array;
  /** Room for one number per class. */
  readonly sums: Float64Array;
}

function penaltyShares({ design, penalty }: SoftmaxProblem): Float64Array {
  const occurrences = new Float64Array(design.columns);
  for (const column of design.indices) occurrences[column] = (occurrences[column] ?? 0) + 1;
  return occurrences.map((count) => penalty / Math.max(1, count));
}

/** Logarithms of the share of each class, half a row added to each. */
function logShares(labels: ArrayLike<number>, rows: number, classes: number): Float64Array {
  const counts = new Float64Array(classes).fill(0.5);
  for (let row = 0; row < rows; row += 1) counts[labels[row] ?? 0] = (counts[labels[row] ?? 0] ?? 0) + 1;
  return counts.map((count) => Math.log(count / (rows + classes / 2)));
}

/** One step along the gradient of one row; gives the loss before it. */
function learnRow(walk: Walk, row: number, label: number): number {
  const { design, weights, seen, sums } = walk;
  const classes = sums.length;
  weighClasses(walk, row);
  const loss = residualsOf(sums, label);
  const end = design.starts[row + 1] ?? 0;
  for (let entry = design.starts[row] ?? 0; entry < end; entry += 1) {
    const value = design.values === null ? 1 : (design.values[entry] ?? 0);
    const column = design.indices[entry] ?? 0;
    const shrinkage = walk.shrinkage[column] ?? 0;
    const from = column * classes;
    for (let each = 0; each < classes; each += 1) {
      const weight = weights[from + each] ?? 0;
      const slope = value * (sums[each] ?? 0) + shrinkage * weight;
      const squares = (seen[from + each] ?? 0) + slope * slope;
      seen[from + each] = squares;
      weights[from + each] = weight - (FIRST_STEP * slope) / Math.sqrt(squares);
    }
  }
  moveIntercepts(walk);
  return loss;
}

function moveIntercepts({ intercepts, seenOfIntercepts, sums }: Walk): void {
  for (let each = 0; each < sums.length; each += 1) {
    const slope = sums[each] ?? 0;
    const squares = (seenOfIntercepts[each] ?? 0) + slope * slope;
    seenOfIntercepts[each] = squares;
    intercepts[each] = (intercepts[each] ?? 0) - (FIRST_STEP * slope) / Math.sqrt(squares);
  }
}

/** Intercept and weighted sum of one row's entries for each class. */
function weighClasses({ design, weights, intercepts, sums }: Walk, row: number): void {
  const classes = sums.length;
  sums.set(intercepts);
  const end = design.starts[row + 1] ?? 0;
  for (let entry = design.starts[row] ?? 0; entry < end; entry += 1) {
    const value = design.values === null ? 1 : (design.values[entry] ?? 0);
    const from = (design.indices[entry] ?? 0) * classes;
    for (let each = 0; each < classes; each += 1) sums[each] = (sums[each] ?? 0) + value * (weights[from + each] ?? 0);
  }
}

/** Turns sums into probabilities less one at the label, and gives −ln of the label's probability. */
function residualsOf(sums: Float64Array, label: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const sum of sums) largest = Math.max(largest, sum);
  const own = (sums[label] ?? 0) - largest;
  let total = 0;
  for (let each = 0; each < sums.length; each += 1) {
    const power = Math.exp((sums[each] ?? 0) - largest);
    sums[each] = power;
    total += power;
  }
  for (let each = 0; each < sums.length; each += 1) sums[each] = (sums[each] ?? 0) / total;
  sums[label] = (sums[label] ?? 0) - 1;
  return Math.log(total) - own;
}

import { fitLogistic } from '../learners/logistic-regression.ts';
import type { FeatureCells } from '../multivariate/feature-cells.ts';
import type { SwapScore } from '../multivariate/permutation-importance.ts';
import type { SparseRows } from '../text/sparse-rows.ts';

const PAIRED_FEATURES = 10;
/** On simulated shifts and turned correlations 20 found more than 5 or 60, at 1,000 rows a sample. */
const PENALTY = 20;
/** The ranking of rows settles long before the weights do: 20 steps find no more planted shifts than 10, and cost half as much again. */
const MAXIMUM_STEPS = 10;

/** One block of columns: the cells of a feature, or of two features together. */
interface Block {
  readonly offset: number;
  readonly features: readonly [number, number];
  readonly first: FeatureCells;
  /** null for a feature by itself. */
  readonly second: FeatureCells | null;
}

interface Layout {
  readonly blocks: readonly Block[];
  readonly columns: number;
}

/**
 * Learns to tell rows of label 1 from rows of label 0 by the cells of each feature and by the pairs of cells of the ten features that
 * differ most in the rows learnt from.
 *
 * Logistic regression of `fitLogistic` on indicators. The ten are chosen inside the training rows, so that nothing of the held-out rows
 * is seen. O(rows · (features + 45)) a step.
 */
export function learnPairedCells(features: readonly FeatureCells[], labels: ArrayLike<number>, train: Uint32Array): SwapScore {
  const layout = layOut(features, mostDifferent(features, labels, train));
  const design = designOf(layout, train);
  const learnt = new Float64Array(train.length);
  for (let place = 0; place < learnt.length; place += 1) learnt[place] = labels[train[place] ?? 0] ?? 0;
  const { intercept, weights } = fitLogistic({ design, labels: learnt, penalty: PENALTY, maximumSteps: MAXIMUM_STEPS });
  const { blocks } = layout;
  return (row, swap) => {
    let score = intercept;
    for (let place = 0; place < blocks.length; place += 1) {
      const block = blocks[place];
      if (block === undefined) continue;
      const first = block.features[0] === swap?.feature ? swap.donor : row;
      const second = block.features[1] === swap?.feature ? swap.donor : row;
      score += weights[columnOf(block, first, second)] ?? 0;
    }
    return score;
  };
}

function layOut(features: readonly FeatureCells[], paired: readonly number[]): Layout {
  const blocks: Block[] = [];
  let offset = 0;
  for (const [index, first] of features.entries()) {
    blocks.push({ offset, features: [index, -1], first, second: null });
    offset += first.fineSize;
  }
  for (const [place, one] of paired.entries()) {
    for (const other of paired.slice(place + 1)) {
      const [first, second] = [features[one], features[other]];
      if (first === undefined || second === undefined) continue;
      blocks.push({ offset, features: [one, other], first, second });
      offset += first.coarseSize * second.coarseSize;
    }
  }
  return { blocks, columns: offset };
}

/** The column of a block that is 1 for a row, each feature of the block taken from its own row. */
function columnOf({ offset, first, second }: Block, rowOfFirst: number, rowOfSecond: number): number {
  if (second === null) return offset + (first.fine[rowOfFirst] ?? 0);
  return offset + (first.coarse[rowOfFirst] ?? 0) * second.coarseSize + (second.coarse[rowOfSecond] ?? 0);
}

/** The rows learnt from, in their order: no other is looked at. */
function designOf({ blocks, columns }: Layout, train: Uint32Array): SparseRows {
  const width = blocks.length;
  const rows = train.length;
  const starts = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row += 1) starts[row + 1] = (row + 1) * width;
  const indices = new Uint32Array(rows * width);
  for (const [place, block] of blocks.entries()) {
    for (let row = 0; row < rows; row += 1) indices[row * width + place] = columnOf(block, train[row] ?? 0, train[row] ?? 0);
  }
  return { rows, columns, starts, indices, values: null };
}

/** The features whose coarse cells differ most between the labels, by chi-square in standard deviations above its mean; ties by position. */
function mostDifferent(features: readonly FeatureCells[], labels: ArrayLike<number>, train: Uint32Array): number[] {
  const strength = features.map((cells) => excess(cells, labels, train));
  const order = features.map((_, feature) => feature).sort((a, b) => (strength[b] ?? 0) - (strength[a] ?? 0) || a - b);
  return order.slice(0, PAIRED_FEATURES).sort((a, b) => a - b);
}

function excess({ coarse, coarseSize }: FeatureCells, labels: ArrayLike<number>, train: Uint32Array): number {
  const [positive, all] = [new Float64Array(coarseSize), new Float64Array(coarseSize)];
  let positives = 0;
  for (let place = 0; place < train.length; place += 1) {
    const row = train[place] ?? 0;
    const cell = coarse[row] ?? 0;
    const label = labels[row] ?? 0;
    all[cell] = (all[cell] ?? 0) + 1;
    positive[cell] = (positive[cell] ?? 0) + label;
    positives += label;
  }
  const share = positives / train.length;
  let [chiSquare, cells] = [0, 0];
  for (const [cell, count] of all.entries()) {
    if (count === 0) continue;
    chiSquare += ((positive[cell] ?? 0) - share * count) ** 2 / (count * share * (1 - share));
    cells += 1;
  }
  return cells < 2 ? 0 : (chiSquare - (cells - 1)) / Math.sqrt(2 * (cells - 1));
}

/** Features as small whole numbers (bins or category codes, at most 63), one array a feature, all of the same length. */
export interface BinnedFeatures {
  readonly bins: readonly Uint8Array[];
  readonly rows: number;
}

/** What to learn: `targets` of the rows listed in `train`. */
export interface BoostingProblem extends Growth {
  readonly features: BinnedFeatures;
  readonly targets: ArrayLike<number>;
  readonly train: ArrayLike<number>;
}

/** How far trees grow: their number and depth, the part of what is left that each takes away, and the fewest rows of a leaf. */
export interface Growth {
  readonly trees?: number;
  readonly depth?: number;
  readonly rate?: number;
  readonly leastRows?: number;
}

/** A sum of regression trees over a base value. In a tree, node n has children 2n + 1 (bin <= cut) and 2n + 2; feature −1 marks a leaf. */
export interface BoostedTrees {
  readonly base: number;
  readonly trees: readonly Tree[];
}

interface Tree {
  readonly feature: ArrayLike<number>;
  readonly cut: ArrayLike<number>;
  /** Of leaves; 0 at a split. */
  readonly value: ArrayLike<number>;
}

const BINS = 64;
/** Added to the rows of a leaf, so that small leaves move less. */
const PENALTY = 1;

/**
 * Gradient boosted regression trees for squared error on binned features: each tree is grown on what the trees before it left over.
 *
 * Friedman 2001 (https://doi.org/10.1214/aos/1013203451), with histograms as in LightGBM (https://lightgbm.readthedocs.io/en/stable/Features.html): a node splits where the
 * sum of (Σ residual)² / (rows + 1) over its sides grows most; ties go to the first feature and the lowest cut. Nothing is drawn at random: the same
 * rows in the same order give the same trees. Not for extrapolation: beyond the training values it stays level. O(trees · depth · rows · features).
 */
export function fitBoostedTrees({
  features,
  targets,
  train,
  trees = 100,
  depth = 6,
  rate = 0.1,
  leastRows = 20,
}: BoostingProblem): BoostedTrees {
  const rows = Uint32Array.from(Array.from(train));
  const base = rows.reduce((sum, row) => sum + (targets[row] ?? 0), 0) / Math.max(1, rows.length);
  const residuals = new Float64Array(features.rows);
  for (const row of rows) residuals[row] = (targets[row] ?? 0) - base;
  const grown: Tree[] = [];
  for (let index = 0; index < trees; index += 1) {
    grown.push(growTree({ features, residuals, rows, depth, rate, leastRows }));
  }
  return { base, trees: grown };
}

/** The value of each row. O(rows · trees · depth). */
export function predictBoostedTrees(model: BoostedTrees, features: BinnedFeatures): Float64Array {
  const values = new Float64Array(features.rows).fill(model.base);
  const bins = rowByRow(features);
  for (const tree of model.trees) addLeaves(tree, { bins, width: features.bins.length }, values);
  return values;
}

/** The bins of a row one behind the other: a tree asks for several of them. */
function rowByRow({ bins, rows }: BinnedFeatures): Uint8Array {
  const packed = new Uint8Array(rows * bins.length);
  for (const [feature, column] of bins.entries()) {
    for (let row = 0; row < rows; row += 1) packed[row * bins.length + feature] = column[row] ?? 0;
  }
  return packed;
}

/** Adds to each row the value of its leaf, in place. */
function addLeaves(tree: Tree, { bins, width }: { readonly bins: Uint8Array; readonly width: number }, onto: Float64Array): void {
  const { feature, cut, value } = tree;
  for (let row = 0; row < onto.length; row += 1) {
    let node = 0;
    let asked = feature[0] ?? -1;
    while (asked >= 0) {
      // A feature that these rows do not have stands in the lowest bin.
      const bin = asked < width ? (bins[row * width + asked] ?? 0) : 0;
      node = 2 * node + (bin <= (cut[node] ?? 0) ? 1 : 2);
      asked = feature[node] ?? -1;
    }
    onto[row] = (onto[row] ?? 0) + (value[node] ?? 0);
  }
}

function takeAway(from: Float64Array, rows: Uint32Array, part: number): void {
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    from[row] = (from[row] ?? 0) - part;
  }
}

interface Growing extends Required<Omit<Growth, 'trees'>> {
  readonly features: BinnedFeatures;
  readonly residuals: Float64Array;
  readonly rows: Uint32Array;
}

/** Rows of a node, and by feature and bin the sum of their residuals and their number. */
interface Node {
  readonly place: number;
  readonly rows: Uint32Array;
  readonly sums: Float64Array;
  readonly counts: Uint32Array;
}

/** Grows a tree on the residuals, and takes from them, in place, what it explains. */
function growTree(growing: Growing): Tree {
  const { depth, rate } = growing;
  const size = 2 ** (depth + 1) - 1;
  const tree = { feature: new Int16Array(size).fill(-1), cut: new Uint8Array(size), value: new Float64Array(size) };
  let level: Node[] = [counted(growing, 0, growing.rows)];
  for (let floor = 0; floor <= depth; floor += 1) {
    const next: Node[] = [];
    for (const node of level) {
      const sum = node.sums.subarray(0, BINS).reduce((total, part) => total + part, 0);
      tree.value[node.place] = (rate * sum) / (node.rows.length + PENALTY);
      const split = floor === depth ? null : bestSplit(growing, node, sum);
      if (split === null) {
        takeAway(growing.residuals, node.rows, tree.value[node.place] ?? 0);
        continue;
      }
      tree.value[node.place] = 0;
      tree.feature[node.place] = split.feature;
      tree.cut[node.place] = split.cut;
      next.push(...children(growing, node, split));
    }
    level = next;
  }
  return tree;
}

function counted({ features, residuals }: Growing, place: number, rows: Uint32Array): Node {
  const sums = new Float64Array(BINS * features.bins.length);
  const counts = new Uint32Array(sums.length);
  for (const [feature, bins] of features.bins.entries()) {
    const offset = feature * BINS;
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at] ?? 0;
      const cell = offset + (bins[row] ?? 0);
      sums[cell] = (sums[cell] ?? 0) + (residuals[row] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return { place, rows, sums, counts };
}

interface Split {
  readonly feature: number;
  readonly cut: number;
}

/** Counts the smaller child; the larger is the rest of its parent. */
function children(growing: Growing, node: Node, { feature, cut }: Split): [Node, Node] {
  const bins = growing.features.bins[feature] ?? new Uint8Array();
  const [left, right] = [new Uint32Array(node.rows.length), new Uint32Array(node.rows.length)];
  let [lefts, rights] = [0, 0];
  for (let at = 0; at < node.rows.length; at += 1) {
    const row = node.rows[at] ?? 0;
    if ((bins[row] ?? 0) <= cut) left[lefts++] = row;
    else right[rights++] = row;
  }
  const [low, high] = [2 * node.place + 1, 2 * node.place + 2];
  const [below, above] = [left.subarray(0, lefts), right.subarray(0, rights)];
  if (lefts <= rights) {
    const child = counted(growing, low, below);
    return [child, rest(node, child, { place: high, rows: above })];
  }
  const child = counted(growing, high, above);
  return [rest(node, child, { place: low, rows: below }), child];
}

function rest(node: Node, child: Node, of: Pick<Node, 'place' | 'rows'>): Node {
  const sums = new Float64Array(node.sums.length);
  const counts = new Uint32Array(node.counts.length);
  for (let cell = 0; cell < sums.length; cell += 1) {
    sums[cell] = (node.sums[cell] ?? 0) - (child.sums[cell] ?? 0);
    counts[cell] = (node.counts[cell] ?? 0) - (child.counts[cell] ?? 0);
  }
  return { ...of, sums, counts };
}

function bestSplit({ features, leastRows }: Growing, { rows, sums, counts }: Node, sum: number): Split | null {
  let best: Split | null = null;
  // What rounding can add is no gain.
  let most = ((sum * sum) / (rows.length + PENALTY)) * (1 + 1e-9) + 1e-12;
  for (const feature of features.bins.keys()) {
    let [left, seen] = [0, 0];
    for (let cut = 0; cut < BINS - 1; cut += 1) {
      const count = counts[feature * BINS + cut] ?? 0;
      if (count === 0) continue;
      left += sums[feature * BINS + cut] ?? 0;
      seen += count;
      if (seen < leastRows || rows.length - seen < leastRows) continue;
      const gain = (left * left) / (seen + PENALTY) + (sum - left) ** 2 / (rows.length - seen + PENALTY);
      if (gain <= most) continue;
      most = gain;
      best = { feature, cut };
    }
  }
  return best;
}

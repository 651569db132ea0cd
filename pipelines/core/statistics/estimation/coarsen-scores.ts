import { fitCalibrationMap, type LabelledGroups, probabilityAt } from './calibration-map.ts';

const CLASSES_PER_CUBE_ROOT = 4;

/**
 * Labelled scores gathered into classes of similar information, before a calibration is learnt from them.
 *
 * Isotonic regression pools what goes down by chance but never what goes up, so a curve through single rows is too steep, and performance
 * estimated from it too good by up to half a standard error. A curve through classes is not: simulations put the bias below a tenth (see the
 * calibration tests). Information of a row is m(1 − m), m from a first isotonic fit; a class ends where the arcsine of its part of the
 * total passes the next of 4·n^⅓ equal steps, n = 4·Σ m(1 − m) being the rows of an even coin. That makes end classes small, because
 * beyond the outermost class the curve is level. The score of a class is the mean of its rows. With importance weights, counts are effective
 * ones, (Σw)²/Σw² a class, and the weight restores the total. O(n log n).
 */
export function coarsenScores(groups: LabelledGroups): LabelledGroups {
  const map = fitCalibrationMap(groups);
  const order = Array.from(groups.scores, (_, at) => at).sort((a, b) => (groups.scores[a] ?? 0) - (groups.scores[b] ?? 0));
  const information = order.map((at) => {
    const chance = probabilityAt(map, groups.scores[at] ?? 0);
    return gather(EMPTY, groups, at).rows * chance * (1 - chance);
  });
  const total = information.reduce((sum, part) => sum + part, 0);
  if (total === 0) return groups;
  const whole = order.reduce((sum, at) => gather(sum, groups, at), EMPTY);
  const classes = Math.ceil(CLASSES_PER_CUBE_ROOT * Math.cbrt((4 * total * whole.rows) / whole.squares));
  const gathered: Gathered[] = [];
  let seen = 0;
  let filled = -1;
  for (const [place, at] of order.entries()) {
    const part = information[place] ?? 0;
    // A group belongs to the class in which the middle of its information lies.
    const step = Math.floor((Math.acos(Math.max(-1, 1 - (2 * seen + part) / total)) * classes) / Math.PI);
    seen += part;
    const before = step === filled ? gathered.pop() : undefined;
    filled = step;
    gathered.push(gather(before ?? EMPTY, groups, at));
  }
  const used = gathered.filter(({ rows }) => rows > 0);
  // Effective counts: rows that weigh the same throughout would count themselves.
  const shrink = used.map(({ rows, squares }) => rows / squares);
  return {
    scores: used.map(({ score, rows }) => score / rows),
    positives: used.map(({ positives }, index) => positives * (shrink[index] ?? 1)),
    negatives: used.map(({ rows, positives }, index) => (rows - positives) * (shrink[index] ?? 1)),
    ...(groups.weight === undefined ? {} : { weight: shrink.map((factor) => 1 / factor) }),
  };
}

/** Sums over rows: weight·score, weight of positives, weight, weight². */
interface Gathered {
  readonly score: number;
  readonly positives: number;
  readonly rows: number;
  readonly squares: number;
}

const EMPTY: Gathered = { score: 0, positives: 0, rows: 0, squares: 0 };

function gather(to: Gathered, groups: LabelledGroups, at: number): Gathered {
  const weight = groups.weight?.[at] ?? 1;
  const positives = groups.positives[at] ?? 0;
  const rows = positives + (groups.negatives[at] ?? 0);
  return {
    score: to.score + weight * rows * (groups.scores[at] ?? 0),
    positives: to.positives + weight * positives,
    rows: to.rows + weight * rows,
    squares: to.squares + weight * weight * rows,
  };
}

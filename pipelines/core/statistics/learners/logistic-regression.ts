import { gatherRows } from '../text/gather-rows.ts';
import { addRow, type SparseRows, weighRow } from '../text/sparse-rows.ts';
import { minimiseSmooth } from './minimise-smooth.ts';

/** A linear model of the log odds. */
export interface LogisticModel {
  readonly intercept: number;
  readonly weights: Float64Array;
}

/** What to fit, and how closely. */
export interface LogisticProblem {
  readonly design: SparseRows;
  /** 1 or 0 per row of the design. */
  readonly labels: ArrayLike<number>;
  /** The rows of the design to learn from. Left out: all, where they lie. */
  readonly train?: ArrayLike<number>;
  /** Half of this times the squared length of the weights is added to the sum of the losses; the intercept is free. */
  readonly penalty: number;
  /** Stop when no entry of the gradient of the mean loss exceeds this. */
  readonly tolerance?: number;
  readonly maximumSteps?: number;
}

/**
 * Logistic regression with an L2 penalty, on sparse rows.
 *
 * Minimises the sum of the log losses plus penalty / 2 · |weights|² by `minimiseSmooth`: the model of scikit-learn with C = 1 / penalty
 * (https://scikit-learn.org/stable/modules/linear_model.html#logistic-regression). One class only gives an intercept of plus or minus
 * some finite number. Linear in its columns: what is not, belongs into the design. O(entries) a step.
 */
export function fitLogistic(problem: LogisticProblem): LogisticModel {
  const { labels, train, penalty, tolerance = 1e-5, maximumSteps = 100 } = problem;
  // To leave out the columns without an entry pays where rows are copied anyway; their weights stay 0 and change no other bit.
  const { design, columns } = train === undefined ? { design: problem.design, columns: null } : gatherRows(problem.design, train);
  const sample: Sample = { design, labels: labelsOf(labels, train, design.rows), penalty };
  const start = new Float64Array(design.columns + 1);
  // A mean over no rows has no value; zero weights are the minimum of the penalty alone.
  const point =
    design.rows === 0
      ? start
      : minimiseSmooth({ valueAt: (at, gradient) => meanLoss(sample, at, gradient), start, tolerance, maximumSteps });
  const intercept = point[design.columns] ?? 0;
  if (columns === null) return { intercept, weights: point.slice(0, design.columns) };
  const weights = new Float64Array(problem.design.columns);
  for (let column = 0; column < columns.length; column += 1) weights[columns[column] ?? 0] = point[column] ?? 0;
  return { intercept, weights };
}

function labelsOf(labels: ArrayLike<number>, train: ArrayLike<number> | undefined, rows: number): Float64Array {
  const learnt = new Float64Array(rows);
  for (let place = 0; place < rows; place += 1) learnt[place] = labels[train === undefined ? place : (train[place] ?? 0)] ?? 0;
  return learnt;
}

interface Sample {
  readonly design: SparseRows;
  readonly labels: Float64Array;
  readonly penalty: number;
}

/** The mean loss with its penalty at a point, whose last entry is the intercept; writes its gradient. */
function meanLoss({ design, labels, penalty }: Sample, point: Float64Array, gradient: Float64Array): number {
  const { rows, columns } = design;
  gradient.fill(0);
  const free = point[columns] ?? 0;
  let [loss, slope] = [0, 0];
  for (let row = 0; row < rows; row += 1) {
    const score = free + weighRow(design, row, point);
    const label = labels[row] ?? 0;
    const small = Math.exp(-Math.abs(score));
    loss += Math.log1p(small) + Math.max(0, score) - label * score;
    const residual = ((score >= 0 ? 1 : small) / (1 + small) - label) / rows;
    slope += residual;
    addRow(design, row, { sums: gradient, times: residual });
  }
  gradient[columns] = slope;
  let squares = 0;
  for (let column = 0; column < columns; column += 1) {
    const weight = point[column] ?? 0;
    squares += weight * weight;
    gradient[column] = (gradient[column] ?? 0) + (penalty * weight) / rows;
  }
  return (loss + (penalty / 2) * squares) / rows;
}

/** The log odds that a model gives one row of a design. */
export function logOddsOf(model: LogisticModel, design: SparseRows, row: number): number {
  return model.intercept + weighRow(design, row, model.weights);
}

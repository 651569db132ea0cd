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
  /** The rows of the design to learn from. */
  readonly train: ArrayLike<number>;
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
  const { design, labels, penalty } = problem;
  const train = Uint32Array.from(Array.from(problem.train));
  const intercept = design.columns;
  function valueAt(point: Float64Array, gradient: Float64Array): number {
    gradient.fill(0);
    let loss = 0;
    for (const row of train) {
      const score = (point[intercept] ?? 0) + weighRow(design, row, point);
      const label = labels[row] ?? 0;
      const small = Math.exp(-Math.abs(score));
      loss += Math.log1p(small) + Math.max(0, score) - label * score;
      const residual = ((score >= 0 ? 1 : small) / (1 + small) - label) / train.length;
      gradient[intercept] = (gradient[intercept] ?? 0) + residual;
      addRow(design, row, { sums: gradient, times: residual });
    }
    let squares = 0;
    for (let column = 0; column < intercept; column += 1) {
      const weight = point[column] ?? 0;
      squares += weight * weight;
      gradient[column] = (gradient[column] ?? 0) + (penalty * weight) / train.length;
    }
    return (loss + (penalty / 2) * squares) / train.length;
  }
  const { tolerance = 1e-5, maximumSteps = 100 } = problem;
  const start = new Float64Array(design.columns + 1);
  // A mean over no rows has no value; zero weights are the minimum of the penalty alone.
  const point = train.length === 0 ? start : minimiseSmooth({ valueAt, start, tolerance, maximumSteps });
  return { intercept: point[intercept] ?? 0, weights: point.subarray(0, intercept) };
}

/** The log odds that a model gives one row of a design. */
export function logOddsOf(model: LogisticModel, design: SparseRows, row: number): number {
  return model.intercept + weighRow(design, row, model.weights);
}

const MEMORY = 8;
const SUFFICIENT_DECREASE = 1e-4;
const MAXIMUM_HALVINGS = 40;

/** A smooth convex function with its gradient. */
export interface SmoothProblem {
  /** The value at a point; writes the gradient there into the second argument. */
  readonly valueAt: (point: Float64Array, gradient: Float64Array) => number;
  readonly start: Float64Array;
  /** Stop when no entry of the gradient exceeds this. */
  readonly tolerance: number;
  readonly maximumSteps: number;
}

interface Step {
  readonly move: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

/**
 * The point at which a smooth convex function is smallest, by limited-memory BFGS with eight remembered steps and step halving.
 *
 * Source: Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 3.1 (https://en.wikipedia.org/wiki/Limited-memory_BFGS).
 * Deterministic: the order of all sums is fixed. A step of no curvature is not remembered. Not for functions with kinks or several
 * minima. O(16 · size) a step beside the function.
 *
 * @example minimiseSmooth({ valueAt: (x, g) => { g[0] = 2 * (x[0] - 3); return (x[0] - 3) ** 2; }, start: Float64Array.of(0), tolerance: 1e-9, maximumSteps: 50 })[0]; // => 3
 */
export function minimiseSmooth(problem: SmoothProblem): Float64Array {
  let point = new Float64Array(problem.start);
  let gradient = new Float64Array(point.length);
  let value = problem.valueAt(point, gradient);
  const steps: Step[] = [];
  for (let count = 0; count < problem.maximumSteps && largestEntry(gradient) > problem.tolerance; count += 1) {
    const direction = descentDirection(gradient, steps);
    const first = steps.length === 0 ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
    const next = searchLine(problem, { point, gradient, value, direction, first });
    if (next === null) break;
    const move = difference(next.point, point);
    const change = difference(next.gradient, gradient);
    const curvature = dot(move, change);
    if (curvature > 1e-12 * dot(change, change)) steps.push({ move, change, curvature });
    if (steps.length > MEMORY) steps.shift();
    ({ point, gradient, value } = next);
  }
  return point;
}

/** Halves the step until the function falls enough; null when it no longer does. */
function searchLine(
  problem: SmoothProblem,
  from: { point: Float64Array; gradient: Float64Array; value: number; direction: Float64Array; first: number },
): { point: Float64Array<ArrayBuffer>; gradient: Float64Array<ArrayBuffer>; value: number } | null {
  const slope = dot(from.gradient, from.direction);
  let length = from.first;
  for (let halving = 0; halving < MAXIMUM_HALVINGS; halving += 1) {
    const point = new Float64Array(from.point);
    add(point, from.direction, length);
    const gradient = new Float64Array(point.length);
    const value = problem.valueAt(point, gradient);
    if (value < from.value && value <= from.value + SUFFICIENT_DECREASE * length * slope) return { point, gradient, value };
    length /= 2;
  }
  return null;
}

/** Minus the gradient, bent by the curvature of the remembered steps (two-loop recursion). */
function descentDirection(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = new Float64Array(gradient.length);
  for (let index = 0; index < direction.length; index += 1) direction[index] = -(gradient[index] ?? 0);
  const shares: number[] = [];
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const step = steps[index];
    if (step === undefined) continue;
    const share = dot(step.move, direction) / step.curvature;
    shares[index] = share;
    add(direction, step.change, -share);
  }
  const last = steps.at(-1);
  if (last !== undefined) scale(direction, last.curvature / dot(last.change, last.change));
  for (const [index, step] of steps.entries()) {
    add(direction, step.move, (shares[index] ?? 0) - dot(step.change, direction) / step.curvature);
  }
  return direction;
}

function difference(first: Float64Array, second: Float64Array): Float64Array {
  const found = new Float64Array(first.length);
  for (let index = 0; index < found.length; index += 1) found[index] = (first[index] ?? 0) - (second[index] ?? 0);
  return found;
}

function add(onto: Float64Array, what: Float64Array, times: number): void {
  for (let index = 0; index < onto.length; index += 1) onto[index] = (onto[index] ?? 0) + times * (what[index] ?? 0);
}

function scale(what: Float64Array, times: number): void {
  for (let index = 0; index < what.length; index += 1) what[index] = (what[index] ?? 0) * times;
}

function dot(first: Float64Array, second: Float64Array): number {
  let total = 0;
  for (let index = 0; index < first.length; index += 1) total += (first[index] ?? 0) * (second[index] ?? 0);
  return total;
}

function largestEntry(of: Float64Array): number {
  let largest = 0;
  for (let index = 0; index < of.length; index += 1) largest = Math.max(largest, Math.abs(of[index] ?? 0));
  return largest;
}

import type { LabelCube } from '../schema/label-cube.ts';
import type { WindowDispersion } from '../schema/reference-profile.ts';
import { estimateClassification, type UnlabelledGroups } from '../statistics/estimation/estimated-classification.ts';
import { calibrateCube, LEAST_OF_A_CLASS } from './calibrate-cube.ts';
import { cubeMetrics, type MeasuredTask } from './cube-metrics.ts';
import { LABEL_CELLS } from './label-cube.ts';

const DEFAULT_THRESHOLD = 0.5;
const FEWEST_WINDOWS = 3;

/**
 * How far the windows of a reference fall from what its calibration expects of their scores, by metric: the mean square of (realised − estimated) /
 * label noise. 1 when rows are independent; more when the rows of a window share a fate (a storm delays every flight of a day), and then the
 * band of an estimate must be wider by its root. Divided by one less than the windows, since the calibration was learnt from all of them. Windows with
 * fewer than 30 labels of a class are left out; empty with fewer than three others, and for a regression.
 */
export function estimateDispersions(
  cubes: readonly LabelCube[],
  { labels, task }: { readonly labels: LabelCube; readonly task: MeasuredTask },
): Record<string, WindowDispersion> {
  const calibration = task.task === 'regression' ? null : calibrateCube(labels);
  const enough = cubes.filter(({ labelled, positives }) => Math.min(positives, labelled - positives) >= LEAST_OF_A_CLASS);
  if (calibration === null || enough.length < FEWEST_WINDOWS) return {};
  const squares = new Map<string, number[]>();
  for (const cube of enough) {
    const realised = cubeMetrics(cube, task);
    for (const { metric, value, labelNoise } of [0, thresholdOf(task)].flatMap((least) =>
      estimateClassification(groupsOf(cube, least), calibration.map, task.businessValue).filter(({ metric }) =>
        isCalledFrom(metric, least, task),
      ),
    )) {
      const actual = realised.find((each) => each.metric === metric)?.value ?? null;
      if (value === null || labelNoise === null || actual === null || labelNoise === 0) continue;
      squares.set(metric, [...(squares.get(metric) ?? []), ((actual - value) / labelNoise) ** 2]);
    }
  }
  const complete = [...squares].filter(([, found]) => found.length === enough.length);
  return Object.fromEntries(
    complete.map(([metric, found]) => [metric, { windows: found.length, meanSquare: rounded(sum(found) / (found.length - 1)) }]),
  );
}

function thresholdOf({ businessValue }: MeasuredTask): number {
  return Math.round((businessValue?.threshold ?? DEFAULT_THRESHOLD) * LABEL_CELLS) / LABEL_CELLS;
}

/** Of several classes every answer is a call; only their value depends on the threshold. */
function isCalledFrom(metric: string, least: number, { task }: MeasuredTask): boolean {
  return (task === 'multiclass' && metric !== 'valuePerPrediction') === (least === 0);
}

function groupsOf({ cells }: LabelCube, least: number): UnlabelledGroups {
  const scores = Float64Array.from(cells, ([, no, yes, total]) => Math.min(1, Math.max(0, total / (no + yes))));
  return {
    scores,
    rows: Float64Array.from(cells, ([, no, yes]) => no + yes),
    called: Uint8Array.from(scores, (score) => (score >= least ? 1 : 0)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rounded(value: number): number {
  return Number(value.toPrecision(10));
}

import { expect, test } from 'vitest';
import { cubeMetrics } from '../../pipelines/core/profile/cube-metrics.ts';
import { cubeOf, type LabelledScores } from '../../pipelines/core/profile/label-cube.ts';
import type { MetricName } from '../../pipelines/core/schema/metric.ts';
import type { Task } from '../../pipelines/core/schema/task.ts';
import { type SeededRandom, seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';
import { expectInBand } from './binomial-band.ts';

const STREAMS = 600;
const ROWS = 1000;
const TRUTH_ROWS = 1_000_000;
const PLACE = { window: { start: '2001-01-01T00:00:00Z', end: '2001-01-02T00:00:00Z' }, modelVersion: null };

type Draw = (random: SeededRandom) => { readonly score: number; readonly label: number; readonly called?: number };

const unit = (random: SeededRandom) => (random.uint32() + 0.5) / 2 ** 32;
const normal = (random: SeededRandom) => Math.sqrt(-2 * Math.log(unit(random))) * Math.cos(2 * Math.PI * unit(random));

const WORLDS: readonly { readonly name: string; readonly task: Task; readonly draw: Draw }[] = [
  {
    name: 'one in five positive',
    task: 'binary',
    draw: (random) => {
      const label = unit(random) < 0.2 ? 1 : 0;
      return { label, score: 1 / (1 + Math.exp(2 - 1.5 * label - normal(random))) };
    },
  },
  {
    name: 'one in fifty positive',
    task: 'binary',
    draw: (random) => {
      const label = unit(random) < 0.02 ? 1 : 0;
      return { label, score: 1 / (1 + Math.exp(4 - 2 * label - normal(random))) };
    },
  },
  {
    name: 'six classes, the rarest one in fifty',
    task: 'multiclass',
    draw: (random) => {
      const of = () => {
        const u = unit(random);
        return u < 0.4 ? 0 : u < 0.65 ? 1 : u < 0.8 ? 2 : u < 0.9 ? 3 : u < 0.98 ? 4 : 5;
      };
      const label = of();
      return { label, called: unit(random) < 0.65 ? label : of(), score: 0.3 + 0.7 * unit(random) };
    },
  },
  {
    name: 'errors that grow with the label',
    task: 'regression',
    draw: (random) => {
      const label = 200 + 80 * normal(random);
      return { label, score: label + (0.15 * label + 5) * normal(random) + 3 };
    },
  },
  {
    name: 'a skewed label and heavy errors',
    task: 'regression',
    draw: (random) => {
      const label = Math.exp(3 + 0.7 * normal(random));
      return { label, score: label * Math.exp(0.3 * normal(random)) };
    },
  },
];

function rowsOf(draw: Draw, task: Task, { rows, seed }: { readonly rows: number; readonly seed: number }): LabelledScores {
  const random = seededRandom(seed);
  const [scores, labels, predicted] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  for (let row = 0; row < rows; row += 1) {
    const { score, label, called = Number.NaN } = draw(random);
    scores[row] = score;
    labels[row] = label;
    predicted[row] = called;
  }
  return { ...PLACE, task, scores, labels, predicted };
}

// The error of a mean square needs fourth powers, which a skewed label times a skewed error hardly has: the interval is short of its level there.
const NARROW: Readonly<Record<string, number>> = { 'a skewed label and heavy errors, rootMeanSquaredError': 0.86 };

test.each([
  ['one in five positive', 'averagePrecision'],
  ['one in fifty positive', 'averagePrecision'],
  ['one in five positive', 'specificity'],
  ['six classes, the rarest one in fifty', 'macroF1'],
  ['six classes, the rarest one in fifty', 'accuracy'],
  ['errors that grow with the label', 'meanAbsoluteError'],
  ['errors that grow with the label', 'rootMeanSquaredError'],
  ['errors that grow with the label', 'rSquared'],
  ['a skewed label and heavy errors', 'meanAbsoluteError'],
  ['a skewed label and heavy errors', 'rootMeanSquaredError'],
  ['a skewed label and heavy errors', 'rSquared'],
] as const)('%s: the 95 % interval of %s holds the truth as often as it says', (name, metric: MetricName) => {
  const world = WORLDS.find((each) => each.name === name);
  if (world === undefined) throw new Error(`no world ${name}`);
  const { task, draw } = world;
  const figure = (rows: LabelledScores) => cubeMetrics(cubeOf(rows), { task }).find((each) => each.metric === metric);
  const truth = figure(rowsOf(draw, task, { rows: TRUTH_ROWS, seed: 999_983 }))?.value ?? Number.NaN;

  let held = 0;
  for (let seed = 1; seed <= STREAMS; seed += 1) {
    const interval = figure(rowsOf(draw, task, { rows: ROWS, seed }))?.interval;
    if (interval != null && interval.lower <= truth && truth <= interval.upper) held += 1;
  }

  const share = held / STREAMS;
  console.info(`${name}, ${metric}: ${(100 * share).toFixed(1)} % of ${STREAMS} intervals of ${ROWS} rows hold ${truth.toFixed(4)}`);
  const least = NARROW[`${name}, ${metric}`];
  if (least === undefined) expectInBand({ alarms: STREAMS - held, looks: STREAMS, nominal: 0.05, what: `${name}, ${metric}` });
  else expect(share).toBeGreaterThan(least);
});

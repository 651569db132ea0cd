import { describe, expect, test } from 'vitest';
import { estimateMetrics, outcomesOf, type ScoredLabels } from '../../../pipelines/core/evaluation/estimate-metrics.ts';
import { resampledMetric, whyNoInterval } from '../../../pipelines/core/evaluation/resampled-metric.ts';
import { MetricName, metricsOf } from '../../../pipelines/core/schema/metric.ts';
import { Task } from '../../../pipelines/core/schema/task.ts';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';

const ROWS = 600;
const DAYS = 12;
const BLOCKS = { of: Uint32Array.from({ length: ROWS }, (_, row) => row % DAYS), count: DAYS, words: '12 days' };
const VALUE = {
  currency: 'USD',
  threshold: 0.5,
  truePositive: 5,
  falsePositive: -1,
  falseNegative: -3,
  trueNegative: 0,
  assumption: 'test',
  assumedOn: '2024-01-01',
  owner: 'testers',
};

function world(task: Task): ScoredLabels {
  const random = seededRandom(11);
  const unit = () => random.below(1_000_000) / 1_000_000;
  const column = (of: (row: number) => number) => Float64Array.from({ length: ROWS }, (_, row) => of(row));
  // Scores lie on edges of the cube's cells, so that cut calls are the same from the cube and from rows.
  const scores = column(() => Math.floor(unit() * 64) / 64);
  if (task === 'binary') return { task, scores, labels: scores.map((score) => (unit() < score ? 1 : 0)), businessValue: VALUE };
  if (task === 'regression') return { task, scores: column((row) => row + 20 * unit()), labels: column((row) => row) };
  const labels = column(() => Math.floor(unit() * 4));
  return { task, scores, labels, predicted: labels.map((label) => (unit() < 0.7 ? label : Math.floor(unit() * 4))), businessValue: VALUE };
}

const WORLDS: Readonly<Record<Task, ScoredLabels>> = {
  binary: world('binary'),
  multiclass: world('multiclass'),
  regression: world('regression'),
};
const CASES = Task.options.flatMap((task) =>
  metricsOf(task)
    .filter((metric) => metric !== 'expectedCalibrationError')
    .map((metric) => ({ task, metric })),
);

function repeated(rows: ScoredLabels, multiplicity: Uint16Array): ScoredLabels {
  const places = [...rows.labels.keys()].flatMap((row) => new Array<number>(multiplicity[row % DAYS] ?? 0).fill(row));
  const pick = (values: Float64Array) => Float64Array.from(places, (row) => values[row] ?? Number.NaN);
  return { ...rows, scores: pick(rows.scores), labels: pick(rows.labels), predicted: rows.predicted && pick(rows.predicted) };
}

describe('a resampled metric', () => {
  test.each(CASES)('$metric of a $task task is the metric of the days as often as they were drawn', ({ task, metric }) => {
    const multiplicity = Uint16Array.of(1, 0, 2, 1, 1, 3, 0, 1, 1, 0, 2, 0);
    const rows = WORLDS[task];

    const measured = resampledMetric(metric, rows, BLOCKS)?.(multiplicity);

    const expected = estimateMetrics(repeated(rows, multiplicity)).find((each) => each.metric === metric)?.value;
    expect(expected).not.toBeNull();
    expect(measured).toBeCloseTo(expected ?? Number.NaN, 7);
  });

  test('is none for what the task has not, and says so', () => {
    for (const task of Task.options) {
      const others = MetricName.options.filter((metric) => !metricsOf(task).includes(metric));

      expect(others.map((metric) => resampledMetric(metric, WORLDS[task], BLOCKS)).every((measure) => measure === null)).toBe(true);
    }
    expect(whyNoInterval('rocAuc')).toContain('task');
  });

  test('of a class that no drawn day holds is the mean of the others', () => {
    const labels = Float64Array.of(0, 1, 2, 2);
    const rows: ScoredLabels = { task: 'multiclass', scores: labels.map(() => 0.5), labels, predicted: labels };
    const measure = resampledMetric('macroF1', rows, { of: Uint32Array.of(0, 0, 1, 1), count: 2, words: '2 days' });

    expect(measure?.(Uint16Array.of(2, 0))).toBe(1);
    expect(measure?.(Uint16Array.of(0, 0))).toBeNaN();
  });

  test('of average precision without a positive is none', () => {
    const rows: ScoredLabels = { scores: Float64Array.of(0.2, 0.4), labels: Float64Array.of(0, 1) };
    const measure = resampledMetric('averagePrecision', rows, { of: Uint32Array.of(0, 1), count: 2, words: '2 days' });

    expect([measure?.(Uint16Array.of(2, 0)), measure?.(Uint16Array.of(0, 2))]).toEqual([Number.NaN, 1]);
  });
});

test('outcomes of a multiclass model are whether it was right', () => {
  const rows = { task: 'multiclass' as const, scores: Float64Array.of(1, 1, 1), labels: Float64Array.of(2, 0, 1) };

  expect([...outcomesOf({ ...rows, predicted: Float64Array.of(2, 1, Number.NaN) })]).toEqual([1, 0, 0]);
});

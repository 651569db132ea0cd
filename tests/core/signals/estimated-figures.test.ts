import { describe, expect, test } from 'vitest';
import { newestEstimates } from '../../../pipelines/core/decisions/newest-estimates.ts';
import { calibrateCube } from '../../../pipelines/core/profile/calibrate-cube.ts';
import { cubeMetrics } from '../../../pipelines/core/profile/cube-metrics.ts';
import { cubeOf } from '../../../pipelines/core/profile/label-cube.ts';
import { EstimatedFigures } from '../../../pipelines/core/schema/estimated-figures.ts';
import type { WindowSummary } from '../../../pipelines/core/schema/model-state.ts';
import type { WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { estimatedPerformance } from '../../../pipelines/core/signals/estimated-performance.ts';
import { estimateFigures } from '../../../pipelines/core/views/estimate-figures.ts';
import { definitionWith, numericColumn, ordinaryDay, ordinaryReference, uniform } from '../../fakes/watched-world.ts';

const LABELS = { format: 'jsonl', path: 'x.jsonl', columns: { id: 'id', label: 'label' }, delay: 'P1D' } as const;
const definition = definitionWith({
  labels: { ...LABELS, positive: 'late', negative: 'on time' },
  businessValue: {
    currency: 'USD',
    truePositive: 3,
    falsePositive: -1,
    falseNegative: -2,
    trueNegative: 0,
    assumption: 'test',
    assumedOn: '2026-01-01',
    owner: 'test',
  },
});
const ROWS = 3000;

/** A score is right about the chance of a positive. */
function drawn(seed: number, rows: number, power: number) {
  const next = uniform(seed);
  const scores = Float64Array.from({ length: rows }, () => next() ** power);
  return { scores, labels: scores.map((score) => Number(next() < score)) };
}

const plain = ordinaryReference(definition);
const taught = cubeOf({ ...drawn(1, 60_000, 1), window: plain.range, modelVersion: 'v1' });
const reference = { ...plain, labels: taught };
const calibration = calibrateCube(taught);

function figuresOf(scores: Float64Array) {
  const day = ordinaryDay({ rows: scores.length, seed: 1 });
  const profile: WindowProfile = { ...day, columns: { ...day.columns, $score: numericColumn('$score', scores) } };
  const signals = estimatedPerformance({ definition, reference, profile, trailingCubes: [], cycle: [], calibration }, []);
  const [agreed, ...others] = signals;
  expect(others.every(({ estimates }) => estimates === undefined)).toBe(true);
  return EstimatedFigures.parse(agreed?.estimates);
}

describe('the figures beside the agreed metric', () => {
  test('are every metric of the task but one that needs labels, each with a band, and the confusion matrix', () => {
    const { rows, metrics, confusion } = figuresOf(drawn(2, ROWS, 1).scores);

    expect(rows).toBe(ROWS);
    expect(metrics.map(({ metric }) => metric).join(' ')).toBe(
      'rocAuc averagePrecision accuracy logLoss brier f1 precision recall specificity valuePerPrediction',
    );
    expect(metrics.every(({ interval, value }) => interval !== null && interval.lower < value && value < interval.upper)).toBe(true);
    expect(confusion.map(({ called, actual }) => `${actual} called ${called}`)).toEqual([
      'late called late',
      'on time called late',
      'late called on time',
      'on time called on time',
    ]);
    expect(confusion.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  test('hold what labels show later, with a mix of scores that the reference did not have', () => {
    const held = new Map<string, number>();
    const windows = 80;
    for (let seed = 0; seed < windows; seed += 1) {
      const { scores, labels } = drawn(100 + seed, ROWS, 1.6);
      const { metrics, confusion } = figuresOf(scores);
      const realised = cubeMetrics(cubeOf({ scores, labels, window: plain.range, modelVersion: 'v1' }), definition);
      const called = scores.map((score) => Number(score >= 0.5));
      const late = called.reduce((sum, call, row) => sum + call * (labels[row] ?? 0), 0) / ROWS;
      const pairs = [
        ...metrics.map(({ metric, interval }) => ({
          name: metric,
          interval,
          truth: realised.find((each) => each.metric === metric)?.value,
        })),
        { name: 'late called late', interval: confusion[0]?.interval, truth: late },
      ];
      for (const { name, interval, truth } of pairs) {
        const isHeld = interval != null && truth != null && interval.lower <= truth && truth <= interval.upper;
        held.set(name, (held.get(name) ?? 0) + Number(isHeld));
      }
    }

    expect(held.size).toBe(11);
    // 95 % of 80 is 76; fewer than 69 has a chance of 1 in 500 each.
    for (const [name, count] of held) expect(count, name).toBeGreaterThanOrEqual(69);
  });

  test('are told as rows of text, those of several classes as means', () => {
    const figures = figuresOf(drawn(2, ROWS, 1).scores);

    const told = estimateFigures(figures, { task: 'binary', isTrusted: true });
    const several = estimateFigures(figures, { task: 'multiclass', isTrusted: false });

    expect(told.rows[0]).toMatchObject({ name: 'AUC', value: expect.stringMatching(/^0\.8\d\d$/), band: expect.stringContaining(' to ') });
    expect(told.confusion?.called).toEqual(['late', 'on time']);
    expect(told.confusion?.rows[0]?.cells[0]?.share).toMatch(/^3\d\.\d %$/);
    expect(several.caption).toContain('not trusted');
    expect(several.rows.map(({ name }) => name)).toContain('Recall, mean of the classes');
  });

  test('are kept of the newest window only', () => {
    const estimates = figuresOf(drawn(2, ROWS, 1).scores);
    const summary = (estimated: object) => ({ signals: [{ id: 'a', ...estimated }] }) as unknown as WindowSummary;

    const kept = newestEstimates([summary({ estimates }), summary({}), summary({ estimates })]);

    expect(kept.map(({ signals }) => signals[0]?.estimates !== undefined)).toEqual([false, false, true]);
  });
});

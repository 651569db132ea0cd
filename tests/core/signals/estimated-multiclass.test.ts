import { describe, expect, test } from 'vitest';
import { buildReference } from '../../../pipelines/core/profile/build-reference.ts';
import { cubeMetrics } from '../../../pipelines/core/profile/cube-metrics.ts';
import { cubeOf } from '../../../pipelines/core/profile/label-cube.ts';
import { SCORE_GRID } from '../../../pipelines/core/profile/learn-grid.ts';
import { numericProfile } from '../../../pipelines/core/profile/numeric-profile.ts';
import { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import type { WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { estimatedPerformance } from '../../../pipelines/core/signals/estimated-performance.ts';
import { MONDAY, uniform } from '../../fakes/watched-world.ts';

const DAY = { start: MONDAY, end: '2001-01-16T00:00:00Z' };
const BEFORE = { start: '2001-01-01T00:00:00Z', end: MONDAY };

const definition = ModelDefinition.parse({
  schemaVersion: 1,
  name: 'intents',
  task: 'multiclass',
  objective: 'Tell what a query asks for.',
  owner: 'search team',
  stakeholders: ['product'],
  successMetrics: [{ metric: 'accuracy', target: 0.7, why: 'test' }],
  columns: [{ name: 'query', kind: 'text' }],
  logs: { format: 'jsonl', path: 'x.jsonl', columns: { id: 'id', timestamp: 'ts', score: 'confidence', prediction: 'intent' } },
  labels: { format: 'jsonl', path: 'y.jsonl', columns: { id: 'id', label: 'y' }, classes: ['music', 'news', 'weather'], delay: 'P30D' },
  monitoring: { performance: { metric: 'accuracy', toleratedDrop: 0.03 } },
  gate: { rules: [] },
  businessValue: {
    currency: 'EUR',
    threshold: 0.6,
    truePositive: 1,
    falsePositive: -2,
    falseNegative: 0,
    trueNegative: 0,
    assumption: 'test',
    assumedOn: '2026-01-01',
    owner: 'test',
  },
});

/** Answers whose confidence leans with `lean` (1: even) and is a third too bold: right with probability 0.2 + 0.6 · confidence. */
function answers(rows: number, seed: number, lean = 1) {
  const next = uniform(seed);
  const scores = Float64Array.from({ length: rows }, () => next() ** lean);
  const predicted = Float64Array.from(scores, () => Math.floor(next() * 3));
  const labels = predicted.map((called, row) => (next() < 0.2 + 0.6 * (scores[row] ?? 0) ? called : (called + 1) % 3));
  return { scores, predicted, labels };
}

function profileOf({ scores }: { readonly scores: Float64Array }): WindowProfile {
  const columns = { $score: numericProfile(scores, SCORE_GRID) };
  return { schemaVersion: 1, model: 'intents', window: DAY, rows: scores.length, versions: {}, errors: 0, quarantined: {}, columns };
}

const reference = buildReference({
  definition,
  version: 'v1',
  range: BEFORE,
  windowSeconds: 86_400,
  windows: [{ ...profileOf(answers(2000, 1)), window: BEFORE }],
  grids: { $score: SCORE_GRID },
  cubes: [cubeOf({ ...answers(6000, 1), task: 'multiclass', window: BEFORE, modelVersion: 'v1' })],
});

function estimateOf(profile: WindowProfile, subject: string) {
  const signals = estimatedPerformance({ definition, reference, profile, trailingCubes: [], cycle: [] }, []);
  return signals.find((signal) => signal.subject === subject);
}

describe('accuracy over several classes, estimated from the confidence in the called one', () => {
  test('holds what labels show, in accuracy and in value, though confidence is too bold', () => {
    const held = { accuracy: 0, valuePerPrediction: 0 };
    for (let seed = 10; seed < 30; seed += 1) {
      const day = answers(1500, seed, 1.5);
      const realised = cubeMetrics(cubeOf({ ...day, task: 'multiclass', window: DAY, modelVersion: 'v1' }), definition);
      for (const metric of ['accuracy', 'valuePerPrediction'] as const) {
        const { interval } = estimateOf(profileOf(day), metric) ?? {};
        const value = realised.find((each) => each.metric === metric)?.value ?? Number.NaN;
        if (interval != null && interval.lower <= value && value <= interval.upper) held[metric] += 1;
      }
    }

    // Of twenty bands at 95 %, fewer than 16 hold with a probability below 0.3 %.
    expect(held.accuracy).toBeGreaterThanOrEqual(16);
    expect(held.valuePerPrediction).toBeGreaterThanOrEqual(16);
  });

  test('alerts when answers have become unsure, and says that it is an estimate', () => {
    const unsure = estimateOf(profileOf(answers(3000, 2, 3)), 'accuracy');

    expect(unsure).toMatchObject({ status: 'alert', kind: 'estimated-performance' });
    expect(unsure?.why).toMatch(/^Estimate without labels: Accuracy is probably 0\.\d{3}/);
    expect(estimateOf(profileOf(answers(3000, 3)), 'accuracy')?.status).toBe('ok');
  });

  test('what one confidence cannot tell is not estimated', () => {
    const byF1 = {
      ...definition,
      monitoring: { ...definition.monitoring, performance: { metric: 'macroF1' as const, toleratedDrop: 0.02 } },
    };
    const [signal] = estimatedPerformance(
      { definition: byF1, reference, profile: profileOf(answers(3000, 4)), trailingCubes: [], cycle: [] },
      [],
    );

    expect(signal).toMatchObject({ subject: 'macroF1', status: 'insufficient-data', value: null });
    expect(signal?.why).toContain('cannot be estimated from scores alone');
  });
});

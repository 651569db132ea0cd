import { describe, expect, test } from 'vitest';
import { buildEvaluationReport, type ScoredContender } from '../../../pipelines/core/evaluation/build-evaluation-report.ts';
import type { GateRule } from '../../../pipelines/core/schema/gate-policy.ts';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { learntDefinition, worldDay } from '../../fakes/learnt-world.ts';
import { timesOf } from '../../fakes/times-of.ts';

const ROWS = 600;
const RANGE = { start: worldDay(0), end: worldDay(7) };

/** A model of three classes that is right in a share of the rows. */
function modelOf(name: string, share: number, trainedOn: number): ScoredContender {
  const random = seededRandom(Math.round(share * 1000));
  const predicted = Float64Array.from({ length: ROWS }, (_, row) => (random.uint32() / 2 ** 32 < share ? row % 3 : (row + 1) % 3));
  return {
    name,
    version: name === 'champion' ? 'v1' : null,
    artifactDigest: null,
    trainedOn: { range: RANGE, rows: trainedOn, positives: 0, quarantined: 0, digest: `sha256:${'0'.repeat(64)}` },
    scores: new Float64Array(ROWS).fill(share),
    predicted,
    latencyMs: null,
    bytes: 1,
  };
}

/** What is selected where the training was asked for all history and the recent window. */
function selectionOf(challengers: readonly ScoredContender[], rules: readonly GateRule[] = []) {
  const known = learntDefinition('multiclass');
  const definition = { ...known, gate: { ...known.gate, rules: [...rules], bootstrapReplicates: 60 } };
  const { selected, selectedBecause } = buildEvaluationReport({
    definition,
    spec: {
      schemaVersion: 1,
      model: definition.name,
      version: 'v2',
      champion: 'v1',
      decision: 'd',
      asOf: worldDay(8),
      challengers: [
        { name: 'all-history', range: RANGE },
        { name: 'recent-window', range: RANGE },
      ],
      heldOut: RANGE,
      features: ['x'],
      training: definition.training,
    },
    heldOut: { range: RANGE, rows: ROWS, positives: 0, quarantined: 0, digest: `sha256:${'1'.repeat(64)}` },
    timestamps: timesOf(ROWS, 7),
    labels: Float64Array.from({ length: ROWS }, (_, row) => row % 3),
    baseline: modelOf('baseline', 0.34, 0),
    champion: modelOf('champion', 0.6, 1000),
    challengers,
    backend: 'test',
  });
  return { selected, selectedBecause };
}

describe('of the challengers of a report', () => {
  test.each([
    ['the one of most rows is kept before an equal', 0.7, 'all-history'],
    ['another that leads plainly is taken', 0.85, 'recent-window'],
  ])('%s', (_, share, name) => {
    expect(selectionOf([modelOf('recent-window', share, 300), modelOf('all-history', 0.7, 900)]).selected).toBe(name);
  });

  test('one that the rules of the gate would refuse stands back, and is named', () => {
    const rules = [{ kind: 'absolute' as const, metric: 'accuracy' as const, operator: '>=' as const, value: 0.69 }];

    const { selected, selectedBecause } = selectionOf([modelOf('all-history', 0.65, 900), modelOf('recent-window', 0.72, 300)], rules);

    expect(selected).toBe('recent-window');
    expect(selectedBecause).toBe("The only one that the gate's rules let pass; they refuse all-history.");
  });

  test('where the gate would refuse all of them, the choice is as ever', () => {
    const rules = [{ kind: 'absolute' as const, metric: 'accuracy' as const, operator: '>=' as const, value: 0.99 }];

    expect(selectionOf([modelOf('all-history', 0.7, 900), modelOf('recent-window', 0.7, 300)], rules).selected).toBe('all-history');
  });

  test('what a training was not asked for is measured, but never selected', () => {
    expect(selectionOf([modelOf('all-history', 0.7, 900), modelOf('v0', 0.95, 5000)]).selected).toBe('all-history');
  });
});

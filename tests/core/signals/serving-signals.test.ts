import { describe, expect, test } from 'vitest';
import type { InputEncoding } from '../../../pipelines/core/schema/model-artifact.ts';
import type { Predictions } from '../../../pipelines/core/schema/predictions.ts';
import type { RowTable } from '../../../pipelines/core/schema/row-table.ts';
import type { ServingCheck } from '../../../pipelines/core/schema/serving-check.ts';
import { Signal } from '../../../pipelines/core/schema/signal.ts';
import { detectSignals } from '../../../pipelines/core/signals/detect-signals.ts';
import { compareServed } from '../../../pipelines/core/signals/serving-skew.ts';
import { categoricalProfile, definitionWith, ordinaryDay, ordinaryReference } from '../../fakes/watched-world.ts';

const day = ordinaryDay({ rows: 1000, seed: 5 });
const reference = ordinaryReference(definitionWith());
const MATCHED: ServingCheck = { rows: 1000, mismatched: 0, largest: 2e-7, versionsNamed: true, problem: null };

function skew(check: Partial<ServingCheck> | null) {
  const serving = check === null ? null : { ...MATCHED, ...check };
  const found = detectSignals({ definition: definitionWith(), reference, profile: day, trailingCubes: [], cycle: [], serving }).signals;
  const own = found.find(({ kind }) => kind === 'serving-skew');
  return own === undefined ? undefined : Signal.parse(own);
}

describe('training-serving skew', () => {
  test.each([
    [0, 'ok'],
    [12, 'warning'],
    [60, 'alert'],
  ])('%i of 1,000 answers differ: %s', (mismatched, status) => {
    expect(skew({ mismatched, largest: 0.2 })).toMatchObject({ status, value: mismatched / 1000, subject: 'score' });
  });

  test('a log that names no versions only warns', () => {
    expect(skew({ mismatched: 900, versionsNamed: false })).toMatchObject({
      status: 'warning',
      why: expect.stringContaining('another version'),
    });
  });

  test('too few rows or no bytes: insufficient; nobody compared: nothing', () => {
    expect(skew({ rows: 20 })?.status).toBe('insufficient-data');
    expect(skew({ rows: 0, problem: 'weights.bin is missing' })).toMatchObject({
      status: 'insufficient-data',
      why: expect.stringContaining('weights.bin is missing'),
    });
    expect(skew(null)).toBeUndefined();
  });
});

describe('compareServed', () => {
  const table = (scores: readonly number[], predicted: readonly number[] = []): RowTable => ({
    ids: scores.map(String),
    timestamps: new Float64Array(scores.length),
    numeric: {},
    categorical: {},
    texts: {},
    scores: Float64Array.from(scores),
    predicted: Float64Array.from(scores, (_, row) => predicted[row] ?? Number.NaN),
    probabilities: {},
    versions: scores.map(() => 'v1'),
    labels: new Float64Array(scores.length),
  });
  const again = (scores: readonly number[], predicted: readonly number[] = []): Predictions => ({
    scores: Float64Array.from(scores),
    predicted: Float64Array.from(scores, (_, row) => predicted[row] ?? Number.NaN),
    probabilities: {},
  });

  test('floats of another engine agree, a ten-thousandth does not, a missing score is left out', () => {
    const compared = compareServed(table([0.5, 0.5, Number.NaN, 0.1]), again([0.5000001, 0.5002, 0.3, 0.1]), 'binary');

    expect(compared).toMatchObject({ rows: 3, mismatched: 1 });
    expect(compared.largest).toBeCloseTo(0.0002, 10);
  });

  test('values of a regression are compared in proportion, classes as such', () => {
    expect(compareServed(table([10_000, 10_000]), again([10_000.5, 10_002]), 'regression').mismatched).toBe(1);
    expect(compareServed(table([0.7, 0.7], [1, 2]), again([0.7, 0.7], [1, 1]), 'multiclass').mismatched).toBe(1);
  });

  test('an answer that is no number is a mismatch', () => {
    expect(compareServed(table([0.7]), again([Number.NaN]), 'binary').mismatched).toBe(1);
  });
});

describe('values that the model does not know', () => {
  const encodings: readonly InputEncoding[] = [{ kind: 'categorical', column: 'place', vocabulary: ['a', 'b', 'c', 'd'] }];
  const judged = (unknown: number, rows = 1000) => {
    const values = Array.from({ length: rows }, (_, row) => (row < unknown ? `new${row % 5}` : 'a'));
    const profile = { ...day, rows, columns: { ...day.columns, place: categoricalProfile(values) } };
    const evidence = { definition: definitionWith(), reference, profile, trailingCubes: [], cycle: [], encodings };
    return detectSignals(evidence).signals.find(({ kind }) => kind === 'folded-values');
  };

  test.each([
    [0, 'ok'],
    [22, 'warning'],
    [90, 'alert'],
  ])('%i of 1,000 rows: %s', (unknown, status) => {
    expect(judged(unknown)).toMatchObject({ status, value: unknown / 1000, subject: 'place' });
  });

  test('too few rows: insufficient; no encodings: nothing', () => {
    expect(judged(0, 50)?.status).toBe('insufficient-data');
    const signals = detectSignals({ definition: definitionWith(), reference, profile: day, trailingCubes: [], cycle: [] }).signals;
    expect(signals.some(({ kind }) => kind === 'folded-values')).toBe(false);
  });
});

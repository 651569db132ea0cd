import { describe, expect, test } from 'vitest';
import { calibrateCube } from '../../../pipelines/core/profile/calibrate-cube.ts';
import { estimateFromCounts } from '../../../pipelines/core/profile/estimate-from-counts.ts';
import { cubeOf, mergeCubes } from '../../../pipelines/core/profile/label-cube.ts';
import { SCORE_GRID } from '../../../pipelines/core/profile/learn-grid.ts';
import { mergeProfiles } from '../../../pipelines/core/profile/merge-profiles.ts';
import { numericProfile } from '../../../pipelines/core/profile/numeric-profile.ts';
import type { NumericColumnProfile, WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { estimateClassification } from '../../../pipelines/core/statistics/estimation/estimated-classification.ts';
import { uniform } from '../../fakes/watched-world.ts';

const WINDOW = { start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z' };

/** Scores that lean with `lean`, and labels that are steeper than the scores. */
function world(rows: number, seed: number, lean = 1) {
  const next = uniform(seed);
  const scores = Float64Array.from({ length: rows }, () => next() ** lean);
  const labels = scores.map((score) => Number(next() < Math.min(0.97, Math.max(0.03, 0.5 + 1.4 * (score - 0.5)))));
  return { scores, labels };
}

function calibrated(rows: { scores: Float64Array; labels: Float64Array }) {
  const calibration = calibrateCube(cubeOf({ ...rows, window: WINDOW, modelVersion: null }));
  if (calibration === null) throw new Error('the reference should suffice');
  return calibration;
}

function foundIn(metrics: ReturnType<typeof estimateFromCounts>['metrics'], name: string): number {
  return metrics.find(({ metric }) => metric === name)?.value ?? Number.NaN;
}

describe('estimating from counts', () => {
  const calibration = calibrated(world(8000, 1));

  test('differs from estimating the rows by less than its bound', () => {
    const { scores } = world(2000, 2, 0.6);
    const rows = { scores, rows: new Float64Array(2000).fill(1), called: Uint8Array.from(scores, (score) => Number(score >= 0.503)) };
    const businessValue = {
      threshold: 0.503,
      truePositive: 1,
      falsePositive: -1,
      falseNegative: -1,
      trueNegative: 1,
      currency: 'EUR',
      assumption: 'test',
      assumedOn: '2026-01-01',
      owner: 'x',
    };

    const counted = estimateFromCounts({ calibration, scores: numericProfile(scores, SCORE_GRID), businessValue });

    const exact = estimateClassification(rows, calibration.map);
    expect(counted.cellBound).toBeLessThan(0.02);
    expect(Math.abs(foundIn(counted.metrics, 'accuracy') - foundIn(exact, 'accuracy'))).toBeLessThanOrEqual(counted.cellBound);
    for (const name of ['rocAuc', 'averagePrecision', 'accuracy', 'f1', 'precision', 'recall', 'specificity', 'brier', 'logLoss']) {
      expect(Math.abs(foundIn(counted.metrics, name) - foundIn(exact, name)), name).toBeLessThan(0.002);
    }
  });

  test('finds the realised figures within three errors, and the drop of a window with unsure scores', () => {
    const sure = world(3000, 3);
    const unsure = { ...world(3000, 4), scores: world(3000, 4).scores.map((score) => 0.35 + 0.3 * score) };

    const [before, after] = [sure, unsure].map(({ scores }) =>
      estimateFromCounts({ calibration, scores: numericProfile(scores, SCORE_GRID) }),
    );

    const realised = sure.labels.reduce((hits, label, row) => hits + Number(label === Number((sure.scores[row] ?? 0) >= 0.5)), 0) / 3000;
    const accuracy = before?.metrics.find(({ metric }) => metric === 'accuracy');
    expect(Math.abs(realised - (accuracy?.value ?? 0))).toBeLessThan(3 * (accuracy?.standardError ?? 0));
    expect(foundIn(after?.metrics ?? [], 'accuracy')).toBeLessThan(realised - 0.1);
  });

  test('is the same, byte for byte, however the windows and the cubes were merged', () => {
    const parts = [5, 6, 7].map((seed) => world(700, seed));
    const columns = parts.map(({ scores }) => numericProfile(scores, SCORE_GRID));
    const cubes = parts.map((rows) => cubeOf({ ...rows, window: WINDOW, modelVersion: null }));

    const [forwards, backwards] = [(each: unknown[]) => each, (each: unknown[]) => each.toReversed()].map((ordered) =>
      JSON.stringify(
        estimateFromCounts({
          calibration: calibrate(mergeCubes(ordered(cubes) as typeof cubes)),
          scores: merged(ordered(columns) as typeof columns),
        }),
      ),
    );

    expect(forwards).toBe(backwards);
  });

  test('a cell that the reference never had stands at its own mean', () => {
    const low = calibrated({ scores: world(500, 8).scores.map((score) => score / 2), labels: world(500, 8).labels });

    const counted = estimateFromCounts({ calibration: low, scores: numericProfile(new Float64Array(100).fill(0.9), SCORE_GRID) });

    expect(counted.rows).toBe(100);
    expect(counted.positives / 100).toBeCloseTo(low.map.levels.at(-1) ?? 0, 10);
  });

  test('says what is missing: too few rows of a class, none called positive, a reference without enough labels', () => {
    const { scores } = world(40, 9, 8);
    const reference = cubeOf({ ...world(40, 10), window: WINDOW, modelVersion: null });

    const counted = estimateFromCounts({ calibration, scores: numericProfile(scores, SCORE_GRID) });

    expect(counted.metrics.find(({ metric }) => metric === 'rocAuc')).toMatchObject({ value: null, standardError: null });
    expect(counted.metrics.find(({ metric }) => metric === 'precision')?.why).toContain('called positive');
    expect(counted.metrics.find(({ metric }) => metric === 'accuracy')?.value).not.toBeNull();
    expect(
      estimateFromCounts({ calibration, scores: numericProfile(new Float64Array(), SCORE_GRID) }).metrics.every(({ why }) => why !== null),
    ).toBe(true);
    expect(calibrateCube(reference)).toBeNull();
  });
});

function calibrate(cube: ReturnType<typeof cubeOf>) {
  const calibration = calibrateCube(cube);
  if (calibration === null) throw new Error('the reference should suffice');
  return calibration;
}

function merged(columns: readonly NumericColumnProfile[]): NumericColumnProfile {
  const profiles = columns.map(
    (column): WindowProfile => ({
      schemaVersion: 1,
      model: 'm',
      window: WINDOW,
      rows: column.rows,
      versions: {},
      errors: 0,
      quarantined: {},
      columns: { $score: column },
    }),
  );
  const [first, ...rest] = profiles;
  const all = rest.reduce((sum, each) => mergeProfiles(sum, each), first as WindowProfile).columns['$score'];
  if (all?.kind !== 'numeric') throw new Error('a numeric column was expected');
  return all;
}

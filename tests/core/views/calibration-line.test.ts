import { describe, expect, test } from 'vitest';
import { cubeOf } from '../../../pipelines/core/profile/label-cube.ts';
import { calibrationLine } from '../../../pipelines/core/views/calibration-line.ts';
import { MONDAY, uniform } from '../../fakes/watched-world.ts';

/** Rows that are positive with probability one half + `slope` times the distance of their score from one half. */
function lineOf(slope: number, rows = 3000): string | null {
  const next = uniform(3);
  // Few different scores: what is tested is the words, not the speed.
  const scores = Float64Array.from({ length: rows }, () => (Math.floor(next() * 64) + 0.5) / 64);
  const labels = scores.map((score) => Number(next() < 0.5 + slope * (score - 0.5)));
  return calibrationLine({
    labels: cubeOf({ scores, labels, window: { start: MONDAY, end: '2001-01-16T00:00:00Z' }, modelVersion: 'v1' }),
  });
}

describe('calibrationLine', () => {
  test('says when scores are no probabilities', () => {
    expect(lineOf(0.4)).toMatch(/^Do not read its scores as probabilities .*log-loss 0\.\d{4} as they are, 0\.\d{4} recalibrated/);
  });

  test('says when they are, and nothing from too few labels', () => {
    expect(lineOf(1)).toMatch(/^Its scores may be read as probabilities/);
    expect(lineOf(1, 40)).toBeNull();
  });
});

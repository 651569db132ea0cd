import { describe, expect, test } from 'vitest';
import { nextLook, trialConfidence } from '../../../pipelines/core/decisions/trial-look.ts';
import { aucOf } from '../../fakes/policy-world.ts';

const DAY = '2001-02-01T00:00:00Z';
const trial = { at: DAY, champion: 'v2', range: { start: DAY, end: DAY }, rows: 5000, estimate: aucOf(0.7), remedies: [] };

describe('the next trial of a champion', () => {
  test.each([
    ['nothing was tried', null, 1],
    ['another champion was tried', { ...trial, champion: 'v1', look: 9 }, 1],
    ['it was tried before looks were counted', trial, 2],
    ['it was tried often', { ...trial, look: 9 }, 10],
  ])('where %s', (_, last, look) => {
    expect(nextLook({ trial: last }, 'v2')).toBe(look);
  });

  test('is surer than the one before; the first as sure as the gate', () => {
    const doubts = [1, 2, 10].map((look) => 1 - trialConfidence({ confidence: 0.95 }, look));

    expect(doubts.map((doubt) => Number(doubt.toFixed(12)))).toEqual([0.05, 0.025, 0.005]);
  });
});

import { describe, expect, test } from 'vitest';
import { resamplingBlocks } from '../../../pipelines/core/evaluation/resampling-blocks.ts';
import { timesOf } from '../../fakes/times-of.ts';

describe('resampling blocks', () => {
  test('are the days that rows fall on, whatever their order and however many days lie between', () => {
    const day = 86_400;
    const timestamps = Float64Array.from([...Array.from({ length: 11 }, (_, index) => 2 * index * day + 5), 3, 20 * day + 9]);

    const blocks = resamplingBlocks(timestamps);

    expect(blocks.words).toBe('11 days');
    expect([...blocks.of]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 10]);
  });

  test('are five stretches of equally many rows, in order of time, where there are fewer than five days', () => {
    const timestamps = timesOf(25, 2).toReversed();

    const blocks = resamplingBlocks(timestamps);

    expect(blocks).toMatchObject({ count: 5, words: '5 stretches of time' });
    const sizes = Array.from({ length: 5 }, (_, block) => blocks.of.filter((each) => each === block).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect([...blocks.of]).toEqual([...blocks.of].sort((a, b) => b - a));
  });

  test.each([0, 1, 3])('of %i rows are no more than the rows', (rows) => {
    const blocks = resamplingBlocks(timesOf(rows, 1));

    expect(blocks.count).toBe(rows);
    expect(blocks.of).toHaveLength(rows);
  });
});

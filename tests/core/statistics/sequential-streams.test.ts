import { describe, expect, test } from 'vitest';
import {
  ADAPTIVE_WINDOW_START,
  type AdaptiveWindow,
  stepAdaptiveWindow,
} from '../../../pipelines/core/statistics/sequential/adaptive-window.ts';
import { PAGE_HINKLEY_START, type PageHinkleyState, stepPageHinkley } from '../../../pipelines/core/statistics/sequential/page-hinkley.ts';
import { uniform } from '../../fakes/watched-world.ts';

function changesOf(stream: readonly number[], delta?: number): { changes: number[]; largest: number } {
  let window: AdaptiveWindow = ADAPTIVE_WINDOW_START;
  const changes: number[] = [];
  let largest = 0;
  for (const [index, value] of stream.entries()) {
    const step = stepAdaptiveWindow(window, value, delta);
    window = step.window;
    largest = Math.max(largest, window.buckets.flat().length);
    if (step.change) changes.push(index);
  }
  return { changes, largest };
}

/** The sequence of Weyl: equidistributed, and the same in every language. */
const weyl = (index: number) => ((index + 1) * 0.6180339887498949) % 1;
const share = (rows: number, from: number, to: number) =>
  Array.from({ length: rows }, (_, index) => (weyl(index) < (index < rows / 2 ? from : to) ? 1 : 0));

const levels = Array.from({ length: 6000 }, (_, index) => (weyl(index) < (Math.floor(index / 1000) % 2 === 0 ? 0.2 : 0.5) ? 1 : 0));
const rising = Array.from({ length: 3000 }, (_, index) => weyl(index) * (index < 1500 ? 1 : 1.7));
const uniforms = Array.from({ length: 3000 }, (_, index) => weyl(index) * (index < 1500 ? 1 : 0.7));

describe('ADWIN', () => {
  // Rows at which river 0.26.1's drift.ADWIN() has drift_detected on the same streams.
  test.each([
    ['a rise of errors', share(4000, 0.2, 0.5), [2079]],
    ['a fall', share(4000, 0.5, 0.2), [2111]],
    ['a small rise', share(12_000, 0.05, 0.1), [6719]],
    ['a fall of a continuous value', uniforms, [1663]],
    ['a level that changes every thousand rows', levels, [1087, 2111, 3103, 4095, 5087]],
    ['no change', share(5000, 0.3, 0.3), []],
  ] as const)('fires on the same rows as river: %s', (_, stream, expected) => {
    expect(changesOf(stream).changes).toEqual(expected);
  });

  test('remembers few buckets of many rows', () => {
    const { changes, largest } = changesOf(share(100_000, 0.2, 0.2));

    expect(changes).toEqual([]);
    expect(largest).toBeLessThanOrEqual(5 * 17);
  });

  test('starts again after a change, with a state that survives JSON', () => {
    let window: AdaptiveWindow = ADAPTIVE_WINDOW_START;
    for (const value of share(200, 0, 0)) window = stepAdaptiveWindow(window, value).window;

    expect(JSON.parse(JSON.stringify(window))).toEqual(window);
    expect(window.buckets.flat().reduce((sum, [rows]) => sum + rows, 0)).toBe(0);
  });
});

describe('Page-Hinkley', () => {
  const changes = (stream: readonly number[], threshold: number, kept = 0.9999) => {
    let state: PageHinkleyState = PAGE_HINKLEY_START;
    const found: number[] = [];
    for (const [index, value] of stream.entries()) {
      const step = stepPageHinkley(state, value, { delta: 0.005, threshold, kept, minimumRows: 30 });
      state = step.state;
      if (step.change) found.push(index);
    }
    return found;
  };

  // Rows at which river 0.26.1's drift.PageHinkley(threshold=…, alpha=1, mode='up') has drift_detected on the same streams.
  test.each([
    ['a rise of errors', share(4000, 0.1, 0.4), 20, [2064]],
    ['a rise of errors, a higher threshold', share(4000, 0.1, 0.4), 50, [2171]],
    ['a level that changes every thousand rows', levels, 20, [1067, 3138, 5125]],
    ['a level that changes every thousand rows, a higher threshold', levels, 50, [1179, 3329, 5303]],
    ['a rise of a continuous value', rising, 20, [1557]],
    ['a fall', share(40_000, 0.4, 0.1), 20, []],
  ] as const)('that forgets nothing fires on the same rows as river: %s', (_, stream, threshold, expected) => {
    expect(changes(stream, threshold, 1)).toEqual(expected);
  });

  test('that forgets: the sum of river is drawn up from its lowest place, which passes for a rise after a fall; ours starts at zero', () => {
    const fallen = share(40_000, 0.4, 0.1);
    let [seen, mean, sum, lowest] = [0, 0, 0, Number.POSITIVE_INFINITY];

    const theirs = fallen.findIndex((value) => {
      seen += 1;
      mean += (value - mean) / seen;
      sum = 0.9999 * sum + value - mean - 0.005;
      lowest = Math.min(lowest, sum);
      return seen >= 30 && sum - lowest > 20;
    });

    // Where river 0.26.1 fires with alpha=0.9999: half a stream after errors became rarer.
    expect(theirs).toBe(39_840);
    expect(changes(fallen, 20)).toEqual([]);
  });

  test('finds a rise of the error rate, and not a fall', () => {
    expect(changes(share(4000, 0.1, 0.4), 20)[0]).toBeGreaterThan(2000);
    expect(changes(share(4000, 0.1, 0.4), 20)[0]).toBeLessThan(2200);
    expect(changes(share(4000, 0.4, 0.1), 20)).toEqual([]);
  });

  test('says nothing in the first 29 rows', () => {
    expect(changes([0, ...new Array<number>(28).fill(100)], 20)).toEqual([]);
    expect(changes([0, ...new Array<number>(29).fill(100)], 20)).toEqual([29]);
  });

  test('is no budget: its default threshold raises false alarms on a quiet stream of 0 and 1', () => {
    const next = uniform(3);
    const stream = Array.from({ length: 100_000 }, () => (next() < 0.3 ? 1 : 0));

    expect(changes(stream, 50).length).toBeGreaterThan(0);
  });
});

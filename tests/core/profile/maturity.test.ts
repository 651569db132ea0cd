import { describe, expect, test } from 'vitest';
import { cubesByWindow } from '../../../pipelines/core/profile/cubes-by-window.ts';
import { cubeOf, mergeCubes } from '../../../pipelines/core/profile/label-cube.ts';
import { LAG_ENDS, lagCell } from '../../../pipelines/core/profile/lag-grid.ts';
import { learnLagCurve } from '../../../pipelines/core/profile/learn-lag-curve.ts';
import { isMature, maturityOf, settlingSeconds } from '../../../pipelines/core/profile/maturity.ts';
import { mergeArrivals, noArrivals } from '../../../pipelines/core/profile/merge-arrivals.ts';
import { addSeconds, epochSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { LabelArrivals } from '../../../pipelines/core/schema/label-arrivals.ts';
import { LagCurve } from '../../../pipelines/core/schema/lag-curve.ts';
import { definitionWith, MONDAY } from '../../fakes/watched-world.ts';

const DAY = 86_400;
const definition = definitionWith();
const dayOf = (day: number) => ({ start: addSeconds(MONDAY, day * DAY), end: addSeconds(MONDAY, (day + 1) * DAY) });

/** Days of 600 predictions each, seen at the end of the last: positives come after two days, negatives half at once and half after ten days. */
function arrivalsOf(days: number): { arrivals: LabelArrivals[]; asOf: string } {
  const asOf = dayOf(days - 1).end;
  const arrivals = Array.from({ length: days }, (_, day): LabelArrivals => {
    const watched = epochSeconds(asOf) - epochSeconds(dayOf(day).end);
    const of = (lag: number, labels: number, positives: number): LabelArrivals =>
      lag <= watched ? { ...noArrivals(dayOf(day)), labels, cells: [[lagCell(lag), labels, positives]] } : noArrivals(dayOf(day));
    return [of(60, 200, 0), of(2 * DAY, 200, 200), of(10 * DAY, 200, 0)].reduce(mergeArrivals);
  });
  return { arrivals, asOf };
}

describe('a lag curve', () => {
  const { arrivals, asOf } = arrivalsOf(40);
  const curve = learnLagCurve(arrivals, asOf);
  const at = (seconds: number) => curve?.points.findLast(([end]) => end <= seconds);

  test('is learnt free of the bias of the newest windows, class by class', () => {
    expect(LagCurve.parse(curve)).toEqual(curve);
    expect(at(DAY)?.slice(0, 2)).toEqual([DAY, expect.closeTo(1 / 3, 9)]);
    expect(at(2 * DAY)?.[1]).toBeCloseTo(2 / 3, 9);
    expect(at(10 * DAY)?.[1]).toBe(1);
    expect(at(DAY)?.slice(4)).toEqual([0, expect.closeTo(0.5, 9)]);
    expect(curve?.positives).toBeCloseTo(1 / 3, 6);
  });

  test('has bounds that hold the share, and widen with fewer labels', () => {
    const few = learnLagCurve(
      arrivals.map((window) => ({ ...window, cells: window.cells.map(([cell, labels, yes]) => [cell, labels / 20, yes / 20]) })),
      asOf,
    );
    const width = (of: LagCurve | null) => {
      const [, share = 0, lower = 0, upper = 0] = of?.points.find(([end]) => end === 2 * DAY) ?? [];
      expect(lower <= share && share <= upper).toBe(true);
      return upper - lower;
    };

    expect(width(few) / width(curve)).toBeCloseTo(Math.sqrt(20), 2);
  });

  test('is none where labels have no time or too few have come', () => {
    expect(learnLagCurve([{ ...noArrivals(dayOf(0)), labels: 500 }], asOf)).toBeNull();
    expect(learnLagCurve(arrivals.slice(-1), asOf)).toBeNull();
  });

  test('tells the maturity of a window, and which way its labels are bent', () => {
    const knowledge = { definition, curve };
    const later = (seconds: number) => maturityOf(knowledge, dayOf(0), addSeconds(dayOf(0).end, seconds));

    expect(later(3 * DAY).share).toBeCloseTo(2 / 3, 9);
    expect(later(3 * DAY).excessPositives).toBeCloseTo(1 / 2 - 1 / 3, 4);
    expect(later(60).share).toBeGreaterThan(0.3);
    expect(later(60).excessPositives).toBeLessThan(-0.3);
    expect(later(11 * DAY)).toEqual({ share: 1, excessPositives: expect.closeTo(0, 9) });
    expect(isMature(later(3 * DAY), definition)).toBe(false);
    expect(isMature(later(11 * DAY), definition)).toBe(true);
    expect(settlingSeconds(knowledge)).toBe(10 * DAY);
  });

  test('without a curve, all labels come with the declared delay', () => {
    const knowledge = { definition, curve: null };
    const { start, end } = dayOf(0);

    expect(maturityOf(knowledge, { start, end }, end).share).toBe(0);
    expect(maturityOf(knowledge, { start, end }, addSeconds(end, DAY / 2)).share).toBeCloseTo(0.5, 9);
    expect(maturityOf(knowledge, { start, end }, addSeconds(end, DAY)).share).toBe(1);
    expect(settlingSeconds(knowledge)).toBe(DAY);
  });
});

test('the lag grid ascends, and a lag falls into the cell that ends at it', () => {
  expect([...LAG_ENDS].sort((a, b) => a - b)).toEqual(LAG_ENDS);
  expect(LAG_ENDS.map(lagCell)).toEqual(LAG_ENDS.map((_, cell) => cell));
  expect([lagCell(-DAY), lagCell(61), lagCell(1e9)]).toEqual([0, 1, LAG_ENDS.length]);
});

test('arrivals merge as one count, in any order', () => {
  const { arrivals } = arrivalsOf(30);
  const forth = arrivals.reduce(mergeArrivals);

  expect([...arrivals].reverse().reduce(mergeArrivals)).toEqual(forth);
  expect(forth.cells.reduce((sum, [, labels]) => sum + labels, 0)).toBe(forth.labels);
});

test('cubes by window hold together what one cube holds', () => {
  const rows = Array.from({ length: 500 }, (_, row) => row);
  const scores = rows.map((row) => ((row * 37) % 101) / 101);
  const labels = rows.map((row) => (row % 7 === 0 ? Number.NaN : row % 2));
  const timestamps = rows.map((row) => epochSeconds(MONDAY) + row * 600);
  const windows = [0, 1, 2, 3].map(dayOf);

  const cubes = cubesByWindow({ scores, labels, timestamps, modelVersion: 'v1' }, windows);
  const whole = cubeOf({ scores, labels, window: { start: MONDAY, end: dayOf(3).end }, modelVersion: 'v1' });

  expect(cubes.map(({ window }) => window)).toEqual(windows);
  expect(mergeCubes(cubes)).toMatchObject({ labelled: whole.labelled, positives: whole.positives });
});

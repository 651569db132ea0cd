import { describe, expect, test } from 'vitest';
import { addSeconds, epochSeconds } from '../../../pipelines/core/schema/instant.ts';
import { describeChart, trendOf } from '../../../pipelines/core/views/charts/chart-words.ts';
import { type LineChartSource, lineChart, NARROW, WIDE } from '../../../pipelines/core/views/charts/line-chart.ts';
import { niceTicks, place, tickDigits } from '../../../pipelines/core/views/charts/linear-scale.ts';
import { sparkLine } from '../../../pipelines/core/views/charts/spark-line.ts';
import { timeTicks } from '../../../pipelines/core/views/charts/time-axis.ts';

const DAY = 86_400;
const FIRST = '2001-03-01T00:00:00Z';
const at = (day: number) => addSeconds(FIRST, day * DAY);

function chartOf(values: readonly (number | null)[], days: readonly number[] = values.map((_, day) => day + 1)): LineChartSource {
  const points = values.map((value, index) => ({
    at: at(days[index] ?? index),
    value,
    lower: value === null ? null : value - 0.01,
    upper: value === null ? null : value + 0.01,
  }));
  return { points, windowSeconds: DAY, levels: [], changes: [], pendingFrom: null, zeroBased: false, endLabel: 'end' };
}

function drawn(source: LineChartSource) {
  const chart = lineChart(source, WIDE);
  if (chart === null) throw new Error('nothing was drawn');
  return chart;
}

describe('scales', () => {
  test('place is linear and survives an empty domain', () => {
    expect(place({ domain: [0, 10], range: [100, 200] }, 5)).toBe(150);
    expect(place({ domain: [3, 3], range: [0, 10] }, 3)).toBe(5);
  });

  test.each([
    [0.604, 0.666, 5],
    [0, 1599, 5],
    [-950, -750, 5],
    [5, 5, 4],
    [0, 0, 4],
    [1e-7, 3e-7, 5],
  ])('ticks from %f to %f cover the data, ascend, and their digits tell them apart', (low, high, count) => {
    const ticks = niceTicks(low, high, count);

    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(count + 3);
    expect(ticks[0]).toBeLessThanOrEqual(low);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(high);
    const labels = ticks.map((tick) => tick.toFixed(tickDigits(ticks)));
    if (low >= 1e-5 || low <= 0) expect(new Set(labels).size).toBe(ticks.length);
  });

  test('months start on their first day and respect the limit', () => {
    const ticks = timeTicks({ start: '2001-01-15T00:00:00Z', end: '2001-07-01T00:00:00Z' }, 8);

    expect(ticks.map((tick) => tick.label)).toEqual(['1 Feb 2001', '1 Mar', '1 Apr', '1 May', '1 Jun', '1 Jul']);
  });

  test('a short range has ticks by days', () => {
    expect(timeTicks({ start: FIRST, end: at(4) }, 8).map((tick) => tick.label)).toEqual([
      '1 Mar 2001',
      '2 Mar',
      '3 Mar',
      '4 Mar',
      '5 Mar',
    ]);
  });

  test('years of data fit into few ticks', () => {
    expect(timeTicks({ start: '1999-01-01T00:00:00Z', end: '2005-01-01T00:00:00Z' }, 8).length).toBeLessThanOrEqual(8);
  });
});

describe('line chart', () => {
  test('nothing measured draws nothing', () => {
    expect(lineChart(chartOf([null, null]), WIDE)).toBeNull();
    expect(lineChart(chartOf([]), WIDE)).toBeNull();
  });

  test('time is true: a pause of nine days is nine days wide, breaks the line, and is hatched', () => {
    const chart = drawn(chartOf([0.6, 0.61, 0.62, 0.63], [1, 2, 11, 12]));

    const perDay = (chart.plot.right - chart.plot.left) / 12;
    expect(chart.lines).toHaveLength(2);
    expect(chart.gaps).toHaveLength(1);
    expect(chart.gaps[0]?.width).toBeCloseTo(9 * perDay, 0);
  });

  test('a window without a value breaks line and band and is hatched', () => {
    const chart = drawn(chartOf([0.6, 0.61, null, 0.62, 0.63]));

    expect(chart.lines).toHaveLength(2);
    expect(chart.bands).toHaveLength(2);
    expect(chart.gaps).toHaveLength(1);
  });

  test('a value between gaps is a dot, not lost', () => {
    const chart = drawn(chartOf([0.6, 0.61, null, 0.65, null, 0.62, 0.63]));

    expect(chart.dots).toHaveLength(1);
  });

  test('the band encloses the line and everything stays inside the plot', () => {
    const chart = drawn(chartOf([0.6, 0.61, 0.62]));

    const ys = [...(chart.bands[0] ?? '').matchAll(/ (-?[\d.]+)/g)].map((match) => Number(match[1]));
    expect(Math.min(...ys)).toBeGreaterThanOrEqual(chart.plot.top);
    expect(Math.max(...ys)).toBeLessThanOrEqual(chart.plot.bottom);
  });

  test('an axis that does not start at 0 says so; a zero-based one need not', () => {
    expect(drawn(chartOf([0.6, 0.62])).axisNote).toMatch(/^Value axis starts at 0\.5/);
    expect(drawn({ ...chartOf([60, 62]), zeroBased: true }).axisNote).toBeNull();
  });

  test('a level that lasts too briefly for its label keeps its line and drops its label', () => {
    const levels = [
      { from: at(0), to: at(1), value: 0.61, label: 'v1 promised 0.610', meaning: 'promise' as const },
      { from: at(1), to: at(40), value: 0.6, label: 'v2 promised 0.600', meaning: 'promise' as const },
    ];
    const chart = drawn({ ...chartOf([...Array(40).keys()].map((day) => 0.6 + day / 1000)), levels });

    expect(chart.levels.map((level) => level.label?.text ?? null)).toEqual([null, 'v2 promised 0.600']);
  });

  test('windows that wait for labels are shaded to the right edge', () => {
    const chart = drawn({ ...chartOf([0.6, 0.61, 0.62, 0.63]), pendingFrom: at(3) });

    expect((chart.pending?.x ?? 0) + (chart.pending?.width ?? 0)).toBeCloseTo(chart.plot.right, 1);
  });

  test('the narrow shape keeps its labels inside', () => {
    const chart = lineChart(chartOf([0.6, 0.61, 0.62]), NARROW);

    for (const tick of chart?.timeTicks ?? []) expect(tick.x).toBeLessThanOrEqual(NARROW.width);
    expect(chart?.timeTicks.length).toBeLessThanOrEqual(NARROW.timeTicks + 1);
  });

  test('the plot spans what it says it spans', () => {
    const chart = drawn(chartOf([0.6, 0.61]));

    expect(chart.domain.from).toBe(epochSeconds(FIRST));
    expect(chart.domain.to).toBe(epochSeconds(at(2)));
  });
});

describe('words', () => {
  const points = [0.66, 0.66, 0.65, 0.64, 0.62, 0.61, 0.605, 0.6].map((value, day) => ({ at: at(day), value }));

  test('a chart in words holds the latest value, range, trend and threshold status', () => {
    const words = describeChart({
      name: 'realised AUC',
      digits: 3,
      points,
      level: { value: 0.64, name: 'tolerated level', badWhen: 'below' },
    });

    expect(words).toBe(
      'Latest realised AUC: 0.600 on 8 Mar 2001. Range 0.600 to 0.660 over 8 windows since 1 Mar 2001. Trend: falling. The latest value is below, on the wrong side of the tolerated level of 0.640.',
    );
  });

  test('missing values are said', () => {
    expect(describeChart({ name: 'x', digits: 1, points: [...points, { at: at(9), value: null }], level: null })).toContain(
      '1 window without a value.',
    );
    expect(describeChart({ name: 'x', digits: 1, points: [], level: null })).toBe('x: no value could be measured.');
  });

  test.each([
    [[1, 2, 1, 2, 1, 2, 1, 2], 'steady'],
    [[1, 1, 1, 1, 5, 6, 7, 8], 'rising'],
    [[1, 2], 'too short to tell'],
  ] as const)('trend of %j is %s', (values, expected) => {
    expect(trendOf(values)).toBe(expected);
  });
});

test('a spark line breaks where values are missing and keeps the level in sight', () => {
  const spark = sparkLine(
    [0.6, 0.61, null, 0.62, 0.63].map((value, day) => ({ at: at(day), value })),
    0.7,
  );

  expect(spark?.paths).toHaveLength(2);
  expect(spark?.level).toBe(4);
  expect(sparkLine([{ at: FIRST, value: 1 }], null)).toBeNull();
});

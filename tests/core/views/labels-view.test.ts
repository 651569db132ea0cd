import { describe, expect, test } from 'vitest';
import type { LagPoint } from '../../../pipelines/core/schema/lag-curve.ts';
import { lagChart } from '../../../pipelines/core/views/charts/lag-chart.ts';
import { standingOf, type WindowLabels } from '../../../pipelines/core/views/labels-view.ts';
import { phraseLag } from '../../../pipelines/core/views/phrase-lag.ts';

const labels = { labels: { maturity: 0.9 } } as Parameters<typeof standingOf>[0];
const windowWith = (parts: Partial<WindowLabels>): WindowLabels => ({
  window: { start: '2001-01-01T00:00:00Z', end: '2001-01-02T00:00:00Z' },
  rows: 100,
  labelled: 90,
  maturity: 1,
  isMature: true,
  corrected: 0,
  ...parts,
});

test('lags are told in the largest whole unit', () => {
  expect([60, 600, 3600, 43_200, 86_400, 604_800].map(phraseLag)).toEqual([
    '1 minute',
    '10 minutes',
    '1 hour',
    '12 hours',
    '1 day',
    '7 days',
  ]);
});

describe('which windows count', () => {
  test('tells what is waited for, and corrections', () => {
    const windows = [
      windowWith({ corrected: 2 }),
      windowWith({ maturity: 0.7, isMature: false }),
      windowWith({ maturity: 0.62, isMature: false }),
    ];

    expect(standingOf(labels, windows)).toBe(
      '2 windows of 3 still wait for 90.0 % of the labels that ever come (62.0 % of the labels of the newest may be expected to be in). 2 labels changed after arriving; the newest counts.',
    );
    expect(standingOf(labels, windows.slice(0, 1))).toBe(
      'The labels of every reported window are mature. 2 labels changed after arriving; the newest counts.',
    );
    expect(standingOf(labels, [])).toBe('No window has been reported.');
  });
});

describe('the lag chart', () => {
  const points: LagPoint[] = [
    [3600, 0.2, 0.15, 0.25, null, null],
    [86_400, 0.6, 0.55, 0.65, null, null],
    [172_800, 1, 1, 1, null, null],
  ];

  test('climbs in stairs from none to all', () => {
    const chart = lagChart(points);

    const heights = [...(chart?.line ?? '').matchAll(/V([\d.]+)/g)].map(([, y]) => Number(y));
    expect(heights).toHaveLength(3);
    expect([...heights].sort((a, b) => b - a)).toEqual(heights);
    expect(heights.at(-1)).toBe(chart?.levels.at(-1)?.y);
    expect(chart?.ticks.map(({ label }) => label)).toEqual(['1 hour', '1 day', '2 days']);
    expect(chart?.band.endsWith('Z')).toBe(true);
  });

  test('one point is no curve', () => {
    expect(lagChart(points.slice(0, 1))).toBeNull();
  });
});

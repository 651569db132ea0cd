import { describe, expect, test } from 'vitest';
import { costOfWaiting } from '../../../pipelines/core/business/cost-of-waiting.ts';
import { pooledValue, windowEffect } from '../../../pipelines/core/business/pooled-value.ts';
import { serviceReport } from '../../../pipelines/core/business/service-report.ts';
import { cubeOf } from '../../../pipelines/core/profile/label-cube.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { WrittenModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { ServiceReport } from '../../../pipelines/core/schema/service-report.ts';
import type { WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { categoricalProfile, definitionWith, GRIDS, MONDAY, numericColumn, ordinaryDay } from '../../fakes/watched-world.ts';

const LOGGED: WrittenModelDefinition['logs'] = {
  format: 'jsonl',
  path: 'x.jsonl',
  columns: { id: 'id', timestamp: 'ts', score: 'score', latencyMs: 'ms', error: 'error' },
};
const day = ordinaryDay({ rows: 1000, seed: 5 });
const latencies = Float64Array.from({ length: 1000 }, (_, row) => row);

function report(profile: WindowProfile, parts: Partial<WrittenModelDefinition> = {}) {
  return ServiceReport.parse(serviceReport({ definition: definitionWith(parts), profile, latencyGrid: GRIDS['$latencyMs'] }));
}

const valuesOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([value, rows]) => new Array<string>(rows).fill(value));

describe('serviceReport', () => {
  test('gives latency quantiles with intervals, errors with theirs, and usage by hour', () => {
    const profile = {
      ...day,
      errors: 20,
      hours: new Array<number>(24).fill(40),
      columns: { ...day.columns, $latencyMs: numericColumn('$latencyMs', latencies) },
    };

    const { latencyMs, errors, hours } = report(profile, { logs: LOGGED });

    expect(latencyMs?.rows).toBe(1000);
    for (const { quantile, value, interval } of latencyMs?.quantiles ?? []) {
      expect(Math.abs(value - 1000 * quantile)).toBeLessThanOrEqual(5);
      expect(interval.lower).toBeLessThan(value);
      expect(interval.upper).toBeGreaterThan(value);
      const half = 1.96 * Math.sqrt(quantile * (1 - quantile) * 1000);
      expect(Math.abs(interval.upper - interval.lower - 2 * half)).toBeLessThan(10);
    }
    // Wilson interval of 20 in 1,000: statsmodels proportion_confint(20, 1000, method='wilson').
    expect(errors).toMatchObject({ failed: 20, share: 0.02 });
    expect(errors?.interval.lower).toBeCloseTo(0.01298, 4);
    expect(hours).toEqual(new Array<number>(24).fill(40));
  });

  test('tells no rest of a few rows: the next smallest region joins it', () => {
    const regions = (counts: Readonly<Record<string, number>>) => {
      const profile = { ...day, columns: { ...day.columns, place: categoricalProfile(valuesOf(counts)) } };
      return report(profile, { service: { region: 'place' } }).regions;
    };

    expect(regions({ north: 700, south: 297, west: 3 })).toEqual([
      { region: 'north', rows: 700 },
      { region: null, rows: 300 },
    ]);
    expect(regions({ north: 700, south: 300 })).toHaveLength(2);
    expect(regions({ north: 700, south: 270, west: 15, east: 15 })?.at(-1)).toEqual({ region: null, rows: 30 });
  });

  test('says of each part that is missing why', () => {
    const found = report(day);

    expect(found).toMatchObject({ latencyMs: null, errors: null, hours: null, regions: null, cost: null });
    expect(Object.keys(found.why).sort()).toEqual(['cost', 'errors', 'hours', 'latencyMs', 'regions']);
    expect(found.why.regions).toContain('service.region');
  });

  test('names no region of fewer rows than the privacy count', () => {
    const places = [
      ...new Array<string>(500).fill('north'),
      ...new Array<string>(480).fill('south'),
      ...new Array<string>(19).fill('tiny'),
      null,
    ];
    const profile = { ...day, columns: { ...day.columns, place: categoricalProfile(places) } };

    expect(report(profile, { service: { region: 'place' } }).regions).toEqual([
      { region: 'north', rows: 500 },
      { region: 'south', rows: 480 },
      { region: null, rows: 20 },
    ]);
  });

  test('multiplies the stated cost with the predictions', () => {
    const costPerPrediction = { amount: 0.002, currency: 'EUR', assumption: 'hosting bill', assumedOn: '2026-01-01', owner: 'finance' };

    expect(report(day, { service: { costPerPrediction } }).cost).toEqual({ perPrediction: 0.002, total: 2, currency: 'EUR' });
  });
});

describe('pooledValue', () => {
  const worth = {
    currency: 'EUR',
    threshold: 0.5,
    truePositive: 10,
    falsePositive: -2,
    falseNegative: 0,
    trueNegative: 0,
    assumption: 'test',
    assumedOn: '2026-01-01',
    owner: 'test',
  };
  const cube = (dayNumber: number, right: number, wrong: number) => {
    const window = { start: addSeconds(MONDAY, dayNumber * 86_400), end: addSeconds(MONDAY, (dayNumber + 1) * 86_400) };
    const labels = [...new Array<number>(right).fill(1), ...new Array<number>(wrong).fill(0)];
    return cubeOf({ scores: labels.map(() => 0.9), labels, window, modelVersion: 'v1' });
  };

  test('is the mean of all rows; days that differ widen it, days that agree do not', () => {
    const alike = pooledValue(
      [0, 1, 2, 3, 4].map((number) => cube(number, 50, 50)),
      worth,
    );
    const uneven = pooledValue(
      [0, 1, 2, 3, 4].map((number) => cube(number, 10 + 20 * number, 90 - 20 * number)),
      worth,
    );

    expect(alike).toMatchObject({ windows: 5, labelled: 500, perPrediction: 4, interval: { lower: 4, upper: 4 } });
    expect(uneven?.perPrediction).toBeCloseTo(4, 10);
    // Shares .1, .3, .5, .7, .9: standard error of their mean .1414, t of 4 degrees of freedom 2.776, 12 a hit.
    expect((uneven?.interval?.upper ?? 0) - 4).toBeCloseTo(12 * 2.776445 * Math.sqrt(0.1 / 5), 4);
  });

  test('four windows have a value and say why no interval; no label, no value', () => {
    expect(
      pooledValue(
        [0, 1, 2, 3].map((number) => cube(number, 50, 50)),
        worth,
      ),
    ).toMatchObject({
      perPrediction: 4,
      interval: null,
      why: expect.stringContaining('5 are needed'),
    });
    expect(pooledValue([], worth)).toBeNull();
  });

  test('the cost of waiting widens with days that differ, and with their small number', () => {
    const matrix = { truePositive: 700, falsePositive: 100, falseNegative: 300, trueNegative: 900 };
    const promised = { truePositive: 950, falsePositive: 50, falseNegative: 50, trueNegative: 950 };
    const width = (cubes: Parameters<typeof windowEffect>[0]) => {
      const effect = windowEffect(cubes, worth);
      const { interval } = costOfWaiting({ promised, observed: matrix, worth, rowsPerDay: 100, effect });
      return { effect, width: (interval?.upper ?? 0) - (interval?.lower ?? 0) };
    };

    const rows = width([]);
    const alike = width([0, 1, 2, 3, 4].map((number) => cube(number, 50, 50)));
    const uneven = width([0, 1, 2, 3, 4].map((number) => cube(number, 10 + 20 * number, 90 - 20 * number)));

    expect(rows.effect).toBeNull();
    expect(alike.effect).toEqual({ designEffect: 1, windows: 5 });
    expect(alike.width / rows.width).toBeCloseTo(2.776445 / 1.959964, 5);
    // Days of 100 rows, half right in all: variance of the mean .1 / 5 by days, .25 / 500 by rows.
    expect(uneven.effect?.designEffect).toBeCloseTo(0.1 / 5 / (0.25 / 500), 0);
    expect(uneven.width / alike.width).toBeCloseTo(Math.sqrt(uneven.effect?.designEffect ?? 0), 6);
  });
});

import { describe, expect, test } from 'vitest';
import { cubeOf, emptyCube } from '../../../pipelines/core/profile/label-cube.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { LabelCube } from '../../../pipelines/core/schema/label-cube.ts';
import { Signal } from '../../../pipelines/core/schema/signal.ts';
import { detectSignals } from '../../../pipelines/core/signals/detect-signals.ts';
import { realisedPerformance } from '../../../pipelines/core/signals/realised-performance.ts';
import { definitionWith, labelled, MONDAY, ordinaryDay, ordinaryReference } from '../../fakes/watched-world.ts';

const businessValue = {
  currency: 'USD',
  truePositive: 1,
  falsePositive: -1,
  falseNegative: -1,
  trueNegative: 1,
  assumption: 'test',
  assumedOn: '2026-01-01',
  owner: 'test',
};
const definition = definitionWith({ businessValue });
const reference = ordinaryReference(definition);
const profile = ordinaryDay({ rows: 1000, seed: 1 });
const dayOf = (day: number) => ({ start: addSeconds(MONDAY, day * 86_400), end: addSeconds(MONDAY, (day + 1) * 86_400) });

function realised(trailingCubes: readonly LabelCube[], subject: string, using = definition): Signal {
  const found = realisedPerformance({ definition: using, reference, profile, trailingCubes, cycle: [] }).find(
    (signal) => signal.subject === subject,
  );
  if (found === undefined) throw new RangeError(`no signal for ${subject}`);
  return Signal.parse(found);
}

describe('realisedPerformance', () => {
  test.each([
    [0.78, 5000, 'ok'],
    [0.72, 250, 'warning'],
    [0.6, 5000, 'alert'],
  ])('ranking of about %f on %i labels: %s', (auc, rows, status) => {
    const signal = realised([labelled(rows, auc, dayOf(-1))], 'rocAuc');

    expect(signal.status).toBe(status);
    expect(signal.sampleSize).toBe(rows);
    expect(signal.threshold?.level).toBeCloseTo((signal.reference ?? 0) - 0.02, 12);
  });

  test('names the metric and its digits as every page does', () => {
    const signal = realised([labelled(5000, 0.6, dayOf(-1))], 'rocAuc');

    expect(signal.why).toMatch(
      /^AUC is 0\.\d{3} \(0\.\d{3} to 0\.\d{3}\) on 5,000 labelled rows; 0\.\d{3} was promised and 0\.\d{3} is the limit: /,
    );
  });

  test('alerts exactly when the upper bound is below the limit', () => {
    for (const auc of [0.6, 0.65, 0.68, 0.7, 0.71, 0.72, 0.73, 0.75]) {
      const { interval, threshold, value, status } = realised([labelled(2000, auc, dayOf(-1))], 'rocAuc');
      const limit = threshold?.level ?? Number.NaN;

      expect(status === 'alert').toBe((interval?.upper ?? Number.NaN) < limit);
      expect(status === 'ok').toBe((value ?? Number.NaN) >= limit);
    }
  });

  test('is mirrored for a metric of which less is better', () => {
    const byLoss = definitionWith({ monitoring: { performance: { metric: 'logLoss', toleratedDrop: 0.05 } } });

    const bad = realised([labelled(5000, 0.55, dayOf(-1))], 'logLoss', byLoss);
    const good = realised([labelled(5000, 0.9, dayOf(-1))], 'logLoss', byLoss);

    expect(bad).toMatchObject({ status: 'alert', threshold: { operator: '>' } });
    expect(bad.interval?.lower).toBeGreaterThan(bad.threshold?.level ?? Number.POSITIVE_INFINITY);
    expect(good.status).toBe('ok');
  });

  test('pools the trailing windows, and keeps the id of the monitoring window', () => {
    const signal = realised([labelled(700, 0.75, dayOf(-2)), labelled(800, 0.75, dayOf(-1))], 'rocAuc');

    expect(signal.sampleSize).toBe(1500);
    expect(signal.window).toEqual({ start: dayOf(-2).start, end: MONDAY });
    expect(signal.id).toBe('realised-performance/rocAuc/20010115T000000Z_20010116T000000Z');
  });

  test('few labels, no labels and one class are insufficient data', () => {
    const oneClass = cubeOf({
      scores: new Array<number>(900).fill(0.4),
      labels: new Array<number>(900).fill(0),
      window: dayOf(-1),
      modelVersion: 'v1',
    });

    expect(realised([labelled(100, 0.75, dayOf(-1))], 'rocAuc')).toMatchObject({ status: 'insufficient-data', sampleSize: 100 });
    expect(realised([], 'rocAuc')).toMatchObject({ status: 'insufficient-data', sampleSize: 0, value: null });
    expect(realised([emptyCube(dayOf(-1), 'v1')], 'valuePerPrediction')).toMatchObject({ status: 'insufficient-data' });
    expect(realised([oneClass], 'rocAuc')).toMatchObject({ status: 'insufficient-data', value: null });
    expect(realised([oneClass], 'rocAuc').why).toContain('ranking needs both classes');
  });

  test('a promise that was never made is insufficient data, not a pass', () => {
    const silent = { ...reference, promise: [] };

    const [signal] = realisedPerformance({
      definition,
      reference: silent,
      profile,
      trailingCubes: [labelled(5000, 0.6, dayOf(-1))],
      cycle: [],
    });

    expect(signal).toMatchObject({ status: 'insufficient-data', threshold: null });
  });

  test('accuracy and log loss stand beside it and never alert', () => {
    const cubes = [labelled(5000, 0.55, dayOf(-1))];

    for (const subject of ['accuracy', 'logLoss']) expect(realised(cubes, subject)).toMatchObject({ status: 'ok', threshold: null });
  });

  test('money warns when it is below the promise for sure', () => {
    expect(realised([labelled(5000, 0.55, dayOf(-1))], 'valuePerPrediction')).toMatchObject({ kind: 'business-value', status: 'warning' });
    expect(realised([labelled(5000, 0.8, dayOf(-1))], 'valuePerPrediction')).toMatchObject({ status: 'ok' });
  });
});

describe('detectSignals', () => {
  test('gives every statement of an empty window without NaN, each id once', () => {
    const { signals } = detectSignals({ definition, reference, profile: ordinaryDay({ rows: 0, seed: 1 }), trailingCubes: [], cycle: [] });

    for (const signal of signals) expect(Signal.parse(signal).why.length).toBeGreaterThan(10);
    expect(signals.filter(({ kind }) => kind !== 'volume').every(({ status }) => status === 'insufficient-data')).toBe(true);
    expect(new Set(signals.map(({ id }) => id)).size).toBe(signals.length);
    expect(JSON.stringify(signals)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

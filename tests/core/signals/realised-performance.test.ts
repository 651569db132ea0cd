import { describe, expect, test } from 'vitest';
import { cubeOf, emptyCube } from '../../../pipelines/core/profile/label-cube.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { LabelCube } from '../../../pipelines/core/schema/label-cube.ts';
import type { MetricName } from '../../../pipelines/core/schema/metric.ts';
import type { ReferenceProfile } from '../../../pipelines/core/schema/reference-profile.ts';
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
/** Fourteen days, each by itself about as good as promised. */
const DAYS = [0.01, -0.01, 0, 0.005, -0.005, 0.012, -0.012, 0.003, -0.003, 0.008, -0.008, 0, 0.004, -0.004];

/** A reference that was kept by day. */
function byDay(metric: MetricName, from: ReferenceProfile): ReferenceProfile {
  const promise = from.promise.find((each) => each.metric === metric)?.value ?? Number.NaN;
  const windows = DAYS.map((off, day): [string, number, number] => [addSeconds(MONDAY, (day - 14) * 86_400), 280, promise + off]);
  return { ...from, figures: { metric, windows } };
}

const reference = byDay('rocAuc', ordinaryReference(definition));
const profile = ordinaryDay({ rows: 1000, seed: 1 });
const dayOf = (day: number) => ({ start: addSeconds(MONDAY, day * 86_400), end: addSeconds(MONDAY, (day + 1) * 86_400) });

/** Five days, one after the other. */
function week(auc: number, rows = 1000): LabelCube[] {
  return [-5, -4, -3, -2, -1].map((day) => labelled(rows + day, auc, dayOf(day)));
}

function realised(trailingCubes: readonly LabelCube[], subject: string, using = definition, against = reference): Signal {
  const found = realisedPerformance({ definition: using, reference: against, profile, trailingCubes, cycle: [] }).find(
    (signal) => signal.subject === subject,
  );
  if (found === undefined) throw new RangeError(`no signal for ${subject}`);
  return Signal.parse(found);
}

describe('realisedPerformance', () => {
  test.each([
    [0.78, 1000, 'ok'],
    [0.72, 60, 'warning'],
    [0.6, 1000, 'alert'],
  ])('ranking of about %f on five days of %i labels: %s', (auc, rows, status) => {
    const signal = realised(week(auc, rows), 'rocAuc');

    expect(signal.status).toBe(status);
    expect(signal.sampleSize).toBe(5 * rows - 15);
    expect(signal.threshold?.level).toBeCloseTo((signal.reference ?? 0) - 0.02, 12);
  });

  test('names the metric and its digits as every page does', () => {
    const signal = realised(week(0.6), 'rocAuc');

    expect(signal.why).toMatch(
      /^AUC is 0\.\d{3} \(0\.\d{3} to 0\.\d{3}\) on 4,985 labelled rows; 0\.\d{3} was promised and 0\.\d{3} is the limit: /,
    );
    expect(signal.why).toMatch(/more than windows differ by chance \(evidence .+ of 90, 5 windows against 14 of the reference\)\.$/);
  });

  test('alerts exactly when the figure is past the limit and the windows together reach the budget', () => {
    for (const auc of [0.6, 0.65, 0.68, 0.7, 0.71, 0.72, 0.73, 0.75]) {
      const { evidence, threshold, value, status } = realised(week(auc, 2000), 'rocAuc');
      const limit = threshold?.level ?? Number.NaN;

      expect(status === 'alert').toBe((value ?? Number.NaN) < limit && (evidence?.total ?? 0) >= (evidence?.budget ?? Number.NaN));
      expect(status === 'ok').toBe((value ?? Number.NaN) >= limit);
    }
  });

  test('one bad day is no alert, however many rows it has: its rows hang together', () => {
    const signal = realised([labelled(50_000, 0.6, dayOf(-1))], 'rocAuc', definition, {
      ...reference,
      figures: { metric: 'rocAuc', windows: DAYS.map((off, day) => [`${day}`, 280, 0.74 + 5 * off]) },
    });

    expect(signal.status).toBe('warning');
    expect(signal.interval?.upper).toBeLessThan(signal.threshold?.level ?? 0);
    expect(signal.why).toContain('may be chance (evidence ');
  });

  test('a reference that was not kept by window counts as one window', () => {
    const plain = ordinaryReference(definition);

    const signal = realised(week(0.6), 'rocAuc', definition, plain);

    expect(signal.why).toContain('5 windows against 1 of the reference');
  });

  test('is mirrored for a metric of which less is better', () => {
    const byLoss = definitionWith({ monitoring: { performance: { metric: 'logLoss', toleratedDrop: 0.05 } } });

    const against = byDay('logLoss', reference);
    const bad = realised(week(0.55), 'logLoss', byLoss, against);
    const good = realised(week(0.9), 'logLoss', byLoss, against);

    expect(bad).toMatchObject({ status: 'alert', threshold: { operator: '>' } });
    expect(bad.evidence?.total).toBeGreaterThan(90);
    expect(good.status).toBe('ok');
    expect(good.evidence?.total).toBeLessThan(1);
  });

  test('says what is still to come, and which way that bends the figure', () => {
    const history = {
      figures: [0.74, 0.75, 0.76, 0.75, 0.74].map((value) => ({ value, error: 0.01 })),
      waiting: 3,
      newest: { share: 0.62, excessPositives: -0.05 },
      pooled: { share: 0.94, excessPositives: -0.018 },
    };
    const of = (parts: Partial<typeof history>, cubes: readonly LabelCube[]) =>
      realisedPerformance({ definition, reference, profile, trailingCubes: cubes, cycle: [], realised: { ...history, ...parts } })[0];

    expect(of({}, week(0.75))?.why).toContain(
      '94 % of the labels of these rows may be expected to be in; positives come later, so their share is about 1.8 points too low.',
    );
    expect(of({}, week(0.75))?.why).toContain('3 newer windows (of the newest, 62 % of the labels may be in)');
    expect(
      realisedPerformance({ definition, reference, profile, trailingCubes: [], cycle: [], realised: { ...history, pooled: null } })[0],
    ).toMatchObject({
      status: 'insufficient-data',
      why: expect.stringContaining('None of 3 windows is mature: 62 % of the labels of the newest'),
    });
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

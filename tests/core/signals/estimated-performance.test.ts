import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrateCube } from '../../../pipelines/core/profile/calibrate-cube.ts';
import { cubeOf } from '../../../pipelines/core/profile/label-cube.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { Signal } from '../../../pipelines/core/schema/signal.ts';
import type { WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { detectSignals } from '../../../pipelines/core/signals/detect-signals.ts';
import { estimatedPerformance } from '../../../pipelines/core/signals/estimated-performance.ts';
import { realisedPerformance } from '../../../pipelines/core/signals/realised-performance.ts';
import type { WindowEvidence } from '../../../pipelines/core/signals/signal-of.ts';
import { definitionWith, labelled, MONDAY, numericColumn, ordinaryDay, ordinaryReference, uniform } from '../../fakes/watched-world.ts';

const DAY = 86_400;
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
/** Promises an AUC of about 0.75: a score below a half is positive in one case of three, one above always. */
const reference = ordinaryReference(definition);
const calibration = calibrateCube(reference.labels);

/** A day of which a share of the rows is scored above a half: the larger, the better positives are told apart. */
function dayWith(upper: number, { rows = 2000, day = 0, seed = 1 } = {}): WindowProfile {
  const next = uniform(seed);
  const scores = Float64Array.from({ length: rows }, () => next() * 0.5 + (next() < upper ? 0.5 : 0));
  const ordinary = ordinaryDay({ rows, seed, day });
  return { ...ordinary, columns: { ...ordinary.columns, $score: numericColumn('$score', scores) } };
}

function estimates(parts: Partial<WindowEvidence>, using: ModelDefinition = definition): Signal[] {
  const profile = parts.profile ?? dayWith(0.25);
  const evidence = { definition: using, reference, profile, trailingCubes: [], cycle: [], calibration, ...parts };
  return estimatedPerformance(evidence, realisedPerformance(evidence)).map((signal) => Signal.parse(signal));
}

function estimateOf(subject: string, parts: Partial<WindowEvidence>, using = definition): Signal {
  const found = estimates(parts, using).find((signal) => signal.subject === subject);
  if (found === undefined) throw new RangeError(`no estimate of ${subject}`);
  return found;
}

const auc = (parts: Partial<WindowEvidence>, using = definition) => estimateOf('rocAuc', parts, using);

describe('estimatedPerformance', () => {
  test.each([
    [0.4, 2000, 'ok'],
    [0.2, 300, 'warning'],
    [0.08, 2000, 'alert'],
  ])('a share of %f sure scores in %i rows: %s', (upper, rows, status) => {
    const signal = auc({ profile: dayWith(upper, { rows }) });

    expect(signal.status).toBe(status);
    expect(signal.sampleSize).toBe(rows);
    expect(signal.threshold?.level).toBeCloseTo((signal.reference ?? 0) - 0.02, 12);
    expect(signal.why).toMatch(/^Estimate without labels: AUC is probably 0\.\d{3} \(0\.\d{3} to 0\.\d{3}\) on [\d,]+ rows; /);
  });

  test('alerts exactly when even the upper end of the band is below the limit', () => {
    for (const upper of [0.05, 0.1, 0.15, 0.18, 0.2, 0.22, 0.25, 0.3]) {
      const { interval, threshold, value, status } = auc({ profile: dayWith(upper, { rows: 800 }) });
      const limit = threshold?.level ?? Number.NaN;

      expect(status === 'alert', String(upper)).toBe((interval?.upper ?? Number.NaN) < limit);
      expect(status === 'ok', String(upper)).toBe((value ?? Number.NaN) >= limit);
    }
  });

  test('a metric that gets better never alarms, and a loss is mirrored', () => {
    const byLoss = definitionWith({ monitoring: { performance: { metric: 'logLoss', toleratedDrop: 0.05 } } });

    expect(estimateOf('logLoss', { profile: dayWith(0.6) }, byLoss).status).toBe('ok');
    expect(estimateOf('logLoss', { profile: dayWith(0) }, byLoss)).toMatchObject({ status: 'alert', threshold: { operator: '>' } });
  });

  test('accuracy and value stand beside it and never alert', () => {
    for (const subject of ['accuracy', 'valuePerPrediction']) {
      const signal = estimateOf(subject, { profile: dayWith(0.05) });

      expect(signal).toMatchObject({ kind: 'estimated-performance', status: 'ok', threshold: null });
      expect(signal.value).toBeLessThan((signal.reference ?? 0) - 0.05);
      expect(signal.why).toContain('Reported only');
    }
  });

  test('pools the trailing windows of this version, and keeps the id of the monitoring window', () => {
    const [before, other, today] = [dayWith(0.08, { day: -2 }), { ...dayWith(0.9, { day: -1 }), versions: { v0: 2000 } }, dayWith(0.08)];

    const signal = auc({ profile: today, trailingProfiles: [before, other, today] });

    expect(signal.sampleSize).toBe(4000);
    expect(signal.window).toEqual({ start: addSeconds(MONDAY, -2 * DAY), end: addSeconds(MONDAY, DAY) });
    expect(signal.id).toBe('estimated-performance/rocAuc/20010115T000000Z_20010116T000000Z');
    expect(signal.status).toBe('alert');
  });

  test('where labels tell of most of these rows, it only warns', () => {
    const window = { start: MONDAY, end: addSeconds(MONDAY, DAY) };
    const bad = { profile: dayWith(0.05) };
    const earlier = { start: addSeconds(MONDAY, -DAY), end: MONDAY };

    expect(auc({ ...bad, trailingCubes: [labelled(1200, 0.76, window)] })).toMatchObject({ status: 'warning' });
    expect(auc({ ...bad, trailingCubes: [labelled(1200, 0.76, window)] }).why).toContain('the realised figure decides');
    expect(auc({ ...bad, trailingCubes: [labelled(800, 0.76, window)] })).toMatchObject({ status: 'alert' });
    expect(auc({ ...bad, trailingCubes: [labelled(1200, 0.76, earlier)] })).toMatchObject({ status: 'alert' });
    expect(auc({ ...bad, trailingCubes: [labelled(150, 0.76, window)] })).toMatchObject({ status: 'alert' });
  });
});

describe('what cannot be estimated says so', () => {
  const window = reference.range;
  const fewOfAClass = cubeOf({
    scores: Float64Array.from({ length: 4000 }, (_, row) => row / 4000),
    labels: Float64Array.from({ length: 4000 }, (_, row) => Number(row >= 3975)),
    window,
    modelVersion: 'v1',
  });
  const spoilt = (bad: number) => {
    const scores = Float64Array.from({ length: 1000 }, (_, row) => (row < bad ? Number.NaN : row / 1000));
    return { ...dayWith(0.25), columns: { $score: numericColumn('$score', scores) } };
  };
  const beyond = { ...dayWith(0.25), columns: { $score: numericColumn('$score', new Float64Array(1000).fill(0.999)) } };
  const narrow = cubeOf({
    scores: Float64Array.from({ length: 4000 }, (_, row) => 0.3 + row / 16_000),
    labels: Float64Array.from({ length: 4000 }, (_, row) => row % 2),
    window,
    modelVersion: 'v1',
  });

  test.each<[string, Partial<WindowEvidence>, RegExp]>([
    [
      'few labels of a class',
      { reference: { ...reference, labels: fewOfAClass }, calibration: calibrateCube(fewOfAClass) },
      /25 positive and 3,975 negative labels; 30 of each/,
    ],
    ['few rows', { profile: dayWith(0.05, { rows: 150 }) }, /150 rows have a score; at least 200/],
    ['no row', { profile: dayWith(0.05, { rows: 0 }), trailingProfiles: [dayWith(0.05, { day: -1 })] }, /no scored row/],
    ['missing scores', { profile: spoilt(60) }, /6 % of the scores are missing or no probability/],
    [
      'rows of several versions',
      { profile: { ...dayWith(0.05), versions: { v1: 1700, v2: 300 } } },
      /15 % of the rows were scored by other versions than v1/,
    ],
    ['no promise', { reference: { ...reference, promise: [] } }, /promised no AUC/],
    ['no scores in the profile', { profile: { ...dayWith(0.05), columns: {} } }, /no scored row/],
  ])('%s', (_name, parts, why) => {
    const signal = auc(parts);

    expect(signal).toMatchObject({ status: 'insufficient-data', threshold: null });
    expect(signal.why).toMatch(why);
  });

  test('an estimate that the reference cannot vouch for is shown and never alerts', () => {
    const far = { reference: { ...reference, labels: narrow }, calibration: calibrateCube(narrow) };

    for (const signal of [auc({ profile: beyond, ...far }), auc({ profile: beyond })]) {
      expect(signal.status).toBe('insufficient-data');
      expect(signal.why).toMatch(/not trusted\. (100 % of the scores lie where|The scores look so unlike)|expected to be negative/);
    }
    expect(estimateOf('accuracy', { profile: beyond, ...far })).toMatchObject({ status: 'insufficient-data', value: expect.any(Number) });
  });

  test('five in a hundred may be missing', () => {
    expect(auc({ profile: spoilt(40) }).value).not.toBeNull();
  });

  test('a metric that scores alone cannot tell', () => {
    const byError = definitionWith({ monitoring: { performance: { metric: 'expectedCalibrationError' } } });

    expect(estimateOf('expectedCalibrationError', {}, byError)).toMatchObject({ status: 'insufficient-data', value: null });
    expect(estimateOf('expectedCalibrationError', {}, byError).why).toContain('cannot be estimated from scores alone');
  });
});

describe('removing rows', () => {
  const RANK = { alert: 0, warning: 1, 'insufficient-data': 1, ok: 2 } as const;

  test('never raises health: fewer rows of the same kind never turn bad into good', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 0.19, noNaN: true }), fc.integer({ min: 1, max: 20 }), (upper, keep) => {
        const all = auc({ profile: repeated(dayWith(upper), 20) });
        const thinned = auc({ profile: repeated(dayWith(upper), keep) });

        expect(RANK[thinned.status] <= RANK[all.status] || (all.status === 'alert' && thinned.status !== 'ok')).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  test('never raises health: without a window, a column or all rows nothing is in order', () => {
    const bad = dayWith(0.05);
    for (const profile of [{ ...bad, columns: {} }, dayWith(0.05, { rows: 0 }), dayWith(0.05, { rows: 199 })]) {
      expect(estimates({ profile }).some(({ status }) => status === 'ok')).toBe(false);
    }
  });
});

describe('detectSignals', () => {
  test('learns the calibration by itself when it is not handed over, and says the same', () => {
    const evidence = { definition, reference, profile: dayWith(0.05), trailingCubes: [], cycle: [] };
    const estimated = (signals: readonly Signal[]) => signals.filter(({ kind }) => kind === 'estimated-performance');

    const [alone, handed] = [detectSignals(evidence), detectSignals({ ...evidence, calibration })];

    expect(estimated(alone.signals)).toEqual(estimated(handed.signals));
    expect(estimated(alone.signals).map(({ subject }) => subject)).toEqual(['rocAuc', 'accuracy', 'valuePerPrediction']);
  });
});

/** The same histogram with each cell `times` as full. */
function repeated(profile: WindowProfile, times: number): WindowProfile {
  const score = profile.columns['$score'];
  if (score?.kind !== 'numeric') throw new RangeError('a numeric column was expected');
  const cells = score.cells.map(([cell, rows, sum, squares]): [number, number, number, number] => [
    cell,
    rows * times,
    sum * times,
    squares * times,
  ]);
  const rows = profile.rows * times;
  return {
    ...profile,
    rows,
    versions: { v1: rows },
    columns: { ...profile.columns, $score: { ...score, rows: score.rows * times, cells } },
  };
}

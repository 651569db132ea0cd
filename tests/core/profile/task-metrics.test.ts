import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cubeMetric, cubeMetrics } from '../../../pipelines/core/profile/cube-metrics.ts';
import { cubeOf, emptyCube, type LabelledScores, mergeCubes } from '../../../pipelines/core/profile/label-cube.ts';
import { LabelCube } from '../../../pipelines/core/schema/label-cube.ts';
import { MetricName, metricsOf } from '../../../pipelines/core/schema/metric.ts';

const WINDOW = { start: '2024-01-01T00:00:00Z', end: '2024-01-02T00:00:00Z' };
const PLACE = { window: WINDOW, modelVersion: 'v1' };

/** A linear congruential sequence in [0, 1), so that the oracle below can be computed from the same rows elsewhere. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function ranked(): LabelledScores {
  const next = sequence(1);
  const rows = Array.from({ length: 400 }, () => {
    const [a, b] = [next(), next()];
    return { score: (Math.floor(a * 50) * 80) / 4096, label: b < 0.1 + 0.6 * a ? 1 : 0 };
  });
  return { ...PLACE, task: 'binary', scores: rows.map(({ score }) => score), labels: rows.map(({ label }) => label) };
}

/** Five classes, of which the fourth never occurs. */
function answers(): LabelledScores {
  const next = sequence(7);
  const rows = Array.from({ length: 500 }, () => {
    const [a, b, c] = [next(), next(), next()];
    const label = a < 0.5 ? 0 : a < 0.8 ? 1 : a < 0.9 ? 2 : 4;
    return { label, called: b < 0.7 ? label : ([0, 1, 4][Math.floor(c * 3)] ?? 0), score: Math.floor((0.3 + 0.7 * c) * 4096) / 4096 };
  });
  const [scores, labels, predicted] = [rows.map(({ score }) => score), rows.map(({ label }) => label), rows.map(({ called }) => called)];
  return { ...PLACE, task: 'multiclass', scores, labels, predicted };
}

function numbers(): LabelledScores {
  const next = sequence(3);
  const rows = Array.from({ length: 300 }, () => {
    const [a, b, c] = [next(), next(), next()];
    const label = 100 + 60 * a * a;
    return { label, score: label + (b - 0.4) * 20 * (1 + a) + (c < 0.02 ? 30 : 0) };
  });
  return { ...PLACE, task: 'regression', scores: rows.map(({ score }) => score), labels: rows.map(({ label }) => label) };
}

const WORLDS = { binary: ranked, multiclass: answers, regression: numbers };

function metric(rows: LabelledScores, name: MetricName) {
  const found = cubeMetrics(cubeOf(rows), { task: rows.task ?? 'binary' }).find((each) => each.metric === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe('one metric asked for alone', () => {
  const businessValue = {
    currency: 'USD',
    threshold: 0.3,
    truePositive: 5,
    falsePositive: -4,
    falseNegative: -10,
    trueNegative: 0,
    assumption: 'of this test',
    assumedOn: '2026-01-01',
    owner: 'nobody',
  };

  test.each(['binary', 'multiclass', 'regression'] as const)('is the one among all of %s, for every metric that there is', (task) => {
    const cube = cubeOf(WORLDS[task]());
    const measured = { task, ...(task === 'regression' ? {} : { businessValue }) };

    const all = cubeMetrics(cube, measured);
    const alone = MetricName.options.map((name) => cubeMetric(cube, measured, name));

    expect(all.length).toBeGreaterThan(2);
    expect(alone).toEqual(MetricName.options.map((name) => all.find(({ metric }) => metric === name) ?? null));
  });

  test('is none where nothing is known of its value', () => {
    expect(cubeMetric(cubeOf(ranked()), { task: 'binary' }, 'valuePerPrediction')).toBeNull();
  });
});

describe('figures agree with scikit-learn 1.9.1 on the same rows', () => {
  // average_precision_score, recall_score(pos_label=0), accuracy_score, f1_score(average='macro'), brier_score_loss of being right, mean_absolute_error,
  // root_mean_squared_error, r2_score. Intervals: √Σ (∂ metric / ∂ sample_weight)² by central differences of those functions, with n/(n − 1) for means,
  // on the logit scale for average precision, on the log scale for the root mean squared error and for 1 − R².
  test.each([
    ['averagePrecision', 'binary', 0.5268118534609175, 0.4481423814114956, 0.6041721680040119],
    ['macroF1', 'multiclass', 0.7853931372306475, 0.7440557592341712, 0.8267305152271238],
    ['meanAbsoluteError', 'regression', 8.299990626034745, 7.5191848083405874, 9.080796443728902],
    ['rootMeanSquaredError', 'regression', 10.786220921809472, 9.61809276076959, 12.096219559102197],
    ['rSquared', 'regression', 0.6486743402383948, 0.5479610495920776, 0.7269489297425729],
  ] as const)('%s with its interval', (name, task, value, lower, upper) => {
    const found = metric(WORLDS[task](), name);

    expect(found.value).toBeCloseTo(value, 8);
    expect(found.interval?.lower).toBeCloseTo(lower, 5);
    expect(found.interval?.upper).toBeCloseTo(upper, 5);
  });

  test.each([
    ['specificity', 'binary', 0.6311475409836066],
    ['accuracy', 'multiclass', 0.808],
    ['brier', 'multiclass', 0.23615496480464934],
  ] as const)('%s', (name, task, value) => {
    expect(metric(WORLDS[task](), name).value).toBeCloseTo(value, 9);
  });
});

describe.each(['binary', 'multiclass', 'regression'] as const)('the cube of a %s task', (task) => {
  const rows = WORLDS[task]();
  const part = (from: number, to: number): LabelledScores => {
    const cut = (values: ArrayLike<number>) => Array.from(values).slice(from, to);
    return { ...rows, scores: cut(rows.scores), labels: cut(rows.labels), predicted: rows.predicted && cut(rows.predicted) };
  };

  test('has the metrics of its task, in their order', () => {
    const names = cubeMetrics(cubeOf(rows), { task }).map((each) => each.metric);

    expect(names).toEqual(metricsOf(task).filter((name) => name !== 'valuePerPrediction'));
  });

  test('is what the schema says, and survives JSON', () => {
    const cube = cubeOf(rows);

    expect(LabelCube.parse(JSON.parse(JSON.stringify(cube)))).toEqual(cube);
  });

  test('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(120).keys()], { minLength: 120 }), (order) => {
        const pick = (values: ArrayLike<number>) => order.map((row) => values[row] ?? Number.NaN);
        const mixed = { ...rows, scores: pick(rows.scores), labels: pick(rows.labels), predicted: rows.predicted && pick(rows.predicted) };

        expect(cubeOf(mixed)).toEqual(cubeOf(part(0, 120)));
      }),
      { numRuns: 20 },
    );
  });

  test('merges in any order and grouping to the same bytes, and the empty cube changes nothing', () => {
    const [a, b, c] = [cubeOf(part(0, 50)), cubeOf(part(50, 180)), cubeOf(part(180, 300))];

    const texts = [
      [a, b, c],
      [c, a, b],
      [mergeCubes([a, b]), c],
      [a, mergeCubes([b, c])],
      [emptyCube(WINDOW, 'v1'), a, b, c],
    ].map((cubes) => JSON.stringify(mergeCubes(cubes)));

    expect(new Set(texts).size).toBe(1);
  });

  test('of no rows gives no figure and says why', () => {
    const estimates = cubeMetrics(cubeOf(part(0, 0)), { task });

    expect(estimates.every(({ value, interval, why }) => value === null && interval === null && (why ?? '').length > 5)).toBe(true);
  });
});

describe('rows that cannot be', () => {
  test('of a multiclass task are counted, and a missing label is none', () => {
    const cube = cubeOf({
      ...PLACE,
      task: 'multiclass',
      scores: [0.9, 1.1, 0.5, 0.5, 0.5, Number.NaN],
      labels: [1, 0, 0.5, 0, Number.NaN, 1],
      predicted: [1, 0, 0, Number.NaN, 0, 1],
    });

    expect(cube).toMatchObject({
      labelled: 1,
      positives: 1,
      confusion: [[1, 1, 1]],
      quarantined: { 'bad-score': 2, 'bad-label': 1, 'bad-prediction': 1 },
    });
  });

  test('of a regression are counted', () => {
    const scores = [1, Number.POSITIVE_INFINITY, 2, Number.NaN];
    const cube = cubeOf({ ...PLACE, task: 'regression', scores, labels: [-1, 0, Number.NEGATIVE_INFINITY, 3] });

    expect(cube).toMatchObject({ labelled: 1, errors: { absolute: 2, signed: 2 }, quarantined: { 'bad-score': 2, 'bad-label': 1 } });
  });
});

describe('a regression', () => {
  const shifted = (by: number, scale: number): LabelledScores => {
    const { scores, labels, ...rest } = numbers();
    const moved = (values: ArrayLike<number>) => Array.from(values, (value) => by + scale * value);
    return { ...rest, scores: moved(scores), labels: moved(labels) };
  };

  test('has errors in the unit of the label and an R² without one', () => {
    const [plain, metres] = [shifted(0, 1), shifted(0, 1000)];

    for (const name of ['meanAbsoluteError', 'rootMeanSquaredError'] as const)
      expect((metric(metres, name).value ?? 0) / 1000).toBeCloseTo(metric(plain, name).value ?? 0, 6);
    expect(metric(metres, 'rSquared').value).toBeCloseTo(metric(plain, 'rSquared').value ?? 0, 7);
    expect(metric(metres, 'rSquared').interval?.lower).toBeCloseTo(metric(plain, 'rSquared').interval?.lower ?? 0, 5);
  });

  test.each([
    ['far from nothing', 1e4, 3],
    ['below nothing', -260, 6],
  ])('keeps R² when labels lie %s', (_, by, digits) => {
    expect(metric(shifted(by, 1), 'rSquared').value).toBeCloseTo(0.6486743402383948, digits);
  });

  test('says that R² is lost in the digits rather than showing a wrong one', () => {
    expect(metric(shifted(1e9, 1), 'rSquared')).toMatchObject({ value: null, why: expect.stringContaining('vary too little') });
    expect(metric({ ...numbers(), labels: new Array(300).fill(5) }, 'rSquared').value).toBeNull();
  });

  test('without error is perfect', () => {
    const { labels } = numbers();
    const perfect = { ...numbers(), scores: labels };

    expect(metric(perfect, 'meanAbsoluteError')).toMatchObject({ value: 0, interval: { lower: 0, upper: 0 } });
    expect(metric(perfect, 'rootMeanSquaredError').value).toBe(0);
    expect(metric(perfect, 'rSquared').value).toBe(1);
  });

  test('of numbers too large to be squared stays finite in its sums', () => {
    const cube = cubeOf({ ...PLACE, task: 'regression', scores: [1e200, 0], labels: [-1e200, 1] });

    expect(LabelCube.parse(JSON.parse(JSON.stringify(cube)))).toEqual(cube);
  });
});

describe('removing rows', () => {
  test.each([
    ['multiclass', 'macroF1'],
    ['regression', 'meanAbsoluteError'],
    ['binary', 'averagePrecision'],
  ] as const)('of a %s task widens the interval of %s', (task, name) => {
    const rows = WORLDS[task]();
    const tenth = (values: ArrayLike<number>) => Array.from(values).slice(0, Math.floor(values.length / 10));
    const fewer = { ...rows, scores: tenth(rows.scores), labels: tenth(rows.labels), predicted: rows.predicted && tenth(rows.predicted) };
    const width = (of: LabelledScores) => (metric(of, name).interval?.upper ?? 0) - (metric(of, name).interval?.lower ?? 0);

    expect(width(fewer)).toBeGreaterThan(1.5 * width(rows));
  });
});

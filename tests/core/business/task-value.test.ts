import { describe, expect, test } from 'vitest';
import { businessReport } from '../../../pipelines/core/business/business-report.ts';
import { costOfWaiting } from '../../../pipelines/core/business/cost-of-waiting.ts';
import { whyNoValue } from '../../../pipelines/core/business/why-no-value.ts';
import { cubeMetrics } from '../../../pipelines/core/profile/cube-metrics.ts';
import { cubeOf } from '../../../pipelines/core/profile/label-cube.ts';
import type { LabelCube } from '../../../pipelines/core/schema/label-cube.ts';
import { taskDefinition } from '../../fakes/task-world.ts';

const WINDOW = { start: '2001-02-01T00:00:00Z', end: '2001-02-02T00:00:00Z' };
const intents = taskDefinition('multiclass');
const parcels = taskDefinition('regression');
const VALUE = { truePositive: 1, falsePositive: -2, falseNegative: -0.25, trueNegative: 0 };

/** Right and wrong answers of three classes, sure enough to be acted on or not: as many rows each as given. */
function cubeWith([rightActed, wrongActed, rightLeft, wrongLeft]: readonly [number, number, number, number]): LabelCube {
  const rows = [
    ...Array.from({ length: rightActed }, (_, index) => [0.9, index % 3, index % 3] as const),
    ...Array.from({ length: wrongActed }, (_, index) => [0.7, index % 3, (index + 1) % 3] as const),
    ...Array.from({ length: rightLeft }, (_, index) => [0.45, index % 3, index % 3] as const),
    ...Array.from({ length: wrongLeft }, (_, index) => [0.3, index % 3, (index + 1) % 3] as const),
  ];
  const column = (place: 0 | 1 | 2) => rows.map((row) => row[place]);
  return cubeOf({ task: 'multiclass', scores: column(0), predicted: column(1), labels: column(2), window: WINDOW, modelVersion: 'v1' });
}

const reportOf = (cube: LabelCube, promised: LabelCube) =>
  businessReport({ definition: intents, window: WINDOW, cube, trailing: cube, promised, rowsPerDay: 500 });

describe('answers of several classes', () => {
  test('are worth what acting on them brings, by whether they were right', () => {
    const cube = cubeWith([600, 100, 200, 100]);

    const report = reportOf(cube, cube);

    const perPrediction = (600 * VALUE.truePositive + 100 * VALUE.falsePositive + 200 * VALUE.falseNegative) / 1000;
    expect(report.perPrediction).toBeCloseTo(perPrediction, 12);
    expect(report.total).toBeCloseTo(1000 * perPrediction, 9);
    expect(cubeMetrics(cube, intents).find(({ metric }) => metric === 'valuePerPrediction')?.value).toBeCloseTo(perPrediction, 12);
  });

  test('that get worse cost the whole difference: their share of right answers is no mix of the world', () => {
    const [promised, observed] = [cubeWith([7000, 1000, 1500, 500]), cubeWith([5500, 2500, 1500, 500])];

    const report = reportOf(observed, promised);

    const shortfall = (1500 * (VALUE.truePositive - VALUE.falsePositive)) / 10_000;
    expect(report.costOfWaitingPerDay).toBeCloseTo(500 * shortfall, 9);
    expect(report.waiting?.interval?.lower).toBeGreaterThan(0);
    expect(report.why).toContain('70.0 % right');
  });

  test('that stay as good cost nothing that can be measured', () => {
    const report = reportOf(cubeWith([690, 102, 150, 58]), cubeWith([7000, 1000, 1500, 500]));

    expect(report).toMatchObject({ costOfWaitingPerDay: null, why: expect.stringContaining('No measurable cost of waiting') });
  });

  test('of one row tell no cost', () => {
    const one = { truePositive: 1, falsePositive: 0, falseNegative: 0, trueNegative: 0 };
    const worth = intents.businessValue;
    if (worth === undefined) throw new Error('the definition has a value');

    const cost = costOfWaiting({ task: 'multiclass', promised: one, observed: one, worth, rowsPerDay: 10 });

    expect(cost).toMatchObject({ perDay: null, interval: null, why: expect.stringContaining('lacks') });
  });
});

test('a regression has no money, and says why', () => {
  const cube = cubeOf({ task: 'regression', scores: [1, 2], labels: [1, 3], window: WINDOW, modelVersion: 'v1' });

  const report = businessReport({ definition: parcels, window: WINDOW, cube, trailing: cube, promised: cube, rowsPerDay: 10 });

  expect(report).toMatchObject({ perPrediction: null, total: null, currency: null, labelled: 2, why: whyNoValue(parcels) });
  expect(whyNoValue(parcels)).toContain('no right and wrong calls');
  expect(whyNoValue(intents)).toBeNull();
});

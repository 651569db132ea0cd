import { describe, expect, test } from 'vitest';
import { calibrateClasses, estimateClasses } from '../../../pipelines/core/profile/estimate-classes.ts';
import type { RowTable } from '../../../pipelines/core/schema/row-table.ts';
import { realisedMulticlass } from '../../../pipelines/core/statistics/metrics/realised-multiclass.ts';
import { tableOfClasses } from '../../fakes/class-rows.ts';

const CLASSES = ['music', 'news', 'weather'];
const reference = tableOfClasses(CLASSES, { rows: 3000, seed: 1 });
const calibration = calibrateClasses(CLASSES, reference, reference);

function mapOf() {
  if ('why' in calibration) throw new Error(calibration.why);
  return calibration.map;
}

function truthOf({ probabilities, predicted, labels }: RowTable) {
  const scores = CLASSES.map((name) => probabilities[name] ?? new Float64Array());
  return realisedMulticlass({ scores, called: Int32Array.from(predicted), labels: Int32Array.from(labels) });
}

describe('figures by class without labels', () => {
  test('hold what labels show later, though the mix of classes has changed and probabilities are too sure of themselves', () => {
    const windows = 60;
    const held = new Map<string, number>();
    for (let seed = 0; seed < windows; seed += 1) {
      const rows = tableOfClasses(CLASSES, { rows: 1000, seed: 50 + seed, tilt: 1.7 });
      const estimates = estimateClasses(CLASSES, mapOf(), rows);
      const truth = truthOf(rows);
      const cells = estimates.confusion.map(({ called, actual, share, standardError }) => {
        const real = rows.labels.filter((label, row) => label === actual && rows.predicted[row] === called).length / 1000;
        return { name: `${actual} called ${called}`, isHeld: Math.abs(share - real) <= 1.96 * standardError };
      });
      const metrics = estimates.metrics.map(({ metric, value, standardError }) => {
        const real = truth.find((each) => each.metric === (metric === 'macroF1' ? 'f1' : metric))?.value ?? Number.NaN;
        return { name: metric, isHeld: Math.abs((value ?? Number.NaN) - real) <= 1.96 * (standardError ?? 0) };
      });
      for (const { name, isHeld } of [...metrics, ...cells]) held.set(name, (held.get(name) ?? 0) + Number(isHeld));
    }

    expect([...held.keys()].sort()).toHaveLength(6 + 9);
    // 95 % of 60 is 57; fewer than 51 has a chance of 1 in 300 each.
    for (const [name, count] of held) expect(count, name).toBeGreaterThanOrEqual(50);
  });

  test('share out all rows', () => {
    const { confusion, rows } = estimateClasses(CLASSES, mapOf(), reference);

    expect(rows).toBe(3000);
    expect(confusion.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  test('are not made up where the log or its labels cannot tell', () => {
    const few = { ...reference, labels: reference.labels.map((label, row) => (label === 2 && row > 50 ? Number.NaN : label)) };
    const none = { ...reference, probabilities: {} };
    const many = Array.from({ length: 21 }, (_, k) => `c${k}`);

    expect(calibrateClasses(CLASSES, few, few)).toMatchObject({ why: expect.stringContaining('labels of "weather"') });
    expect(calibrateClasses(CLASSES, none, none)).toMatchObject({ why: expect.stringContaining('no row with the probability') });
    expect(calibrateClasses(many, reference, reference)).toMatchObject({ why: expect.stringContaining('at most 20') });
    expect(estimateClasses(CLASSES, mapOf(), none)).toMatchObject({ rows: 0, why: expect.stringContaining('probability of every class') });
  });
});

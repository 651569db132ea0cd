import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../pipelines/core/digest/canonical-json.ts';
import { cubeMetrics } from '../../../pipelines/core/profile/cube-metrics.ts';
import { cubeConfusion } from '../../../pipelines/core/profile/cube-threshold-metrics.ts';
import { cubeOf, emptyCube, mergeCubes } from '../../../pipelines/core/profile/label-cube.ts';
import { BusinessValue } from '../../../pipelines/core/schema/business-value.ts';
import { LabelCube } from '../../../pipelines/core/schema/label-cube.ts';
import type { MetricName } from '../../../pipelines/core/schema/metric.ts';
import { MONDAY } from '../../fakes/watched-world.ts';

const window = { start: '2001-01-14T00:00:00Z', end: MONDAY };
const score = fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => millionths / 1_000_000);
const rows = fc.array(fc.tuple(score, fc.integer({ min: 0, max: 1 })), { maxLength: 80 });

function cube(pairs: readonly (readonly [number, number])[]): LabelCube {
  return cubeOf({ scores: pairs.map(([s]) => s), labels: pairs.map(([, y]) => y), window, modelVersion: 'v1' });
}

function metric(of: LabelCube, name: MetricName, value?: BusinessValue) {
  const found = cubeMetrics(of, { task: 'binary', businessValue: value }).find((estimate) => estimate.metric === name);
  if (found === undefined) throw new RangeError(`no ${name}`);
  return found;
}

describe('cubeOf and mergeCubes', () => {
  test('merging parts gives the whole', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const [parts, whole] = [mergeCubes([cube(a), cube(b)]), cube([...a, ...b])];
        const counts = (of: LabelCube) => of.cells.map(([cell, no, yes]) => [cell, no, yes]);
        const exact = canonicalJson(counts(parts)) === canonicalJson(counts(whole)) && parts.positives === whole.positives;
        return (
          exact &&
          Math.abs(parts.logLossSum - whole.logLossSum) <= 1e-8 * (1 + whole.logLossSum) &&
          LabelCube.parse(parts).schemaVersion === 1
        );
      }),
    );
  });

  test('merging is commutative to the byte and leaves an empty cube without trace', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => canonicalJson(mergeCubes([cube(a), cube(b)])) === canonicalJson(mergeCubes([cube(b), cube(a)]))),
    );
    expect(mergeCubes([emptyCube(window, 'v1'), cube([[0.4, 1]])])).toEqual(cube([[0.4, 1]]));
  });

  test('leaves out rows without label and counts rows that cannot be used', () => {
    const found = cubeOf({ scores: [0.5, 0.5, Number.NaN, 1.5, 0.5], labels: [1, Number.NaN, 0, 0, 2], window, modelVersion: null });

    expect(found).toMatchObject({ labelled: 1, positives: 1, quarantined: { 'bad-score': 2, 'bad-label': 1 } });
  });

  test('forgets the version when two versions are merged, and refuses an empty list', () => {
    expect(mergeCubes([emptyCube(window, 'v1'), emptyCube(window, 'v2')]).modelVersion).toBeNull();
    expect(() => mergeCubes([])).toThrow(RangeError);
  });
});

describe('cubeMetrics', () => {
  const value = BusinessValue.parse({
    currency: 'USD',
    threshold: 0.3,
    truePositive: 50,
    falsePositive: -10,
    falseNegative: -50,
    trueNegative: 5,
    assumption: 'test',
    assumedOn: '2026-01-01',
    owner: 'test',
  });

  test('never gives NaN, keeps each value in its interval, and says why there is none', () => {
    fc.assert(
      fc.property(rows, (pairs) =>
        cubeMetrics(cube(pairs), { task: 'binary', businessValue: value }).every(({ value: figure, interval, why }) => {
          if (figure === null) return interval === null && why !== null;
          const inside = interval === null || (interval.lower <= figure + 1e-9 && interval.upper >= figure - 1e-9);
          return Number.isFinite(figure) && inside && why === null;
        }),
      ),
    );
  });

  test('one class: ranking has no value and says so, losses have', () => {
    const single = cube([
      [0.2, 0],
      [0.7, 0],
    ]);

    expect(metric(single, 'rocAuc')).toMatchObject({
      value: null,
      interval: null,
      why: 'All 2 labelled rows are negative: ranking needs both classes.',
    });
    expect(metric(single, 'recall').value).toBeNull();
    expect(metric(single, 'brier').value).toBeCloseTo((0.04 + 0.49) / 2, 9);
  });

  test('a model that never calls a positive has an F1 of 0, not a gap', () => {
    const silent = cube([
      [0.2, 1],
      [0.1, 0],
      [0.3, 1],
    ]);

    expect(metric(silent, 'f1').value).toBe(0);
    expect(metric(silent, 'precision')).toMatchObject({ value: null, why: 'No labelled row was called positive.' });
  });

  test('value per prediction divides by the rows and calls at the threshold of the business value', () => {
    const pairs: [number, number][] = [
      [0.9, 1],
      [0.31, 0],
      [0.1, 1],
      [0.05, 0],
    ];

    const estimate = metric(cube(pairs), 'valuePerPrediction', value);

    expect(estimate.value).toBe((50 - 10 - 50 + 5) / 4);
    expect(estimate.method).toContain('at threshold 0.3, cut at the cell edge 0.30005');
  });

  test('the confusion matrix moves at most the rows of the cell that holds the threshold', () => {
    fc.assert(
      fc.property(rows, score, (pairs, threshold) => {
        const found = cubeConfusion(cube(pairs), threshold);
        const exact = pairs.filter(([s, y]) => y === 1 && s >= threshold).length;
        const near = pairs.filter(([s]) => Math.abs(s - threshold) <= 1 / 4096).length;
        return Math.abs(found.truePositive - exact) <= near;
      }),
    );
  });

  test('a perfectly calibrated cube has no calibration error', () => {
    const pairs = Array.from({ length: 400 }, (_, row): [number, number] => [0.25, row % 4 === 0 ? 1 : 0]);

    expect(metric(cube(pairs), 'expectedCalibrationError').value).toBeCloseTo(0, 9);
    expect(metric(cube([]), 'expectedCalibrationError')).toMatchObject({ value: null, sampleSize: 0 });
  });
});

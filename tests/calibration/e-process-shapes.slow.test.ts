import { describe, expect, test } from 'vitest';
import { binRows, learnBinning } from '../../pipelines/core/profile/binning.ts';
import type { CategoricalColumnProfile } from '../../pipelines/core/schema/window-profile.ts';
import { binnedRankTest } from '../../pipelines/core/statistics/distances/binned-rank-test.ts';
import { williamsGTest } from '../../pipelines/core/statistics/hypotheses/williams-g-test.ts';
import { averageEValue } from '../../pipelines/core/statistics/sequential/average-e-value.ts';
import { driftEvidence, type WatchedCounts } from '../../pipelines/core/statistics/sequential/drift-evidence.ts';
import { eValue } from '../../pipelines/core/statistics/sequential/e-value.ts';
import { ours, RUNS } from './alarm-rules.ts';
import { drawCounts } from './draw-counts.ts';
import { even, seeded, sharesAtSampleDeciles, type Uniform, zipf } from './simulated-features.ts';
import { countAlarms, printTable } from './tabulate.ts';

const STREAMS = 300;
const table: string[][] = [];

interface Shape {
  readonly features: number;
  readonly referenceRows: number;
  readonly rows: number;
  readonly ordered: number;
  readonly shares: (next: Uniform) => readonly number[];
  /** The counts of the reference, where they are not drawn as the windows are. */
  readonly reference?: readonly number[];
}

function alarms(shape: Shape, judge: (counts: WatchedCounts) => number | null, streams = STREAMS): boolean[][] {
  const next = seeded(shape.rows + shape.referenceRows + shape.features);
  return Array.from({ length: streams }, () => {
    const features = Array.from({ length: shape.features }, () => {
      const shares = shape.shares(next);
      const reference = shape.reference ?? drawCounts(shares, shape.referenceRows, next);
      const windows = Array.from({ length: RUNS }, () => drawCounts(shares, shape.rows, next));
      return { eValues: windows.map((current) => judge({ reference, current, ordered: shape.ordered }) ?? Number.NaN) };
    });
    return ours(features);
  });
}

const evidence = (counts: WatchedCounts) => driftEvidence(counts)?.eValue ?? null;

function report(name: string, streams: readonly (readonly boolean[])[]): { mean: number; limit: number } {
  const found = countAlarms(streams, streams.length);
  table.push([name, String(streams.length), found.mean.toFixed(2), found.limit.toFixed(2), found.any.toFixed(2)]);
  return found;
}

describe('at most one alarm in 90 runs without drift, upper 99 % limit', () => {
  test.each<[string, Shape]>([
    [
      '5 features cut at the deciles of their reference',
      {
        features: 5,
        referenceRows: 5000,
        rows: 500,
        ordered: 10,
        shares: (next) => sharesAtSampleDeciles(5000, next),
        reference: new Array<number>(10).fill(500),
      },
    ],
    ['1 feature', { features: 1, referenceRows: 5000, rows: 500, ordered: 10, shares: () => even(10) }],
    [
      '5 features with ties: 0, 1 and 2 in 80, 15 and 5 %',
      { features: 5, referenceRows: 2000, rows: 200, ordered: 3, shares: () => [0.8, 0.15, 0.05] },
    ],
    ['5 features, 99 % zeros', { features: 5, referenceRows: 5000, rows: 500, ordered: 2, shares: () => [0.99, 0.01] }],
    ['5 features of 2 categories, one of 3 %', { features: 5, referenceRows: 3000, rows: 300, ordered: 0, shares: () => [0.97, 0.03] }],
    ['5 features of 50 even categories, 6 rows each', { features: 5, referenceRows: 3000, rows: 300, ordered: 0, shares: () => even(50) }],
    [
      '3 features of 200 categories of falling share',
      { features: 3, referenceRows: 10_000, rows: 1000, ordered: 0, shares: () => zipf(200) },
    ],
    [
      '5 features, windows as large as the reference',
      { features: 5, referenceRows: 2000, rows: 2000, ordered: 10, shares: () => even(10) },
    ],
    [
      '5 features, windows of ten times the reference',
      { features: 5, referenceRows: 1000, rows: 10_000, ordered: 10, shares: () => even(10) },
    ],
    [
      '5 features, a reference of a hundred windows',
      { features: 5, referenceRows: 50_000, rows: 500, ordered: 10, shares: () => even(10) },
    ],
  ])('%s', (name, shape) => {
    expect(report(name, alarms(shape, evidence)).limit).toBeLessThanOrEqual(1);
  });

  test('3 columns as they are profiled: categories of a learnt binning, rare and new values folded', () => {
    const next = seeded(31);
    const shares = zipf(120);
    const column = (rows: number): CategoricalColumnProfile => {
      const counts = drawCounts(shares, rows, next).flatMap((count, index) => (count > 0 ? [[`c${index}`, count] as const] : []));
      return { kind: 'categorical', rows, missing: 0, counts: Object.fromEntries(counts), other: 0, distinct: counts.length };
    };

    const streams = Array.from({ length: STREAMS }, () =>
      ours(
        Array.from({ length: 3 }, () => {
          const before = column(4000);
          const binning = learnBinning(before);
          const reference = binRows(before, binning);
          const windows = Array.from({ length: RUNS }, () => binRows(column(400), binning, 20));
          return { eValues: windows.map((current) => evidence({ reference, current, ordered: 0 }) ?? Number.NaN) };
        }),
      ),
    );

    expect(report('3 columns of a learnt binning', streams).limit).toBeLessThanOrEqual(1);
  });

  test('why a window weighs a tenth of the reference at most: unweighed, one as large raises many times the budget', () => {
    const unweighed = ({ reference, current }: WatchedCounts) =>
      averageEValue([eValue(williamsGTest(reference, current).pValue), eValue(binnedRankTest(reference, current).pValue)]);
    const shape: Shape = { features: 20, referenceRows: 1000, rows: 1000, ordered: 10, shares: () => even(10) };

    const found = report('20 features, windows as large as the reference, not weighed down', alarms(shape, unweighed, 60));

    expect(found.mean).toBeGreaterThan(3);
  });

  test('the table', () => {
    printTable('Shapes', ['', 'streams', 'alarms/90', 'upper 99 %', 'P(any)'], table);
    expect(table).toHaveLength(12);
  });
});

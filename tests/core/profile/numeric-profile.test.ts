import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../pipelines/core/digest/canonical-json.ts';
import { columnQuantile } from '../../../pipelines/core/profile/column-quantile.ts';
import { cellEdge, gridCell, numericProfile } from '../../../pipelines/core/profile/numeric-profile.ts';
import { NumericColumnProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { draws, gridOn, uniform } from '../../fakes/watched-world.ts';

const grid = gridOn('g', 0, 10);

describe('numericProfile', () => {
  test('counts every value once and is a valid profile', () => {
    const values = fc.array(fc.oneof(fc.double(), fc.double({ min: -20, max: 20 })), { maxLength: 80 });
    fc.assert(
      fc.property(values, (each) => {
        const profile = NumericColumnProfile.parse(numericProfile(Float64Array.from(each), grid));
        const inCells = profile.cells.reduce((sum, [, rows]) => sum + rows, 0);
        return inCells + profile.missing + profile.nonFinite === each.length;
      }),
    );
  });

  test('has the same bytes whatever the order of the rows', () => {
    const next = uniform(3);
    const values = draws(5000, () => next() * 12 - 1);

    expect(canonicalJson(numericProfile(values, grid))).toBe(canonicalJson(numericProfile(values.toReversed(), grid)));
  });

  test('puts a value at a cell edge into the cell above', () => {
    expect(gridCell(cellEdge(7, grid), grid)).toBe(7);
    expect(gridCell(10, grid)).toBe(256);
    expect(gridCell(-0.0001, grid)).toBe(-1);
  });

  test('has no cell for what a logarithm cannot hold', () => {
    const log = { ...gridOn('l', 0, 8), transform: 'log' as const };

    expect([gridCell(0, log), gridCell(-1, log), gridCell(Number.POSITIVE_INFINITY, log)]).toEqual([null, null, null]);
    expect(gridCell(1, log)).toBe(0);
  });
});

describe('columnQuantile', () => {
  test('is within one cell of the exact quantile', () => {
    const next = uniform(5);
    const values = draws(2000, () => 10 * next() ** 2);
    const exact = values.toSorted()[Math.floor(0.95 * 2000)] ?? Number.NaN;

    expect(Math.abs((columnQuantile(numericProfile(values, grid), grid, 0.95) ?? 0) - exact)).toBeLessThan(grid.width);
  });

  test('of nothing is null', () => {
    expect(columnQuantile(numericProfile(Float64Array.of(Number.NaN), grid), grid, 0.5)).toBeNull();
  });
});

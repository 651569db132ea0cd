import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lagCurve } from '../../../pipelines/core/statistics/estimation/lag-curve.ts';

const BATCHES = [
  { complete: 8, counts: [30, 22, 18, 9, 6, 4, 2, 1] },
  { complete: 6, counts: [28, 25, 15, 11, 5, 4] },
  { complete: 4, counts: [33, 20, 17, 8] },
  { complete: 2, counts: [31, 24] },
  { complete: 1, counts: [29] },
];

describe('the curve of lags that are cut off on the right', () => {
  // lifelines 0.30.3: KaplanMeierFitter().fit(100 − cell, entry = 100 − complete), one row an event; its survival just below 100 − cell, and its Greenwood sums.
  const SHARES = [
    0.3311397458382586, 0.5781374251110583, 0.761092306475317, 0.8635470400393024, 0.9236674035863424, 0.9673913043478257,
    0.9891304347826082, 1,
  ];
  const GREENWOOD = [0.006639, 0.003138, 0.001616, 0.001046, 0.000634, 0.000366, 0.000119, 0];

  test('is Kaplan and Meier in reversed time with late entry', () => {
    const curve = lagCurve(BATCHES);

    for (const [cell, share] of SHARES.entries()) {
      expect(curve[cell]?.share).toBeCloseTo(share, 12);
      const error = curve[cell]?.standardError ?? Number.NaN;
      expect((error / share) ** 2).toBeCloseTo(GREENWOOD[cell] ?? Number.NaN, 6);
    }
  });

  test('plain shares of what is in would be too steep, and this is not: short watches of a known distribution', () => {
    const truth = [0.5, 0.2, 0.15, 0.1, 0.05];
    const batches = [5, 4, 3, 2, 1].map((complete) => ({ complete, counts: truth.slice(0, complete).map((share) => 1000 * share) }));
    const all = batches.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0);
    const first = batches.reduce((sum, { counts }) => sum + (counts[0] ?? 0), 0);

    const curve = lagCurve(batches);

    expect(curve.map(({ share }) => share)).toEqual([0.5, 0.7, 0.85, 0.95, 1].map((share) => expect.closeTo(share, 12)));
    expect(first / all).toBeGreaterThan(0.6);
  });

  test('never falls, ends at one, ignores what could not be seen, and is empty without events', () => {
    const batch = fc.record({ complete: fc.integer({ min: 0, max: 6 }), counts: fc.array(fc.nat(50), { minLength: 6, maxLength: 6 }) });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 6 }), (batches) => {
        const shares = lagCurve(batches).map(({ share }) => share);

        for (const [cell, share] of shares.entries()) expect(share).toBeGreaterThanOrEqual((shares[cell - 1] ?? 0) - 1e-12);
        if (shares.length > 0) expect(shares.at(-1)).toBe(1);
        expect(lagCurve(batches.map(({ complete, counts }) => ({ complete, counts: counts.slice(0, complete) })))).toEqual(
          lagCurve(batches),
        );
      }),
    );
    expect(lagCurve([])).toEqual([]);
    expect(lagCurve([{ complete: 3, counts: [0, 0, 0] }])).toEqual([]);
  });
});

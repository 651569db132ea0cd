import { describe, expect, test } from 'vitest';
import { fUpperTail } from '../../../pipelines/core/statistics/distributions/f-upper-tail.ts';
import { driftEvidence } from '../../../pipelines/core/statistics/sequential/drift-evidence.ts';
import { windowDispersion } from '../../../pipelines/core/statistics/sequential/window-dispersion.ts';

const WINDOWS = [
  [12, 30, 25, 8],
  [20, 22, 20, 10],
  [9, 35, 24, 14],
  [15, 28, 30, 9],
  [11, 25, 31, 16],
  [18, 18, 22, 13],
];

describe('dispersion of windows', () => {
  test('is the chi-square and the Kruskal-Wallis statistic of SciPy over their degrees of freedom', () => {
    const dispersion = windowDispersion(WINDOWS, 4);

    // scipy 1.17.1: chi2_contingency(WINDOWS, correction=False) and kruskal of the rows.
    expect(dispersion?.shares).toBeCloseTo(1.3007442018134918, 12);
    expect(dispersion?.ranks).toBeCloseTo(1.2008977470581663, 12);
    expect(dispersion?.windows).toBe(6);
  });

  test('counts rare classes as one, passes over empty windows and classes, and needs five windows', () => {
    const rare = WINDOWS.map((window) => [...window, 1, 0, 2]);
    const together = WINDOWS.map((window) => [...window, 3]);

    expect(windowDispersion(rare, 4)?.shares).toBeCloseTo(windowDispersion(together, 4)?.shares ?? Number.NaN, 12);
    expect(windowDispersion([...WINDOWS, [0, 0, 0, 0]], 4)).toEqual(windowDispersion(WINDOWS, 4));
    expect(windowDispersion(WINDOWS.slice(0, 4), 4)).toBeNull();
    expect(windowDispersion(WINDOWS, 0)?.ranks).toBe(1);
    expect(
      windowDispersion(
        WINDOWS.map(() => [40]),
        0,
      )?.shares,
    ).toBe(1);
  });

  test('does not depend on the order of the windows', () => {
    const turned = windowDispersion([...WINDOWS].reverse(), 4);

    expect(turned?.shares).toBeCloseTo(windowDispersion(WINDOWS, 4)?.shares ?? Number.NaN, 12);
    expect(turned?.ranks).toBeCloseTo(windowDispersion(WINDOWS, 4)?.ranks ?? Number.NaN, 12);
  });
});

// scipy 1.17.1: f.sf(x, a, b).
test.each([
  [2.5, 9, 9, 0.09422702710658189],
  [30, 9, 27, 8.488014375702378e-12],
  [0.3, 3, 9, 0.8247079549570087],
  [1e4, 9, 9, 6.617587966711967e-17],
] as const)('F distribution: above %d with %d and %d degrees of freedom', (x, numerator, denominator, expected) => {
  expect(Math.abs(fUpperTail(x, numerator, denominator) / expected - 1)).toBeLessThan(1e-10);
});

describe('evidence against restless days', () => {
  const counts = { reference: [2500, 2500, 2500, 2500], current: [200, 230, 270, 300], ordered: 4 };
  const evidence = (shares: number, ranks: number, windows = 28) =>
    driftEvidence({ ...counts, dispersion: { windows, shares, ranks } })?.eValue ?? 0;

  test('is the less the more the windows of the reference differ, and the fewer they were', () => {
    const plain = driftEvidence(counts)?.eValue ?? 0;

    const steps = [plain, evidence(1, 1), evidence(2, 1), evidence(2, 2), evidence(20, 20)];

    expect(steps).toEqual([...steps].sort((a, b) => b - a));
    expect(evidence(2, 2, 6)).toBeLessThan(evidence(2, 2, 60));
    expect(evidence(20, 20)).toBeLessThan(1);
  });

  test('windows that differ less than rows drawn alike count as independent rows', () => {
    expect(evidence(0.2, 0)).toBe(evidence(1, 1));
  });

  test('one class is no evidence', () => {
    const one = { reference: [10_000, 0], current: [1000, 0], ordered: 0, dispersion: { windows: 10, shares: 1, ranks: 1 } };

    expect(driftEvidence(one)?.eValue).toBe(0.5);
  });
});

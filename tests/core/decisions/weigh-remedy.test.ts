import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { phraseComparison } from '../../../pipelines/core/decisions/weigh-comparison.ts';
import { weighRemedy } from '../../../pipelines/core/decisions/weigh-remedy.ts';
import type { ShadowComparison } from '../../../pipelines/core/schema/shadow-comparison.ts';
import { aucOf } from '../../fakes/policy-world.ts';

const OUTCOMES = ['kept', 'broken', 'insufficient-data'] as const;

function comparisonOf(improvement: number, halfWidth: number | null): ShadowComparison {
  const interval = halfWidth === null ? null : { lower: improvement - halfWidth, upper: improvement + halfWidth, level: 0.95 };
  return { version: 'v1', estimate: aucOf(0.63), improvement, interval, replicates: 500, method: 'planted', why: null };
}

describe('weighRemedy', () => {
  test('property: back only from a broken promise, only to an older version, only when the whole interval lies below 0', () => {
    const versions = fc.integer({ min: 1, max: 5 });
    const differences = fc.double({ min: -0.1, max: 0.1, noNaN: true });
    const widths = fc.option(fc.double({ min: 0, max: 0.1, noNaN: true }));
    fc.assert(
      fc.property(fc.constantFrom(...OUTCOMES), versions, versions, differences, widths, (outcome, from, to, improvement, halfWidth) => {
        const comparison = { ...comparisonOf(improvement, halfWidth), version: `v${to}` };

        const { rollbackTo, because } = weighRemedy({ version: `v${from}`, previous: `v${to}` }, outcome, comparison);

        const isBetter = halfWidth !== null && improvement + halfWidth < 0;
        expect(rollbackTo).toBe(outcome === 'broken' && to < from && isBetter ? `v${to}` : null);
        const isRefused = because.some((text) => text.startsWith('No rollback is proposed: '));
        expect(isRefused).toBe(outcome === 'broken' && rollbackTo === null);
      }),
    );
  });

  test.each([
    { previous: 'v1', comparison: undefined, why: 'nobody scored these rows with v1' },
    { previous: null, comparison: undefined, why: 'there is no earlier version' },
    { previous: 'v3', comparison: comparisonOf(-0.1, 0.01), why: 'v3 is the successor that was rolled back' },
    { previous: 'v1', comparison: comparisonOf(0.03, 0.01), why: 'v2 is still better than v1' },
    { previous: 'v1', comparison: comparisonOf(-0.01, 0.02), why: 'v1 is not better for sure' },
    { previous: 'v1', comparison: comparisonOf(-0.01, 0.01), why: 'v1 is not better for sure' },
    { previous: 'v1', comparison: comparisonOf(-0.1, null), why: 'whether v1 is better is not known' },
  ])('says why there is none: $why', ({ previous, comparison, why }) => {
    const { rollbackTo, because } = weighRemedy({ version: 'v2', previous }, 'broken', comparison);

    expect(rollbackTo).toBeNull();
    expect(because.at(-1)).toBe(`No rollback is proposed: ${why}`);
  });
});

describe('phraseComparison', () => {
  test.each([
    {
      improvement: 0.02,
      isBroken: true,
      opening: 'Harder weeks for every model: v1 has AUC 0.630 on the same rows (5,000 sampled), v2 is 0.020',
    },
    { improvement: 0.02, isBroken: false, opening: 'v2 is the better one: ' },
    { improvement: 0.001, isBroken: true, opening: 'Going back is not shown to help: ' },
    { improvement: -0.001, isBroken: false, opening: 'Neither is better for sure: ' },
    {
      improvement: -0.02,
      isBroken: true,
      opening: 'v1 is the better one: v1 has AUC 0.630 on the same rows (5,000 sampled), v2 is 0.020 worse',
    },
  ])('$improvement, broken: $isBroken', ({ improvement, isBroken, opening }) => {
    expect(phraseComparison(comparisonOf(improvement, 0.01), { champion: 'v2', isBroken })).toContain(opening);
  });

  test('without a figure, the reason', () => {
    const unknown = { ...comparisonOf(0, null), improvement: null, why: 'weights.bin is missing' };

    expect(phraseComparison(unknown, { champion: 'v2', isBroken: true })).toBe(
      'v1 could not be compared on the same rows: weights.bin is missing',
    );
  });
});

import { describe, expect, test } from 'vitest';
import { ONE_STANDARD_ERROR, selectChallenger, steadiest } from '../../../pipelines/core/evaluation/select-challenger.ts';
import type { PairedComparison } from '../../../pipelines/core/schema/evaluation-report.ts';
import { normalUpperTail } from '../../../pipelines/core/statistics/distributions/normal-upper-tail.ts';

function leadOf(challenger: string, improvement: number, half: number | null): PairedComparison {
  return {
    challenger,
    metric: 'rocAuc',
    improvement: half === null ? null : improvement,
    interval: half === null ? null : { lower: improvement - half, upper: improvement + half, level: ONE_STANDARD_ERROR },
    replicates: 500,
    sampleSize: 1000,
    method: 'planted',
    why: half === null ? 'a class is missing' : null,
  };
}

function select(...leads: PairedComparison[]) {
  return selectChallenger({ base: 'all-history', leads, metric: 'rocAuc' });
}

describe('selectChallenger', () => {
  test('reads intervals of one standard error of a normal distribution', () => {
    expect(1 - 2 * normalUpperTail(1)).toBeCloseTo(ONE_STANDARD_ERROR, 4);
  });

  test('keeps the steadiest while a lead on it is no more than one standard error', () => {
    expect(select(leadOf('recent-window', 0.01, 0.0101))).toEqual({
      name: 'all-history',
      because:
        'Trained on the most rows, and no other has a lead on it of more than one standard error in AUC: recent-window +0.0100 (−0.0001 to 0.0201).',
    });
  });

  test('takes a lead of more than one standard error, however small', () => {
    expect(select(leadOf('recent-window', 0.002, 0.0019))).toEqual({
      name: 'recent-window',
      because:
        'Leads all-history, which was trained on the most rows, by more than one standard error in AUC: recent-window +0.0020 (0.0001 to 0.0039).',
    });
  });

  test('of several such leads the surest, not the largest', () => {
    expect(select(leadOf('large', 0.05, 0.049), leadOf('sure', 0.02, 0.01), leadOf('behind', -0.02, 0.01)).name).toBe('sure');
  });

  test('a lead without a figure is none, and says why', () => {
    const { name, because } = select(leadOf('recent-window', 0.2, null));

    expect(name).toBe('all-history');
    expect(because).toContain('recent-window has no figure (a class is missing)');
  });

  test('names those that the gate would refuse', () => {
    const { because } = selectChallenger({ base: 'a', leads: [leadOf('b', 0.01, 0.02)], metric: 'rocAuc', refused: ['c', 'd'] });

    expect(because).toMatch(/b \+0\.0100 \(−0\.0100 to 0\.0300\)\. The gate's rules refuse c and d\.$/);
  });

  test('an only challenger needs no figures', () => {
    expect(select()).toEqual({ name: 'all-history', because: 'The only challenger.' });
  });
});

const FACTS = {
  range: { start: '2001-01-01T00:00:00Z', end: '2001-02-01T00:00:00Z' },
  positives: 10,
  quarantined: 0,
  digest: `sha256:${'0'.repeat(64)}`,
};

function trained(name: string, rows: number | null) {
  return { name, trainedOn: rows === null ? null : { ...FACTS, rows } };
}

describe('steadiest', () => {
  test.each([
    ['the one trained on the most rows', ['b'], [trained('a', 10), trained('b', 11), trained('c', null)]],
    ['the first of equals', ['a'], [trained('a', 10), trained('b', 10)]],
  ])('is %s', (_, [name], candidates) => {
    expect(steadiest(candidates).name).toBe(name);
  });

  test('there is none of nothing', () => {
    expect(() => steadiest([])).toThrow(RangeError);
  });
});

import { describe, expect, test } from 'vitest';
import { isTrialDue } from '../../../pipelines/core/decisions/is-trial-due.ts';
import type { ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { aucOf, loanDefinition, reportOf, versionOf, watchedState } from '../../fakes/policy-world.ts';

const AS_OF = '2001-03-10T00:00:00Z';

function inputOf(changes: { readonly newLabels?: number; readonly letters?: string; readonly trials?: boolean } = {}) {
  const { newLabels = 50_000, letters = 'O', trials = true } = changes;
  return {
    definition: loanDefinition({ retraining: { minimumNewLabels: 1000, cooldown: 'P14D', trials }, training: { heldOutRange: 'P8D' } }),
    report: reportOf({ asOf: AS_OF, newLabels, signals: { 'realised-performance/rocAuc': letters } }),
    historyStart: '2001-01-01T00:00:00Z',
    labelledUntil: AS_OF,
    championVersion: versionOf('v1'),
  };
}

function triedUntil(end: string, champion = 'v1'): ModelState {
  const range = { start: '2001-02-01T00:00:00Z', end };
  return { ...watchedState(), trial: { at: end, champion, range, rows: 5000, estimate: aucOf(0.7), remedies: [] } };
}

describe('isTrialDue', () => {
  test('where nothing was tried yet', () => {
    expect(isTrialDue(inputOf(), watchedState())).toBe(true);
  });

  test.each([
    ['the owner does not want trials', inputOf({ trials: false })],
    ['too few labels are new', inputOf({ newLabels: 999 })],
  ])('not where %s', (_, input) => {
    expect(isTrialDue(input, watchedState())).toBe(false);
  });

  test('not within the cooldown of a proposal', () => {
    const proposals = [{ at: '2001-03-01T00:00:00Z', version: 'v2', outcome: 'refused' as const, pullRequest: null, evidence: null }];

    expect(isTrialDue(inputOf(), { ...watchedState(), proposals })).toBe(false);
  });

  test.each([
    ['wholly new rows', 'O', '2001-03-02T00:00:00Z', true],
    ['rows of which one day was tried before', 'O', '2001-03-03T00:00:00Z', false],
    ['a quarter of new rows while harm is measured', 'A', '2001-03-08T00:00:00Z', true],
    ['less than that', 'A', '2001-03-09T00:00:00Z', false],
  ])('on %s', (_, letters, end, due) => {
    expect(isTrialDue(inputOf({ letters }), triedUntil(end))).toBe(due);
  });

  test('of a new champion nothing was tried yet', () => {
    expect(isTrialDue(inputOf(), triedUntil(AS_OF, 'v0'))).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import { findObstacle } from '../../../pipelines/core/decisions/retraining-obstacles.ts';
import { spoiltHeldOut } from '../../../pipelines/core/decisions/spoilt-held-out.ts';
import { loanDefinition, reportOf, summariesOf, versionOf, watchedState } from '../../fakes/policy-world.ts';

const AS_OF = '2001-03-10T00:00:00Z';

/** A letter a day up to AS_OF; the last eight days would be held out. */
function inputOf(signals: Readonly<Record<string, string>>) {
  return {
    definition: loanDefinition({ retraining: { minimumNewLabels: 1000 }, training: { heldOutRange: 'P8D' } }),
    report: reportOf({ asOf: AS_OF, newLabels: 50_000, signals }),
    historyStart: '2001-01-01T00:00:00Z',
    labelledUntil: AS_OF,
    championVersion: versionOf('v1'),
  };
}

describe('the rows that a challenger would be judged by', () => {
  test('are spoilt by a breach of the contract among them, until newer rows take their place', () => {
    const spoilt = spoiltHeldOut(inputOf({ 'missing-values/income': 'OOOAAOOOO' }), watchedState());

    expect(spoilt?.signal.id).toContain('missing-values/income');
    expect(spoilt?.signal.window.end).toBe('2001-03-06T00:00:00Z');
    expect(spoilt?.until).toBe('2001-03-15T00:00:00Z');
  });

  test('are sound again when the breach lies before them', () => {
    expect(spoiltHeldOut(inputOf({ 'missing-values/income': 'AOOOOOOOO' }), watchedState())).toBeNull();
  });

  test.each(['volume/predictions', 'data-drift/income', 'unseen-values/purpose', 'realised-performance/rocAuc'])(
    'are not spoilt by %s',
    (name) => {
      expect(spoiltHeldOut(inputOf({ [name]: 'OOOAAOOOO' }), watchedState())).toBeNull();
    },
  );

  test('are spoilt by what earlier runs saw too', () => {
    const before = reportOf({ asOf: '2001-03-09T00:00:00Z', signals: { 'schema/income': 'AA' } });
    const state = { ...watchedState(), windows: summariesOf(before) };

    expect(spoiltHeldOut(inputOf({ 'schema/income': 'O' }), state)?.signal.kind).toBe('schema');
  });

  test('hold a retraining back, and the obstacle names the breach and the day', () => {
    const obstacle = findObstacle(inputOf({ 'missing-values/income': 'OOOAAOOOO' }), watchedState());

    expect(obstacle?.reason).toBe(
      'The rows that a challenger would be judged by hold broken data: missing-values of income until 2001-03-06.',
    );
    expect(obstacle?.remedy).toContain('about 2001-03-15');
  });
});

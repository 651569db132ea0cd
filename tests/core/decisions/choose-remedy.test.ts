import { describe, expect, test } from 'vitest';
import { chooseRemedy } from '../../../pipelines/core/decisions/choose-remedy.ts';
import { worthwhileGain } from '../../../pipelines/core/decisions/least-gain.ts';
import type { RemedyTrial, TriedRemedy } from '../../../pipelines/core/schema/remedy-trial.ts';
import { aucOf, loanDefinition } from '../../fakes/policy-world.ts';

const DEFINITION = loanDefinition({ monitoring: { performance: { metric: 'rocAuc', toleratedDrop: 0.04 } } });

function tried(kind: TriedRemedy['kind'], name: string, improvement: number, helps = true): TriedRemedy {
  return {
    kind,
    name,
    estimate: aucOf(0.7),
    improvement,
    interval: { lower: improvement - 0.005, upper: improvement + 0.005, level: 0.95 },
    helps,
    why: 'w',
  };
}

function trialOf(...remedies: TriedRemedy[]): RemedyTrial {
  const range = { start: '2001-02-01T00:00:00Z', end: '2001-02-08T00:00:00Z' };
  return { at: '2001-02-09T00:00:00Z', champion: 'v3', range, rows: 5000, estimate: aucOf(0.7), remedies };
}

describe('chooseRemedy', () => {
  test('a gain worth having is a quarter of the tolerated drop, or what the owner says', () => {
    expect(worthwhileGain(DEFINITION)).toBeCloseTo(0.01, 12);
    expect(worthwhileGain({ ...DEFINITION, retraining: { ...DEFINITION.retraining, minimumGain: 0 } })).toBe(0);
  });

  test('takes what helps most', () => {
    const { chosen } = chooseRemedy(trialOf(tried('retrain', 'all-history', 0.03), tried('retrain', 'recent-window', 0.05)), DEFINITION);

    expect(chosen?.name).toBe('recent-window');
  });

  test.each([
    ['a rollback that lacks less than a gain worth having', 0.021, 'roll-back'],
    ['a retraining where the rollback lacks a whole gain worth having', 0.0199, 'retrain'],
  ])('prefers %s', (_, improvement, kind) => {
    const { chosen } = chooseRemedy(trialOf(tried('retrain', 'all-history', 0.03), tried('roll-back', 'v2', improvement)), DEFINITION);

    expect(chosen?.kind).toBe(kind);
  });

  test('never takes what is not shown to help, however large it looks', () => {
    const { chosen, because } = chooseRemedy(
      trialOf(tried('retrain', 'all-history', 0.5, false), tried('recalibrate', 'v3 with a curve', 0.02)),
      DEFINITION,
    );

    expect(chosen?.kind).toBe('recalibrate');
    expect(because).toEqual(['Retrain on all-history: w; not shown to help', 'Recalibrate v3 with a curve: w; taken']);
  });

  test('after a rollback its successor is no way back', () => {
    const { chosen } = chooseRemedy(trialOf(tried('roll-back', 'v4', 0.05)), DEFINITION);

    expect(chosen).toBeNull();
  });

  test('a gain that is sure but small is worth no change', () => {
    const { chosen, because } = chooseRemedy(trialOf(tried('retrain', 'all-history', 0.0099)), DEFINITION);

    expect(chosen).toBeNull();
    expect(because).toEqual(['Retrain on all-history: w; too little to be worth a change']);
  });

  test('takes nothing where nothing helps, or nothing was tried', () => {
    expect(chooseRemedy(trialOf(tried('retrain', 'all-history', 0.001, false)), DEFINITION).chosen).toBeNull();
    expect(chooseRemedy(trialOf(), DEFINITION)).toEqual({ chosen: null, because: [] });
  });

  test('passes over a challenger that a retraining would not take', () => {
    const stronger = { ...tried('retrain', 'recent-window', 0.05), behind: 'all-history' };

    const { chosen, because } = chooseRemedy(trialOf(tried('retrain', 'all-history', 0.03), stronger), DEFINITION);

    expect(chosen?.name).toBe('all-history');
    expect(because[1]).toContain('a retraining would take all-history');
  });

  test('says that a gain worth having comes too soon', () => {
    const { chosen, because } = chooseRemedy(trialOf(tried('retrain', 'all-history', 0.03)), DEFINITION, { leastGain: 0.031 });

    expect(chosen).toBeNull();
    expect(because).toEqual(['Retrain on all-history: w; too little to be worth a change so soon after the last']);
  });
});

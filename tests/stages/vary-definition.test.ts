import { describe, expect, test } from 'vitest';
import { overlayDefinition, varyDefinition } from '../../pipelines/stages/vary-definition.ts';
import { loanDefinition } from '../fakes/policy-world.ts';

const DEFINITION = loanDefinition();

describe('varyDefinition', () => {
  test('changes what it is told, and nothing else', () => {
    const varied = varyDefinition(DEFINITION, [
      ['retraining.cooldown', 'P7D'],
      ['monitoring.incident.openAfter', 1],
    ]);

    expect(varied.retraining.cooldown).toBe('P7D');
    expect(varied.monitoring.incident).toEqual({ ...DEFINITION.monitoring.incident, openAfter: 1 });
    expect({ ...varied, monitoring: DEFINITION.monitoring, retraining: DEFINITION.retraining }).toEqual(DEFINITION);
    expect(DEFINITION.retraining.cooldown).toBe('P14D');
  });

  test('null takes a key out, so that its default holds', () => {
    expect(varyDefinition(DEFINITION, [['retraining.minimumNewLabels', null]]).retraining.minimumNewLabels).toBe(1000);
  });

  test.each([
    ['a section that is no policy', 'labels.delay', 'P9D', 'labels.delay is no part of a policy'],
    ['a key that no policy has', 'retraining.coolingOff', 'P9D', 'retraining'],
    ['a value that does not fit', 'retraining.cooldown', 'a week', 'retraining.cooldown'],
  ])('refuses %s', (_, path, value, message) => {
    expect(() => varyDefinition(DEFINITION, [[path, value]])).toThrowError(
      expect.objectContaining({ code: 'POLICY_INVALID', message: expect.stringContaining(message) }),
    );
  });
});

describe('overlayDefinition', () => {
  test('lays sections over the definition, key by key', () => {
    const varied = overlayDefinition(DEFINITION, { retraining: { budget: { proposals: 9 } } });

    expect(varied.retraining).toEqual({ ...DEFINITION.retraining, budget: { ...DEFINITION.retraining.budget, proposals: 9 } });
  });

  test('of a whole model.yml of the same model only the policy counts', () => {
    const varied = overlayDefinition(DEFINITION, { name: 'loan', objective: 'Another.', retraining: { cooldown: 'P3D' } });

    expect(varied.retraining.cooldown).toBe('P3D');
    expect(varied.objective).toBe(DEFINITION.objective);
  });

  test.each([
    ['another model', { name: 'other', retraining: {} }],
    ['a section that is no policy', { columns: [] }],
    ['no sections', 'P7D'],
  ])('refuses %s', (_, overlay) => {
    expect(() => overlayDefinition(DEFINITION, overlay)).toThrowError(expect.objectContaining({ code: 'POLICY_INVALID' }));
  });
});

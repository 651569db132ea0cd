import { describe, expect, test } from 'vitest';
import { chooseTuning, type PolicyFigures } from '../../../pipelines/core/decisions/choose-tuning.ts';
import { type TuningPoint, tuningGrid } from '../../../pipelines/core/decisions/tuning-grid.ts';
import { loanDefinition } from '../../fakes/policy-world.ts';

describe('tuningGrid', () => {
  test('states each threshold alone, around its present value', () => {
    const told = tuningGrid(loanDefinition()).map(({ path, value }) => `${path}=${value}`);

    expect(told).toEqual([
      'monitoring.performance.toleratedDrop=0.01',
      'monitoring.performance.toleratedDrop=0.04',
      'monitoring.incident.openAfter=2',
      'monitoring.incident.openAfter=4',
      'retraining.cooldown=P7D',
      'retraining.cooldown=P28D',
      'retraining.maximumAge=P91D',
      'retraining.maximumAge=P182D',
      'monitoring.drift.effectFloor=0.05',
      'monitoring.drift.effectFloor=0.2',
    ]);
  });

  test('leaves out what is set already, and what cannot be less', () => {
    const definition = loanDefinition({
      monitoring: { incident: { openAfter: 1 }, performance: { toleratedDrop: 0 } },
      retraining: { cooldown: 'P1D', maximumAge: 'P91D' },
    });

    const told = tuningGrid(definition).map(({ path, value }) => `${path}=${value}`);

    expect(told).toEqual([
      'monitoring.incident.openAfter=2',
      'retraining.cooldown=P2D',
      'retraining.maximumAge=P182D',
      'monitoring.drift.effectFloor=0.05',
      'monitoring.drift.effectFloor=0.2',
    ]);
  });
});

describe('chooseTuning', () => {
  const present: PolicyFigures = { worth: 0.8, promotions: 3, incidents: 5 };
  const short: TuningPoint = { path: 'retraining.cooldown', value: 'P7D' };
  const long: TuningPoint = { path: 'retraining.cooldown', value: 'P28D' };
  const choose = (...tried: [TuningPoint, Partial<PolicyFigures>][]) =>
    chooseTuning(
      present,
      tried.map(([point, figures]) => ({ point, figures: { ...present, ...figures } })),
      0.002,
    );

  test.each([
    ['nothing where nothing is better', {}, []],
    ['what is worth more', { worth: 0.803 }, [short]],
    ['nothing for a gain within the slack', { worth: 0.8019 }, []],
    ['as much with fewer promotions', { worth: 0.7985, promotions: 2 }, [short]],
    ['as much with fewer incidents', { incidents: 4 }, [short]],
    ['nothing that is worth less, however quiet', { worth: 0.79, promotions: 0, incidents: 0 }, []],
    ['nothing that could not be measured', { worth: null, promotions: 0 }, []],
  ])('takes %s', (_, figures, expected) => {
    expect(choose([short, figures])).toEqual(expected);
  });

  test('takes the best of several values of one threshold, and one of each', () => {
    const drop: TuningPoint = { path: 'monitoring.performance.toleratedDrop', value: 0.01 };

    expect(choose([short, { worth: 0.803 }], [long, { worth: 0.81 }], [drop, { worth: 0.805 }])).toEqual([long, drop]);
  });
});

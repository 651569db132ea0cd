import { describe, expect, test } from 'vitest';
import { emptyCube } from '../../../pipelines/core/profile/label-cube.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { LabelCube } from '../../../pipelines/core/schema/label-cube.ts';
import { vanishedClasses } from '../../../pipelines/core/signals/vanished-classes.ts';
import { definitionWith, MONDAY, ordinaryDay, ordinaryReference } from '../../fakes/watched-world.ts';

const definition = definitionWith();
const ordinary = ordinaryReference(definition);
/** A fifth of the rows of the reference is positive. */
const reference = { ...ordinary, labels: { ...ordinary.labels, labelled: 5000, positives: 1000 } };

function day(index: number, labelled: number, positives: number): LabelCube {
  const window = { start: addSeconds(MONDAY, 86_400 * index), end: addSeconds(MONDAY, 86_400 * (index + 1)) };
  return { ...emptyCube(window, 'v1'), labelled, positives };
}

function judge(...trailingCubes: LabelCube[]) {
  return vanishedClasses({ definition, reference, profile: ordinaryDay({ rows: 1000, seed: 1 }), trailingCubes, cycle: [] });
}

describe('vanishedClasses', () => {
  test('a class that is due and gone is an alert that names it and whom to ask', () => {
    const [signal] = judge(day(0, 600, 120), day(1, 600, 0));

    expect(signal).toMatchObject({ kind: 'data-quality', subject: 'labels', status: 'alert', value: 1, sampleSize: 600 });
    expect(signal?.why).toBe(
      'None of the newest 600 rows with a label is "1", where about 120 were to be expected. Ask whoever writes the labels.',
    );
  });

  test('the larger class may vanish too', () => {
    expect(judge(day(0, 600, 600))[0]?.why).toContain('is "0", where about 480');
  });

  test('looks back as far as it takes to expect fifty, in whatever order the windows come', () => {
    const quiet = [day(2, 100, 0), day(0, 600, 120), day(1, 100, 0)];

    expect(judge(...quiet)[0]).toMatchObject({ status: 'ok', value: 0 });
    expect(judge(day(2, 100, 0), day(1, 100, 0), day(0, 100, 0))[0]).toMatchObject({ status: 'alert', sampleSize: 300 });
  });

  test('a class that is merely rarer is no matter of this statement', () => {
    expect(judge(day(0, 600, 1))[0]?.status).toBe('ok');
  });

  test('too few rows to expect a class say so', () => {
    expect(judge(day(0, 50, 0))[0]).toMatchObject({ status: 'insufficient-data', value: null });
    expect(judge()[0]?.status).toBe('insufficient-data');
  });

  test('a reference of one class, and a regression, know of no class that could vanish', () => {
    const single = { ...reference, labels: { ...reference.labels, positives: 0 } };
    const regression = { ...definition, task: 'regression' as const, labels: { ...definition.labels, classes: undefined } };
    const around = { profile: ordinaryDay({ rows: 1000, seed: 1 }), trailingCubes: [day(0, 600, 0)], cycle: [] };

    expect(vanishedClasses({ definition, reference: single, ...around })).toEqual([]);
    expect(vanishedClasses({ definition: regression, reference, ...around })).toEqual([]);
  });

  test('of several classes the one that is gone is named', () => {
    const classes = { ...definition, task: 'multiclass' as const, labels: { ...definition.labels, classes: ['a', 'b', 'c'] } };
    const confusion: [number, number, number][] = [
      [0, 0, 400],
      [0, 1, 50],
      [1, 1, 250],
      [2, 2, 300],
    ];
    const known = { ...reference, labels: { ...reference.labels, labelled: 1000, confusion } };
    const cube: LabelCube = {
      ...day(0, 500, 300),
      confusion: [
        [0, 0, 300],
        [0, 2, 200],
      ],
    };

    const [signal] = vanishedClasses({
      definition: classes,
      reference: known,
      profile: ordinaryDay({ rows: 1000, seed: 1 }),
      trailingCubes: [cube],
      cycle: [],
    });

    expect(signal?.status).toBe('alert');
    expect(signal?.why).toContain('is "b", where about 150');
  });
});

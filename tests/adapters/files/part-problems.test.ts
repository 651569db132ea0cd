import { expect, test } from 'vitest';
import { partProblems } from '../../../pipelines/adapters/files/part-problems.ts';
import type { WrittenModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { definitionWith } from '../../fakes/watched-world.ts';

const COLUMNS: WrittenModelDefinition['columns'] = [
  { name: 'size', kind: 'numeric' },
  { name: 'place', kind: 'categorical' },
  { name: 'note', kind: 'text' },
  { name: 'age', kind: 'numeric', role: 'protected', cuts: [25, 60] },
  { name: 'left', kind: 'numeric', role: 'ignored' },
];
const sliceOf = (where: NonNullable<WrittenModelDefinition['slices']>[number]['where']) => ({ slices: [{ name: 'one', where }] });
/** A multiclass model with some classes that are good for people. */
function favouring(favourable: string[]): Partial<WrittenModelDefinition> {
  const columns = { id: 'id', label: 'y' };
  return { task: 'multiclass', labels: { format: 'jsonl', path: 'y.jsonl', columns, classes: ['a', 'b', 'c'], favourable, delay: 'P1D' } };
}

test.each<[Partial<WrittenModelDefinition>, string[]]>([
  [sliceOf({ size: { atLeast: 1 }, place: ['a', 'b'], age: 30 }), []],
  [sliceOf({ sizes: 1 }), ['slices.0.where.sizes: "sizes" is no column that is watched']],
  [sliceOf({ left: 1 }), ['slices.0.where.left: "left" is no column that is watched']],
  [sliceOf({ note: 'x' }), ['slices.0.where.note: "note" is a column of words']],
  [sliceOf({ place: { below: 3 } }), ['slices.0.where.place: "place" is categorical and has no range']],
  [sliceOf({ size: { atLeast: 3, below: 3 } }), ['slices.0.where.size: atLeast is not below `below`']],
  [sliceOf({}), ['slices.0: slice "one" holds all rows']],
  [{ slices: [...sliceOf({ size: 1 }).slices, ...sliceOf({ size: 2 }).slices] }, ['slices.1: slice "one" is there twice']],
  [{ columns: [{ name: 'size', kind: 'numeric', cuts: [1] }] }, ['columns.0.cuts: only numeric protected columns have `cuts`']],
  [{ columns: [{ name: 'age', kind: 'numeric', role: 'protected', cuts: [60, 25] }] }, ['columns.0.cuts: cuts do not ascend']],
  [
    { columns: [{ name: 'size', kind: 'numeric' }], monitoring: { fairness: { limits: { selectionRatio: 0.8 } } } },
    ['monitoring.fairness.limits: there is no protected column to hold to the limits'],
  ],
  [{ gate: { rules: [], fairness: { limits: { selectionRatio: 0.8 } } } }, []],
  [
    { task: 'regression', gate: { rules: [], fairness: { limits: { selectionRatio: 0.8 } } } },
    ['gate.fairness.limits.selectionRatio: the groups of a regression model have no selectionRatio'],
  ],
  [{ task: 'regression', gate: { rules: [], fairness: { limits: { absoluteErrorRatio: 0.8, meanErrorDifference: 12 } } } }, []],
  [
    { task: 'multiclass', monitoring: { fairness: { limits: { accuracyDifference: 0.1, equalOpportunityDifference: 0.1 } } } },
    [
      'monitoring.fairness.limits.equalOpportunityDifference: the groups of a multiclass model without labels.favourable have no equalOpportunityDifference',
    ],
  ],
  [{ ...favouring(['a']), monitoring: { fairness: { limits: { equalOpportunityDifference: 0.1 } } } }, []],
  [favouring(['a', 'd']), ['labels.favourable.1: "d" is no class of labels.classes']],
  [favouring(['a', 'a']), ['labels.favourable: a favourable class is there twice']],
  [favouring(['a', 'b', 'c']), ['labels.favourable: every class is favourable']],
  [
    { ...favouring(['a']), columns: [{ name: 'size', kind: 'numeric' }] },
    ['labels.favourable: there is no protected column whose groups could be compared'],
  ],
  [{ ...favouring(['a']), task: 'binary' }, ['labels.favourable: a binary task has no favourable classes']],
  [
    {
      labels: {
        format: 'jsonl',
        path: 'x.jsonl',
        columns: { id: 'id', label: 'y', annotator: 'who' },
        positive: '1',
        negative: '0',
        delay: 'P1D',
      },
    },
    ['labels.columns.annotator: labels in the prediction log have no annotators'],
  ],
  [
    {
      labels: {
        format: 'jsonl',
        path: 'y.jsonl',
        columns: { id: 'id', label: 'y' },
        minimumAgreement: 0.6,
        positive: '1',
        negative: '0',
        delay: 'P1D',
      },
    },
    ['labels.minimumAgreement: agreement needs annotators'],
  ],
])('%j has the problems %j', (parts, expected) => {
  const definition = definitionWith({ columns: COLUMNS, ...parts });

  const found = partProblems(definition).map(({ path, message }) => `${path.join('.')}: ${message}`);

  expect(found).toEqual(expected);
});

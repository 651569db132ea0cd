import type { Column } from '../../core/schema/column.ts';
import { fairnessMeasuresOf } from '../../core/schema/fairness-measures.ts';
import { FairnessMeasure } from '../../core/schema/fairness-policy.ts';
import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import type { SliceCondition } from '../../core/schema/slice-definition.ts';
import type { Finding } from './definition-finding.ts';

/** Rules about slices and protected groups. */
export function partProblems(definition: ModelDefinition): Finding[] {
  return [
    ...definition.columns.flatMap(cutFindings),
    ...nameFindings(definition),
    ...conditionFindings(definition),
    ...protectedFindings(definition),
    ...favourableFindings(definition),
    ...annotatorFindings(definition),
  ];
}

function cutFindings({ cuts, role, kind }: Column, index: number): Finding[] {
  if (cuts === undefined) return [];
  const path = ['columns', index, 'cuts'];
  if (role !== 'protected' || kind !== 'numeric')
    return [
      { path, message: 'only numeric protected columns have `cuts`', hint: 'remove cuts, or write role: protected and kind: numeric' },
    ];
  if (cuts.every((cut, place) => place === 0 || cut > (cuts[place - 1] ?? cut))) return [];
  return [{ path, message: 'cuts do not ascend', hint: 'write each bound once, smallest first' }];
}

function nameFindings({ slices }: ModelDefinition): Finding[] {
  return slices.flatMap(({ name, where }, index): Finding[] => {
    const path = ['slices', index];
    const isTwice = slices.findIndex((each) => each.name === name) !== index;
    const isEmpty = Object.keys(where).length === 0;
    return [
      ...(isTwice ? [{ path, message: `slice "${name}" is there twice`, hint: 'give each slice a name of its own' }] : []),
      ...(isEmpty ? [{ path, message: `slice "${name}" holds all rows`, hint: 'write at least one condition under where' }] : []),
    ];
  });
}

function conditionFindings({ slices, columns }: ModelDefinition): Finding[] {
  return slices.flatMap(({ where }, index) =>
    Object.entries(where).flatMap(([name, condition]): Finding[] => {
      const problem = problemOf(
        columns.find((column) => column.name === name),
        { name, condition },
      );
      return problem === null ? [] : [{ path: ['slices', index, 'where', name], ...problem }];
    }),
  );
}

function problemOf(
  column: Column | undefined,
  { name, condition }: { readonly name: string; readonly condition: SliceCondition },
): Pick<Finding, 'message' | 'hint'> | null {
  if (column === undefined || column.role === 'ignored')
    return { message: `"${name}" is no column that is watched`, hint: 'name a feature or a protected column of columns' };
  if (column.kind === 'text') return { message: `"${name}" is a column of words`, hint: 'name a numeric or categorical column' };
  const isRange = typeof condition === 'object' && !Array.isArray(condition);
  if (column.kind === 'categorical' && isRange)
    return { message: `"${name}" is categorical and has no range`, hint: 'write a value, or a list of values' };
  if (!isRange) return null;
  const { atLeast = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = condition;
  return atLeast < below ? null : { message: 'atLeast is not below `below`', hint: 'swap or correct them' };
}

/** Limits that nothing can be held to: no protected column, or a distance that the task does not have. */
function protectedFindings(definition: ModelDefinition): Finding[] {
  const { columns, task, labels, monitoring, gate } = definition;
  const hasGroups = columns.some(({ role }) => role === 'protected');
  const known = fairnessMeasuresOf(definition);
  return [
    { path: ['monitoring', 'fairness', 'limits'], limits: monitoring.fairness.limits },
    { path: ['gate', 'fairness', 'limits'], limits: gate.fairness.limits },
  ].flatMap(({ path, limits }): Finding[] => {
    const stated = FairnessMeasure.options.filter((measure) => limits[measure] !== undefined);
    if (stated.length > 0 && !hasGroups)
      return [
        {
          path,
          message: 'there is no protected column to hold to the limits',
          hint: 'give a column role: protected, or remove the limits',
        },
      ];
    const needsOutcome = task === 'multiclass' && labels.favourable === undefined;
    return stated
      .filter((measure) => !known.includes(measure))
      .map((measure) => ({
        path: [...path, measure],
        message: `the groups of a ${task} model${needsOutcome ? ' without labels.favourable' : ''} have no ${measure}`,
        hint: `limit one of ${known.join(', ')}${needsOutcome ? ', or list the favourable classes' : ''}`,
      }));
  });
}

/** Classes that are good for those who are called so: some of labels.classes, and not all. */
function favourableFindings({ task, labels: { favourable, classes = [] }, columns }: ModelDefinition): Finding[] {
  if (favourable === undefined) return [];
  const path = ['labels', 'favourable'];
  if (task !== 'multiclass') {
    const hint = task === 'binary' ? 'the positive class counts as favourable: remove it' : 'remove it';
    return [{ path, message: `a ${task} task has no favourable classes`, hint }];
  }
  const unknown = favourable.flatMap((name, index): Finding[] =>
    classes.includes(name)
      ? []
      : [{ path: [...path, index], message: `"${name}" is no class of labels.classes`, hint: 'use the same texts in both' }],
  );
  if (unknown.length > 0) return unknown;
  if (new Set(favourable).size < favourable.length)
    return [{ path, message: 'a favourable class is there twice', hint: 'keep one of them' }];
  if (favourable.length === classes.length)
    return [{ path, message: 'every class is favourable', hint: 'list only those that are better than the others' }];
  if (columns.some(({ role }) => role === 'protected')) return [];
  return [
    {
      path,
      message: 'there is no protected column whose groups could be compared',
      hint: 'give a column role: protected, or remove favourable',
    },
  ];
}

/** Opinions are rows of their own. */
function annotatorFindings({ labels, logs, task }: ModelDefinition): Finding[] {
  const { annotator } = labels.columns;
  const path = ['labels', 'columns', 'annotator'];
  if (annotator === undefined) {
    if (labels.minimumAgreement === undefined) return [];
    return [
      {
        path: ['labels', 'minimumAgreement'],
        message: 'agreement needs annotators',
        hint: 'name the column of the annotator in labels.columns.annotator',
      },
    ];
  }
  if (labels.path === logs.path)
    return [
      {
        path,
        message: 'labels in the prediction log have no annotators',
        hint: 'write labels to a log of their own, one row an annotator',
      },
    ];
  if (task !== 'regression' || labels.minimumAgreement === undefined) return [];
  return [
    { path: ['labels', 'minimumAgreement'], message: 'agreement is measured of classes, not of numbers', hint: 'remove minimumAgreement' },
  ];
}

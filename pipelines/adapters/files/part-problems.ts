import type { Column } from '../../core/schema/column.ts';
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

/** Limits that nothing can be held to. */
function protectedFindings({ columns, task, monitoring, gate }: ModelDefinition): Finding[] {
  const stated = [
    { path: ['monitoring', 'fairness', 'limits'], limits: monitoring.fairness.limits },
    { path: ['gate', 'fairness', 'limits'], limits: gate.fairness.limits },
  ].filter(({ limits }) => Object.keys(limits).length > 0);
  if (task !== 'binary')
    return stated.map(({ path }) => ({ path, message: 'groups are compared for binary models only', hint: 'remove the limits' }));
  if (columns.some(({ role }) => role === 'protected')) return [];
  return stated.map(({ path }) => ({
    path,
    message: 'there is no protected column to hold to the limits',
    hint: 'give a column role: protected, or remove the limits',
  }));
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

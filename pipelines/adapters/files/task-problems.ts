import { TASK_OF_ALGORITHM } from '../../core/schema/algorithm.ts';
import { type MetricName, metricsOf } from '../../core/schema/metric.ts';
import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import type { Finding } from './definition-finding.ts';

/** What does not go with the task of a definition: labels, log columns, metrics, algorithm, value. */
export function taskProblems(definition: ModelDefinition): Finding[] {
  return [
    ...labelProblems(definition),
    ...predictionProblems(definition),
    ...metricProblems(definition),
    ...algorithmProblems(definition),
    ...valueProblems(definition),
  ];
}

function labelProblems({ task, labels }: ModelDefinition): Finding[] {
  const findings: Finding[] = [];
  const at = (key: string, message: string, hint: string) => findings.push({ path: ['labels', key], message, hint });
  const { positive, negative, classes } = labels;
  if (task === 'binary') {
    if (positive === undefined || negative === undefined)
      findings.push({
        path: ['labels'],
        message: 'a binary task needs labels.positive and labels.negative',
        hint: 'write the label text of each class',
      });
    else if (positive === negative) at('negative', 'positive and negative are the same text', 'write the label text of each class');
  } else {
    if (positive !== undefined) at('positive', `a ${task} task has no positive class`, 'remove it');
    if (negative !== undefined) at('negative', `a ${task} task has no negative class`, 'remove it');
  }
  if (task === 'multiclass' && classes === undefined)
    findings.push({ path: ['labels'], message: 'a multiclass task needs labels.classes', hint: 'list the label texts of all classes' });
  if (task !== 'multiclass' && classes !== undefined)
    at('classes', `a ${task} task has no list of classes`, 'remove it, or write task: multiclass');
  if (classes !== undefined && new Set(classes).size < classes.length) at('classes', 'a class is there twice', 'keep one of them');
  return findings;
}

function predictionProblems({ task, logs, labels }: ModelDefinition): Finding[] {
  const { score, prediction, probabilities } = logs.columns;
  const path = ['logs', 'columns'];
  if (task !== 'multiclass') {
    const message = `the log of a ${task} task has its predictions in \`score\` alone`;
    return (['prediction', 'probabilities'] as const)
      .filter((key) => logs.columns[key] !== undefined)
      .map((key) => ({ path: [...path, key], message, hint: 'remove it, or write task: multiclass' }));
  }
  const findings: Finding[] = [];
  if (prediction === undefined && score !== undefined)
    findings.push({
      path,
      message: 'a multiclass task with a score needs logs.columns.prediction',
      hint: 'name the column that holds the class that was called',
    });
  const classes = new Set(labels.classes ?? []);
  for (const name of Object.keys(probabilities ?? {}))
    if (!classes.has(name))
      findings.push({
        path: [...path, 'probabilities', name],
        message: `"${name}" is no class of labels.classes`,
        hint: 'use the same texts in both',
      });
  if (probabilities !== undefined && Object.keys(probabilities).length < classes.size)
    findings.push({
      path: [...path, 'probabilities'],
      message: 'a class has no probability',
      hint: 'name a column for every class, or remove probabilities',
    });
  return findings;
}

function metricProblems({ task, monitoring, gate, successMetrics }: ModelDefinition): Finding[] {
  const known = metricsOf(task);
  const named: readonly (readonly [readonly (string | number)[], MetricName])[] = [
    [['monitoring', 'performance', 'metric'], monitoring.performance.metric],
    ...gate.rules.map((rule, index) => [['gate', 'rules', index, 'metric'], rule.metric] as const),
    ...successMetrics.map((each, index) => [['successMetrics', index, 'metric'], each.metric] as const),
  ];
  return named
    .filter(([, metric]) => !known.includes(metric))
    .map(([path, metric]) => ({ path, message: `a ${task} model has no ${metric}`, hint: `use one of ${known.join(', ')}` }));
}

function algorithmProblems({ task, training }: ModelDefinition): Finding[] {
  if (TASK_OF_ALGORITHM[training.algorithm] === task) return [];
  const fitting = Object.entries(TASK_OF_ALGORITHM).flatMap(([algorithm, served]) => (served === task ? [algorithm] : []));
  const message = `${training.algorithm} does not serve a ${task} task`;
  return [{ path: ['training', 'algorithm'], message, hint: `write training.algorithm: ${fitting.join(' or ')}` }];
}

function valueProblems({ task, businessValue }: ModelDefinition): Finding[] {
  if (task !== 'regression' || businessValue === undefined) return [];
  return [{ path: ['businessValue'], message: 'a regression has no outcomes to put a value on', hint: 'remove businessValue' }];
}

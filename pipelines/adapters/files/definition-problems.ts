import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import { durationSeconds } from '../../core/schema/duration.ts';
import { metricsOf } from '../../core/schema/metric.ts';
import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import type { Finding } from './definition-finding.ts';
import type { YamlProblem } from './parse-yaml.ts';
import { partProblems } from './part-problems.ts';
import { taskProblems } from './task-problems.ts';

/** Rules across keys that a schema cannot say. `source` is the text that the definition was read from. */
export function definitionProblems(
  definition: ModelDefinition,
  source: { readonly text: string; readonly file: string },
): readonly YamlProblem[] {
  const findings = [
    ...columnFindings(definition),
    ...logColumnFindings(definition),
    ...durationFindings(definition),
    ...moneyFindings(definition),
    ...regionFindings(definition),
    ...taskProblems(definition),
    ...partProblems(definition),
  ];
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines });
  return [...findings, ...unstatedTolerance(definition, document)].map((finding) => {
    const node = nearestNode(document, finding.path);
    const range = isMap(node) ? node.range : (node as { range?: readonly number[] | null } | undefined)?.range;
    const { line, col } = lines.linePos(range?.[0] ?? 0);
    return {
      position: { file: source.file, line, column: col },
      path: finding.path.join('.'),
      message: finding.message,
      hint: finding.hint,
    };
  });
}

/** The default tolerance is a share: a metric in units of the label needs one that its owner has thought of. */
function unstatedTolerance({ task, monitoring }: ModelDefinition, document: Document): Finding[] {
  const { metric } = monitoring.performance;
  const path = ['monitoring', 'performance', 'toleratedDrop'];
  if (task !== 'regression' || metric === 'rSquared' || !metricsOf(task).includes(metric) || document.hasIn(path)) return [];
  const message = `${metric} is in units of the label, and no tolerated loss is stated`;
  return [{ path, message, hint: 'write how much more error than promised the owner accepts' }];
}

/** The node of a path, or, where a default stands in for keys that are not written, of the nearest section around it. */
function nearestNode(document: Document, path: readonly (string | number)[]): unknown {
  const lengths = path.map((_, index) => path.length - index);
  return lengths.map((length) => document.getIn(path.slice(0, length), true)).find((node) => node !== undefined && node !== null);
}

function columnFindings(definition: ModelDefinition): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const [index, column] of definition.columns.entries()) {
    const path = ['columns', index];
    if (seen.has(column.name)) findings.push({ path, message: `column "${column.name}" is there twice`, hint: 'keep one of them' });
    seen.add(column.name);
    if (column.min !== undefined && column.max !== undefined && column.min >= column.max)
      findings.push({ path, message: 'min is not below max', hint: 'swap or correct them' });
    if (column.kind === 'numeric' && column.values !== undefined)
      findings.push({ path, message: 'a numeric column has no `values`', hint: 'use min and max, or kind: categorical' });
    if (column.kind === 'categorical' && (column.min !== undefined || column.max !== undefined))
      findings.push({ path, message: 'a categorical column has no `min` or `max`', hint: 'use values, or kind: numeric' });
    if (column.kind === 'text' && (column.values !== undefined || column.min !== undefined || column.max !== undefined))
      findings.push({ path, message: 'a text column has no `values`, `min` or `max`', hint: 'remove them, or use kind: categorical' });
  }
  if (!definition.columns.some((column) => column.role === 'feature'))
    findings.push({ path: ['columns'], message: 'no column has the role feature', hint: 'give at least one column role: feature' });
  return findings;
}

/** Columns of the log that mean something of their own cannot be columns of the data contract too. */
function logColumnFindings({ columns, logs }: ModelDefinition): Finding[] {
  const names = new Set(columns.map(({ name }) => name));
  const { probabilities = {}, ...single } = logs.columns;
  const meanings: readonly (readonly [readonly string[], string, string | undefined])[] = [
    ...Object.entries(single).map(([meaning, column]) => [[meaning], meaning, column] as const),
    ...Object.entries(probabilities).map(([name, column]) => [['probabilities', name], `probability of ${name}`, column] as const),
  ];
  return meanings.flatMap(([path, meaning, column]) =>
    column === undefined || !names.has(column)
      ? []
      : [
          {
            path: ['logs', 'columns', ...path],
            message: `"${column}" is a column of the data contract too`,
            hint: `name the column of the log that holds the ${meaning}, or take "${column}" out of columns`,
          },
        ],
  );
}

/** Lengths that may not be nothing. */
function durationFindings({ monitoring, training, retraining }: ModelDefinition): Finding[] {
  const lengths: readonly (readonly [string, string, string])[] = [
    ['monitoring', 'window', monitoring.window],
    ['training', 'recentRange', training.recentRange],
    ['training', 'heldOutRange', training.heldOutRange],
    ...(retraining.maximumAge === undefined ? [] : [['retraining', 'maximumAge', retraining.maximumAge] as const]),
  ];
  return lengths
    .filter(([, , duration]) => durationSeconds(duration) === 0)
    .map(([section, key]) => ({ path: [section, key], message: 'a length of nothing', hint: 'write a duration such as P1D, PT6H or P2W' }));
}

/** The region is shown by name, so it must be a column whose values may be shown. */
function regionFindings({ service, columns }: ModelDefinition): Finding[] {
  if (service.region === undefined) return [];
  const path = ['service', 'region'];
  const column = columns.find(({ name }) => name === service.region);
  if (column === undefined || column.role === 'ignored' || column.kind !== 'categorical')
    return [
      { path, message: `"${service.region}" is no categorical column that is profiled`, hint: 'name a categorical column of columns' },
    ];
  if (column.sensitivity !== 'personal') return [];
  return [{ path, message: 'values of a personal column are never shown', hint: 'name a column of coarser places, or remove region' }];
}

function moneyFindings(definition: ModelDefinition): Finding[] {
  if (definition.businessValue !== undefined) return [];
  const rule = definition.gate.rules.findIndex((each) => each.metric === 'valuePerPrediction');
  if (rule < 0) return [];
  return [
    { path: ['gate', 'rules', rule], message: 'valuePerPrediction needs businessValue', hint: 'add businessValue, or remove the rule' },
  ];
}

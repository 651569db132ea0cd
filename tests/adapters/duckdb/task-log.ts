import { ModelDefinition, type WrittenModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { at } from './example-log.ts';
import type { LogRow } from './write-log.ts';

type Format = WrittenModelDefinition['logs']['format'];

export const CLASSES = ['news', "o'clock, music", 'maps'];

/** A model of several classes, or of a number, whose log has the columns of `answerRows` or `numberRows`; labels lie apart. */
export function taskDefinition(task: 'multiclass' | 'regression', format: Format, changes: Partial<WrittenModelDefinition> = {}) {
  const metric = task === 'multiclass' ? ('accuracy' as const) : ('meanAbsoluteError' as const);
  const called = task === 'multiclass' ? { prediction: 'called' } : {};
  return ModelDefinition.parse({
    schemaVersion: 1,
    name: 'example',
    task,
    objective: 'Decide in a test.',
    owner: 'testers',
    stakeholders: ['testers'],
    successMetrics: [{ metric, target: 0.6, why: 'test' }],
    columns: [{ name: 'amount', kind: 'numeric' }],
    logs: { format, path: `log.${format}`, columns: { id: 'id', timestamp: 'ts', score: 'score', modelVersion: 'version', ...called } },
    labels: {
      format,
      path: `labels.${format}`,
      columns: { id: 'id', label: 'label', timestamp: 'label_ts' },
      ...(task === 'multiclass' ? { classes: CLASSES } : {}),
      delay: 'P1D',
    },
    monitoring: { performance: { metric } },
    training: { algorithm: task === 'multiclass' ? 'softmaxRegression' : 'ridgeRegression' },
    gate: { rules: [] },
    ...changes,
  });
}

function common(index: number, rowsPerDay: number) {
  const dayNumber = 1 + Math.floor(index / rowsPerDay);
  const stamp = at(dayNumber, (index % rowsPerDay) * 60);
  return {
    id: `row-${String((index * 7919) % 100_003).padStart(6, '0')}`,
    ts: stamp,
    amount: index % 17,
    version: index % 4 === 0 ? 'v2' : 'v1',
  };
}

/** Answers with a confidence; a part of them wrong, none in every eleventh row. */
export function answerRows(days: number, rowsPerDay: number): { readonly log: LogRow[]; readonly labels: LogRow[] } {
  const rows = Array.from({ length: days * rowsPerDay }, (_, index) => {
    const truth = CLASSES[(index * 5) % 3] ?? '';
    const called = index % 11 === 0 ? null : index % 7 < 5 ? truth : (CLASSES[index % 3] ?? '');
    return { ...common(index, rowsPerDay), called, score: index % 11 === 0 ? null : ((index * 37) % 100) / 100, truth };
  });
  return split(rows, rowsPerDay);
}

/** Numbers of three figures with errors of both signs. */
export function numberRows(days: number, rowsPerDay: number): { readonly log: LogRow[]; readonly labels: LogRow[] } {
  const rows = Array.from({ length: days * rowsPerDay }, (_, index) => {
    const truth = Math.round((150 + 100 * Math.sin(index)) * 100) / 100;
    return { ...common(index, rowsPerDay), score: index % 13 === 0 ? null : truth + ((index * 29) % 41) / 10 - 1.9, truth: String(truth) };
  });
  return split(rows, rowsPerDay);
}

function split(rows: readonly (LogRow & { readonly id: string; readonly truth: string })[], rowsPerDay: number) {
  return {
    log: rows.map(({ truth: _, ...row }) => row),
    labels: rows.map(({ id, truth }, index) => ({ id, label: truth, label_ts: at(2 + Math.floor(index / rowsPerDay), 3600) })),
  };
}

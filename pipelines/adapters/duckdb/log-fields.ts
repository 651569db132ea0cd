import type { Column } from '../../core/schema/column.ts';
import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import { quoteName } from './quote.ts';

/** One column that is read from a log: its name in the files, and the name that every query of this adapter uses for it. */
export interface LogField {
  readonly source: string;
  readonly as: string;
  readonly kind: 'text' | 'time' | 'number';
  /** A column that is not required may be absent from a file; its values are then missing. */
  readonly required: boolean;
}

/** A profiled column of the definition and its name in queries. */
export interface ProfiledColumn {
  readonly column: Column;
  readonly as: string;
}

/** The columns that are profiled and trained on, in the order of the definition. */
export function profiledColumns(definition: ModelDefinition): readonly ProfiledColumn[] {
  return definition.columns.filter((column) => column.role !== 'ignored').map((column, index) => ({ column, as: `c${index}` }));
}

/** The number by which a column is counted on a grid, in SQL: a text is counted by its characters, and nothing else of it is kept. */
export function countedValue({ column, as }: ProfiledColumn): string {
  return column.kind === 'text' ? `length(NULLIF(${quoteName(as)}, ''))` : quoteName(as);
}

/** Columns that have a grid: numbers, and texts by their length. */
export function griddedColumns(definition: ModelDefinition): readonly ProfiledColumn[] {
  return profiledColumns(definition).filter(({ column }) => column.kind !== 'categorical');
}

/** Whether the prediction log carries its labels itself. */
export function hasInlineLabels(definition: ModelDefinition): boolean {
  return definition.labels.path === definition.logs.path;
}

/** Name in queries of the probability of the class at this place of `logs.columns.probabilities`. */
export function probabilityName(index: number): string {
  return `p${index}`;
}

/** Stands in for the score of a log that has none: no file has a column without a name, so every score is missing. */
const NO_SCORE: LogField = { source: '', as: 'score', kind: 'number', required: false };

/** What is read from the prediction log. */
export function predictionFields(definition: ModelDefinition): readonly LogField[] {
  const { id, timestamp, score, prediction, probabilities, modelVersion, latencyMs, error, arrivedAt } = definition.logs.columns;
  return [
    field(id, 'id', 'text'),
    field(timestamp, 'ts', 'time'),
    score === undefined ? NO_SCORE : field(score, 'score', 'number'),
    ...optional(prediction, 'prediction', 'text'),
    ...Object.values(probabilities ?? {}).map((source, index) => field(source, probabilityName(index), 'number')),
    ...optional(modelVersion, 'version', 'text'),
    ...optional(latencyMs, 'latency', 'number'),
    ...optional(error, 'error', 'text'),
    ...optional(arrivedAt, 'arrival', 'time'),
    ...profiledColumns(definition).map(({ column, as }) => ({
      source: column.name,
      as,
      kind: column.kind === 'numeric' ? ('number' as const) : ('text' as const),
      required: column.required,
    })),
    ...(hasInlineLabels(definition) ? inlineLabelFields(definition) : []),
  ];
}

/** What is read from a label log of its own. */
export function labelFields(definition: ModelDefinition): readonly LogField[] {
  const { id, label, timestamp, annotator } = definition.labels.columns;
  return [
    field(id, 'id', 'text'),
    field(label, 'label', 'text'),
    ...optional(timestamp, 'ts', 'time'),
    ...optional(annotator, 'annotator', 'text'),
  ];
}

function inlineLabelFields(definition: ModelDefinition): readonly LogField[] {
  const { label, timestamp } = definition.labels.columns;
  return [field(label, 'label', 'text'), ...optional(timestamp, 'label_ts', 'time')];
}

function field(source: string, as: string, kind: LogField['kind']): LogField {
  return { source, as, kind, required: true };
}

function optional(source: string | undefined, as: string, kind: LogField['kind']): readonly LogField[] {
  return source === undefined ? [] : [field(source, as, kind)];
}

import type { ModelDefinition } from '../schema/model-definition.ts';
import type { WindowSummary } from '../schema/model-state.ts';
import type { Signal } from '../schema/signal.ts';
import { RELATIONS } from '../signals/relations-signal.ts';

/** What a row of the table is about, and so in which unit its values are. */
export type DriftSubject =
  | 'feature'
  | 'calendar feature'
  | 'protected column'
  | 'prediction'
  | 'area of a classifier'
  | 'reconstruction error'
  | 'share of unknown words'
  | 'distance of scripts';

/** One row of the drift table. */
export interface Subject {
  readonly subject: string;
  readonly what: DriftSubject;
}

/** Rows that count as drifting features. */
export const OF_COLUMNS: ReadonlySet<DriftSubject> = new Set(['feature', 'protected column']);

/** The rows of the drift table: columns as the definition has them, predictions, then what is measured on samples of rows. */
export function subjectsOf(definition: ModelDefinition, windows: readonly WindowSummary[]): Subject[] {
  const signals = windows.flatMap((summary) => summary.signals);
  const seen = new Set(signals.filter(isDrift).map((signal) => signal.subject));
  const columns: Subject[] = definition.columns
    .filter((column) => column.role !== 'ignored' && seen.has(column.name))
    .map((column) => ({
      subject: column.name,
      what: column.role === 'protected' ? 'protected column' : column.calendar ? 'calendar feature' : 'feature',
    }));
  const named = new Set(columns.map((column) => column.subject));
  const others = [...seen].filter((subject) => !named.has(subject)).sort();
  const together = signals.flatMap((signal): Subject[] => {
    const what = sampledWhat(signal);
    return what === null ? [] : [{ subject: signal.subject, what }];
  });
  const distinct = new Map(together.map((each) => [`${each.what} ${each.subject}`, each]));
  return [...columns, ...others.map((subject): Subject => ({ subject, what: 'prediction' })), ...distinct.values()];
}

/** What a statement that was measured on a sample of rows gives; null for all others. */
function sampledWhat({ kind, subject, threshold }: Signal): DriftSubject | null {
  if (kind === 'multivariate-drift') return subject === RELATIONS ? 'reconstruction error' : 'area of a classifier';
  if (kind === 'vocabulary') return threshold === null && subject.endsWith(' script') ? 'distance of scripts' : 'share of unknown words';
  return null;
}

/** Drift of one column or of the predictions. */
export function isDrift(signal: Signal): boolean {
  return signal.kind === 'data-drift' || signal.kind === 'prediction-drift';
}

/** Whether a statement belongs to a row. */
export function isAbout(signal: Signal, { subject, what }: Subject): boolean {
  const sampled = sampledWhat(signal);
  return signal.subject === subject && (sampled === null ? isDrift(signal) && !SAMPLED.has(what) : sampled === what);
}

const SAMPLED: ReadonlySet<DriftSubject> = new Set([
  'area of a classifier',
  'reconstruction error',
  'share of unknown words',
  'distance of scripts',
]);

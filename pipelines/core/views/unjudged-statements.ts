import { isOfLostColumn } from '../schema/lost-column.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ModelState, WindowSummary } from '../schema/model-state.ts';
import type { Signal, SignalKind } from '../schema/signal.ts';

/** Realised performance, of all rows and of parts of them, waits for labels: it is judged on an older window than everything else. */
const AWAIT_LABELS: ReadonlySet<SignalKind> = new Set([
  'realised-performance',
  'business-value',
  'slice-performance',
  'fairness',
  'label-agreement',
]);

/**
 * What could not be judged in the newest window although it should: drift of every watched column, and whatever was judged in any earlier
 * window of the same champion that is kept (a new one needs a week of its own scores before their drift can be judged). Statements about columns that left the definition are not expected any more.
 */
export function unjudgedStatements(definition: ModelDefinition, state: ModelState): string[] {
  const newest = state.windows.at(-1);
  if (newest === undefined) return [];
  const watched = watchedColumns(definition).map((column) => nameOf({ kind: 'data-drift', subject: column }));
  const before = state.windows
    .slice(0, -1)
    .filter(({ champion }) => champion === newest.champion)
    .flatMap((summary) => judgedNames(summary, definition));
  const now = new Set(judgedNames(newest, definition));
  return [...new Set([...watched, ...before])].filter((name) => !now.has(name));
}

/** Features whose drift is watched: calendar columns are profiled but raise no alarms, values of personal categories are not kept. */
export function watchedColumns(definition: ModelDefinition): string[] {
  const watched = definition.columns.filter(
    ({ role, calendar, kind, sensitivity }) => role === 'feature' && !calendar && !(kind === 'categorical' && sensitivity === 'personal'),
  );
  return watched.map((column) => column.name);
}

/** Signals that speak of the newest rows, not of labels. */
export function isAboutRows(signal: Signal): boolean {
  return !AWAIT_LABELS.has(signal.kind);
}

function judgedNames(summary: WindowSummary, definition: ModelDefinition): string[] {
  const judged = summary.signals.filter((signal) => signal.status !== 'insufficient-data' && signal.value !== null);
  return judged.filter((signal) => isAboutRows(signal) && isStillDefined(signal, definition)).map(nameOf);
}

function isStillDefined(signal: Signal, definition: ModelDefinition): boolean {
  const { kind, subject } = signal;
  const { columns } = definition.logs;
  if (kind === 'clock') return subject === 'order' || columns.arrivedAt !== undefined;
  if (kind === 'duplicates') return subject === columns.id;
  if (kind === 'serving-skew') return subject === columns.score;
  if (kind === 'unit-slip') return definition.columns.some((column) => column.name === subject && column.unit !== undefined);
  if (kind === 'latency') return definition.monitoring.latency !== undefined;
  if (kind === 'errors') return definition.monitoring.errors !== undefined;
  return !isOfLostColumn(signal, definition);
}

function nameOf({ kind, subject }: Pick<Signal, 'kind' | 'subject'>): string {
  return `${kind.replaceAll('-', ' ')} of ${subject}`;
}

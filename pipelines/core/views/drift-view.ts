import { durationSeconds } from '../schema/duration.ts';
import { epochSeconds } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { WindowSummary } from '../schema/model-state.ts';
import { SECONDS_PER_WEEK } from '../schema/place-in-week.ts';
import type { Signal, SignalStatus } from '../schema/signal.ts';
import { type Window, windowId } from '../schema/window.ts';
import { calendarCycle } from '../signals/calendar-cycle.ts';
import { evidenceText, figure } from '../signals/phrase-figures.ts';
import { type DriftDetails, driftDetails } from './drift-details.ts';
import { type DriftSubject, isAbout, isDrift, OF_COLUMNS, type Subject, subjectsOf } from './drift-subjects.ts';
import type { ModelSource } from './site-source.ts';
import { watchedColumns } from './unjudged-statements.ts';

const DAY = 86_400;

/** One cell: the largest distance of a column in a span of windows. */
export interface DriftCell {
  readonly value: number | null;
  readonly threshold: number | null;
  readonly status: SignalStatus;
  /** Windows of the span in alert. */
  readonly alerts: number;
  readonly windows: number;
  /** 0 (far below the threshold) to 4 (twice the threshold or more), by value over threshold; null without a value. */
  readonly step: number | null;
  readonly why: string;
}

export interface DriftRow {
  readonly subject: string;
  readonly what: DriftSubject;
  readonly cells: readonly DriftCell[];
  /** The newest single window. */
  readonly latest: DriftCell | null;
}

/** Columns against time. Windows fold into spans so that the table stays readable; a span shows its worst window. */
export interface DriftView {
  readonly spans: readonly { readonly id: string; readonly window: Window; readonly rows: number }[];
  readonly rows: readonly DriftRow[];
  readonly method: string;
  readonly rule: string;
  /** Evidence of drift of the model in the newest window, held against the budget; null when no column was weighed. */
  readonly evidence: string | null;
  readonly windowsPerSpan: number;
  readonly drifting: number;
  readonly watched: number;
  /** Of the newest window: what to look at first, and what joint drifts are made of. */
  readonly details: DriftDetails;
}

/** The drift table of a model; `windowsPerSpan` windows share a column of the table. */
export function driftView(model: ModelSource): DriftView {
  const windows = model.state?.windows ?? [];
  const windowsPerSpan = foldOf(model.definition, windows.length);
  const spans = foldWindows(windows, windowsPerSpan);
  const rows = subjectsOf(model.definition, windows).map((subject) => driftRow(subject, spans, windows));
  const watched = watchedColumns(model.definition);
  const alarmed = rows.filter(
    (row) =>
      OF_COLUMNS.has(row.what) && watched.includes(row.subject) && (row.latest?.status === 'alert' || row.latest?.status === 'warning'),
  );
  const { drift } = model.definition.monitoring;
  return {
    spans: spans.map((span) => ({
      id: windowId(span.window),
      window: span.window,
      rows: span.windows.reduce((sum, one) => sum + one.rows, 0),
    })),
    rows,
    method: drift.method === 'jensenShannon' ? 'Jensen-Shannon distance' : 'Population stability index',
    rule: ruleOf(model.definition),
    evidence: evidenceOf(windows.at(-1)),
    windowsPerSpan,
    drifting: alarmed.length,
    watched: watched.length,
    details: driftDetails(windows.at(-1)),
  };
}

function ruleOf(definition: ModelDefinition): string {
  const { drift, falseAlarmBudget } = definition.monitoring;
  const now = `A window is suspicious when a distance is above its threshold and its p value survives Benjamini-Hochberg at ${drift.falseDiscoveryRate} over the features of the window.`;
  const lasting = `It is an alarm once the evidence of all windows so far has reached ${falseAlarmBudget}: without any drift, that happens once in ${falseAlarmBudget} windows at most, on average.`;
  const rule = `${now} ${lasting}`;
  const cycle = calendarCycle(definition);
  if (cycle === null) return rule;
  const weeks = cycle / SECONDS_PER_WEEK;
  return `${rule} Scores follow the calendar: they are pooled over ${weeks === 1 ? 'a whole week' : `${weeks} whole weeks`} before they are compared, and what is weighed as evidence is each cycle once.`;
}

function evidenceOf(newest: WindowSummary | undefined): string | null {
  const weighed = newest?.signals.find((signal) => isDrift(signal) && signal.evidence !== undefined)?.evidence;
  if (weighed === undefined) return null;
  return `Evidence of drift up to the newest window: ${evidenceText(weighed.total)} of ${figure(weighed.budget)}.`;
}

function foldOf(definition: ModelDefinition, count: number): number {
  if (count <= 26) return 1;
  const week = Math.round((7 * DAY) / durationSeconds(definition.monitoring.window));
  return week > 1 && count / week <= 40 ? week : Math.ceil(count / 26);
}

interface Span {
  readonly window: Window;
  readonly windows: readonly WindowSummary[];
}

/** Spans are cut from the newest window backwards in steps of time, so that the last span is whole and gaps stay visible. */
function foldWindows(windows: readonly WindowSummary[], perSpan: number): Span[] {
  const first = windows[0];
  const last = windows.at(-1);
  if (first === undefined || last === undefined) return [];
  const length = perSpan * (epochSeconds(last.window.end) - epochSeconds(last.window.start));
  const end = epochSeconds(last.window.end);
  const groups = new Map<number, WindowSummary[]>();
  for (const summary of windows) {
    const index = Math.floor((end - epochSeconds(summary.window.end)) / length);
    groups.set(index, [...(groups.get(index) ?? []), summary]);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => b - a)
    .map(([, group]) => ({
      window: { start: group[0]?.window.start ?? first.window.start, end: group.at(-1)?.window.end ?? last.window.end },
      windows: group,
    }));
}

function driftRow(subject: Subject, spans: readonly Span[], windows: readonly WindowSummary[]): DriftRow {
  const newest = windows.at(-1);
  return {
    ...subject,
    cells: spans.map((span) => driftCell(subject, span.windows)),
    latest: newest === undefined ? null : driftCell(subject, [newest]),
  };
}

function driftCell(subject: Subject, windows: readonly WindowSummary[]): DriftCell {
  const signals = windows.flatMap((summary) => summary.signals.filter((signal) => isAbout(signal, subject)));
  const measured = signals.filter((signal) => signal.value !== null);
  const alerts = signals.filter((signal) => signal.status === 'alert').length;
  const worst = measured.reduce<Signal | null>((best, signal) => (outranks(signal, best) ? signal : best), null);
  const threshold = worst?.threshold?.level ?? null;
  const value = worst?.value ?? null;
  return {
    value,
    threshold,
    status: worst?.status ?? 'insufficient-data',
    alerts,
    windows: windows.length,
    step: value === null ? null : stepOf(value - (worst?.reference ?? 0), threshold === null ? null : threshold - (worst?.reference ?? 0)),
    why: worst?.why ?? signals[0]?.why ?? 'Not measured.',
  };
}

const STATUS_RANK: Readonly<Record<SignalStatus, number>> = { alert: 3, warning: 2, ok: 1, 'insufficient-data': 0 };

function outranks(signal: Signal, best: Signal | null): boolean {
  if (best === null) return true;
  const difference = STATUS_RANK[signal.status] - STATUS_RANK[best.status];
  return difference > 0 || (difference === 0 && (signal.value ?? 0) > (best.value ?? 0));
}

function stepOf(value: number, threshold: number | null): number {
  if (threshold === null || threshold <= 0) return 0;
  const ratio = value / threshold;
  return [0.25, 0.5, 1, 2].filter((edge) => ratio >= edge).length;
}

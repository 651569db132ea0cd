import { durationSeconds } from '../schema/duration.ts';
import { epochSeconds, type Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { WindowSummary } from '../schema/model-state.ts';
import type { ServiceReport } from '../schema/service-report.ts';
import type { Window } from '../schema/window.ts';
import type { ModelSource } from './site-source.ts';

/** Usage is added up over the newest windows: enough for a rhythm, few enough to be of today. */
const USAGE_WINDOWS = 28;
const DAY = 86_400;
/** The epoch began on a Thursday. */
const WEEKDAYS = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday'] as const;
const FROM_MONDAY = [4, 5, 6, 0, 1, 2, 3] as const;

export interface ServicePoint {
  readonly at: Instant;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly sampleSize: number;
}

/** One line of a table of usage. `share`: of all predictions of the table. */
export interface UsageRow {
  readonly name: string;
  readonly rows: number;
  readonly share: number;
}

/** How a model is served and used. Parts that cannot be shown are empty or null; `why` says the reason. */
export interface ServiceView {
  readonly latest: ServiceReport | null;
  readonly latestWindow: Window | null;
  /** 95 % quantile of the latency over time. */
  readonly latency: readonly ServicePoint[];
  readonly errors: readonly ServicePoint[];
  /** Predictions by hour of the UTC day, all 24; empty when they were not counted. */
  readonly hours: readonly UsageRow[];
  /** Mean predictions a day by weekday; empty for windows that are no part of a day or whole days. */
  readonly weekdays: readonly UsageRow[];
  readonly regions: readonly UsageRow[];
  /** Windows that usage is added up over. */
  readonly usage: { readonly window: Window; readonly windows: number } | null;
  readonly cost:
    | (NonNullable<ModelDefinition['service']['costPerPrediction']> & { readonly total: number; readonly predictions: number })
    | null;
  readonly why: Readonly<Record<'latency' | 'errors' | 'hours' | 'weekdays' | 'regions' | 'cost', string>>;
}

export function serviceView({ definition, state }: Pick<ModelSource, 'definition' | 'state'>): ServiceView {
  const windows = state?.windows ?? [];
  const measured = windows.flatMap((summary) => (summary.service === undefined ? [] : [{ summary, service: summary.service }]));
  const newest = measured.at(-1) ?? null;
  const used = measured.slice(-USAGE_WINDOWS);
  const [first, last] = [used[0]?.summary.window, used.at(-1)?.summary.window];
  const why = newest?.service.why ?? {};
  const none = windows.length === 0 ? 'No window has been reported.' : 'The reported windows are older than this measure.';
  const weekdays = weekdayRows(
    used.map(({ summary }) => summary),
    durationSeconds(definition.monitoring.window),
  );
  return {
    latest: newest?.service ?? null,
    latestWindow: newest?.summary.window ?? null,
    latency: newest?.service.latencyMs == null ? [] : measured.map(latencyPoint),
    errors: newest?.service.errors == null ? [] : measured.map(errorPoint),
    hours: hourRows(used.flatMap(({ service }) => (service.hours === null ? [] : [service.hours]))),
    weekdays,
    regions: regionRows(used.flatMap(({ service }) => service.regions ?? [])),
    usage: first === undefined || last === undefined ? null : { window: { start: first.start, end: last.end }, windows: used.length },
    cost: costOf(definition, windows),
    why: {
      latency: why.latencyMs ?? none,
      errors: why.errors ?? none,
      hours: why.hours ?? none,
      weekdays: newest === null ? none : 'Windows of this length do not tell weekdays apart.',
      regions: why.regions ?? none,
      cost: why.cost ?? 'service.costPerPrediction of model.yml states no cost.',
    },
  };
}

interface Measured {
  readonly summary: WindowSummary;
  readonly service: ServiceReport;
}

function latencyPoint({ summary, service }: Measured): ServicePoint {
  const found = service.latencyMs?.quantiles.find(({ quantile }) => quantile === 0.95);
  const { lower = null, upper = null } = found?.interval ?? {};
  return { at: summary.window.end, value: found?.value ?? null, lower, upper, sampleSize: service.latencyMs?.rows ?? 0 };
}

function errorPoint({ summary, service }: Measured): ServicePoint {
  const { share: value = null, interval } = service.errors ?? {};
  return { at: summary.window.end, value, lower: interval?.lower ?? null, upper: interval?.upper ?? null, sampleSize: summary.rows };
}

function hourRows(counted: readonly (readonly number[])[]): UsageRow[] {
  if (counted.length === 0) return [];
  const rows = Array.from({ length: 24 }, (_, hour) => counted.reduce((sum, hours) => sum + (hours[hour] ?? 0), 0));
  return shared(rows.map((count, hour) => ({ name: `${String(hour).padStart(2, '0')}:00`, rows: count })));
}

/** Rows of each weekday over the days that were seen of it. */
function weekdayRows(windows: readonly WindowSummary[], length: number): UsageRow[] {
  if (windows.length === 0 || length > DAY || DAY % length !== 0) return [];
  const days = new Map<number, number>();
  for (const { window, rows } of windows) {
    const number = Math.floor(epochSeconds(window.start) / DAY);
    days.set(number, (days.get(number) ?? 0) + rows);
  }
  const means = FROM_MONDAY.flatMap((weekday) => {
    const own = [...days].filter(([number]) => ((number % 7) + 7) % 7 === weekday);
    const rows = own.reduce((sum, [, count]) => sum + count, 0);
    return own.length === 0 ? [] : [{ name: WEEKDAYS[weekday], rows: Math.round(rows / own.length) }];
  });
  return shared(means);
}

function regionRows(counted: NonNullable<ServiceReport['regions']>): UsageRow[] {
  const rows = new Map<string | null, number>();
  for (const { region, rows: count } of counted) rows.set(region, (rows.get(region) ?? 0) + count);
  const named = [...rows].flatMap(([region, count]) => (region === null ? [] : [{ name: region, rows: count }]));
  const others = rows.get(null) ?? 0;
  const ranked = named.sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1));
  return shared(others === 0 ? ranked : [...ranked, { name: 'all others', rows: others }]);
}

function shared(rows: readonly Omit<UsageRow, 'share'>[]): UsageRow[] {
  const total = rows.reduce((sum, row) => sum + row.rows, 0);
  return rows.map((row) => ({ ...row, share: total === 0 ? 0 : row.rows / total }));
}

function costOf({ service }: ModelDefinition, windows: readonly WindowSummary[]): ServiceView['cost'] {
  const stated = service.costPerPrediction;
  if (stated === undefined) return null;
  const predictions = windows.slice(-USAGE_WINDOWS).reduce((sum, { rows }) => sum + rows, 0);
  return { ...stated, total: stated.amount * predictions, predictions };
}

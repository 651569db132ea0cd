import { cubeOf } from '../../pipelines/core/profile/label-cube.ts';
import { lagCell } from '../../pipelines/core/profile/lag-grid.ts';
import { gridFromQuantiles } from '../../pipelines/core/profile/learn-grid.ts';
import { mergeArrivals, noArrivals } from '../../pipelines/core/profile/merge-arrivals.ts';
import { numericProfile } from '../../pipelines/core/profile/numeric-profile.ts';
import { predictedColumns, scoreGrid } from '../../pipelines/core/profile/predicted-columns.ts';
import { addSeconds, epochSeconds } from '../../pipelines/core/schema/instant.ts';
import type { LabelArrivals } from '../../pipelines/core/schema/label-arrivals.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import type { Window } from '../../pipelines/core/schema/window.ts';
import {
  type ColumnProfile,
  type Grid,
  LATENCY_COLUMN,
  SCORE_COLUMN,
  type WindowProfile,
} from '../../pipelines/core/schema/window-profile.ts';
import type { LabelLog } from '../../pipelines/ports/label-log.ts';
import type { PredictionLog, RowRequest } from '../../pipelines/ports/prediction-log.ts';
import { categoricalProfile, MONDAY } from '../fakes/watched-world.ts';
import { DAY, type LoggedDay, REFERENCE_DAYS } from './whole-monitor-rows.ts';

/** A log in memory of whole days, with labels that come late. Its files are read as the log in production reads them: profiles, cubes, arrivals, rows. */
export class DailyLog implements PredictionLog, LabelLog {
  readonly #definition: ModelDefinition;
  readonly #days: readonly LoggedDay[];
  readonly #profiles = new Map<string, WindowProfile>();

  constructor(definition: ModelDefinition, days: readonly LoggedDay[]) {
    this.#definition = definition;
    this.#days = days;
  }

  async coverage(asOf: string) {
    return { earliest: startOf(-REFERENCE_DAYS), watermark: asOf };
  }

  async learnGrids(range: Window): Promise<Record<string, Grid>> {
    const days = this.#within(range);
    const pooled = (of: (day: LoggedDay) => Float64Array) => Float64Array.from(days.flatMap((day) => [...of(day)]));
    const grid = (of: (day: LoggedDay) => Float64Array) => gridFromQuantiles(quantilesOf(pooled(of)));
    const numeric = ['size', 'weight'].map((name) => [name, grid(({ rows }) => rows.numeric[name] ?? new Float64Array())] as const);
    const lengths = this.#definition.columns
      .filter(({ kind }) => kind === 'text')
      .map(({ name }) => [name, grid((day) => lengthsOf(day, name))] as const);
    const scores = scoreGrid(
      this.#definition.task,
      undefined,
      pooled(({ rows }) => rows.scores),
    );
    return {
      ...Object.fromEntries([...numeric, ...lengths]),
      [SCORE_COLUMN]: scores,
      [LATENCY_COLUMN]: grid(({ latencies }) => latencies),
    };
  }

  async profile(windows: readonly Window[], grids: Readonly<Record<string, Grid>>): Promise<WindowProfile[]> {
    return windows.map((window) => {
      const known = this.#profiles.get(window.start) ?? this.#profileOf(window, grids);
      this.#profiles.set(window.start, known);
      return known;
    });
  }

  async cubes(windows: readonly Window[], asOf: string) {
    return windows.flatMap((window) => {
      const day = this.#within(window)[0];
      if (day === undefined) return [];
      const { scores, predicted } = day.rows;
      const cube = cubeOf({ task: this.#definition.task, scores, predicted, labels: labelsAt(day, asOf), window, modelVersion: 'v1' });
      return cube.labelled === 0 ? [] : [cube];
    });
  }

  async arrivals(windows: readonly Window[], asOf: string): Promise<LabelArrivals[]> {
    return windows.map((window) => {
      const day = this.#within(window)[0];
      if (day === undefined) return noArrivals(window);
      const cells = new Map<number, [number, number]>();
      for (const [row, label] of labelsAt(day, asOf).entries()) {
        if (Number.isNaN(label)) continue;
        const cell = lagCell(day.lags[row] ?? 0);
        const [labels, positives] = cells.get(cell) ?? [0, 0];
        cells.set(cell, [labels + 1, positives + Number(this.#definition.task === 'binary' && label === 1)]);
      }
      return [...cells]
        .map(([cell, [labels, positives]]): LabelArrivals => ({ ...noArrivals(window), labels, cells: [[cell, labels, positives]] }))
        .reduce(mergeArrivals, noArrivals(window));
    });
  }

  async countLabelled(range: Window, asOf: string): Promise<number> {
    return this.#within(range).reduce((sum, day) => sum + labelsAt(day, asOf).filter((label) => !Number.isNaN(label)).length, 0);
  }

  /** Ids are drawn without regard to anything else, so that the first of each day are a sample as good as any. */
  async rows({ range, asOf, limit, labelledOnly }: RowRequest): Promise<RowTable> {
    const days = this.#within(range);
    const all = days.reduce((sum, { rows }) => sum + rows.ids.length, 0);
    const share = Math.min(1, limit / Math.max(1, all));
    const picked = days.flatMap((day) => {
      const labels = labelsAt(day, asOf);
      const wanted = [...labels.keys()].filter((row) => !labelledOnly || !Number.isNaN(labels[row] ?? Number.NaN));
      const step = 1 / share;
      const kept = Array.from({ length: Math.floor(wanted.length * share) }, (_, index) => wanted[Math.floor(index * step)] ?? 0);
      return kept.map((row) => ({ day, row, label: labels[row] ?? Number.NaN }));
    });
    const numbers = (of: (rows: RowTable) => Float64Array | undefined) =>
      Float64Array.from(picked, ({ day, row }) => of(day.rows)?.[row] ?? Number.NaN);
    const texts = (of: (rows: RowTable) => readonly (string | null)[] | undefined) =>
      picked.map(({ day, row }) => of(day.rows)?.[row] ?? null);
    const named = (kind: 'numeric' | 'categorical' | 'text') =>
      this.#definition.columns.filter((column) => column.kind === kind).map(({ name }) => name);
    return {
      ids: picked.map(({ day, row }) => day.rows.ids[row] ?? ''),
      timestamps: numbers(({ timestamps }) => timestamps),
      numeric: Object.fromEntries(named('numeric').map((name) => [name, numbers(({ numeric }) => numeric[name])])),
      categorical: Object.fromEntries(named('categorical').map((name) => [name, texts(({ categorical }) => categorical[name])])),
      texts: Object.fromEntries(named('text').map((name) => [name, texts((rows) => rows.texts[name])])),
      scores: numbers(({ scores }) => scores),
      predicted: numbers(({ predicted }) => predicted),
      probabilities: {},
      versions: picked.map(() => 'v1'),
      labels: Float64Array.from(picked, ({ label }) => label),
    };
  }

  #within({ start, end }: Window): LoggedDay[] {
    return this.#days.filter(({ day }) => startOf(day) >= start && startOf(day) < end);
  }

  #profileOf(window: Window, grids: Readonly<Record<string, Grid>>): WindowProfile {
    const day = this.#within(window)[0];
    if (day === undefined) throw new RangeError(`no day begins at ${window.start}`);
    const { rows, latencies, failed, quarantined, repeated } = day;
    const numbers = [...Object.entries(rows.numeric), [LATENCY_COLUMN, latencies] as const];
    const words = Object.keys(rows.texts).map((name) => [name, lengthsOf(day, name)] as const);
    const counted = [...numbers, ...words].flatMap(([name, values]): [string, ColumnProfile][] => {
      const grid = grids[name];
      return grid === undefined ? [] : [[name, numericProfile(values, grid)]];
    });
    const grid = grids[SCORE_COLUMN];
    const hours = new Array<number>(24).fill(0);
    const start = epochSeconds(window.start);
    for (const at of rows.timestamps) hours[Math.floor((at - start) / 3600)] = (hours[Math.floor((at - start) / 3600)] ?? 0) + 1;
    const every = [...rows.ids.keys()];
    return {
      schemaVersion: 1,
      model: this.#definition.name,
      window,
      rows: rows.ids.length,
      versions: rows.ids.length === 0 ? {} : { v1: rows.ids.length },
      errors: failed,
      quarantined: quarantined === 0 ? {} : { 'bad-score': quarantined },
      columns: {
        ...Object.fromEntries(counted),
        ...Object.fromEntries(Object.entries(rows.categorical).map(([name, values]) => [name, categoricalProfile(values)])),
        ...(grid === undefined ? {} : predictedColumns({ definition: this.#definition, grid, predictions: rows, rows: every })),
      },
      hours,
      integrity: { repeatedIds: repeated, steps: every.length, backwards: repeated, arrived: 0, ahead: 0, late: 0, types: {} },
    };
  }
}

/** The first moment of a day, counted from MONDAY. */
export function startOf(day: number): string {
  return addSeconds(MONDAY, day * DAY);
}

function lengthsOf({ rows }: LoggedDay, name: string): Float64Array {
  return Float64Array.from(rows.texts[name] ?? [], (text) => text?.length ?? Number.NaN);
}

function labelsAt({ rows, lags }: LoggedDay, asOf: string): Float64Array {
  const now = epochSeconds(asOf);
  return rows.labels.map((label, row) => ((rows.timestamps[row] ?? 0) + (lags[row] ?? 0) <= now ? label : Number.NaN));
}

function quantilesOf(values: Float64Array) {
  const sorted = values.filter(Number.isFinite).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const integerValued = sorted.every(Number.isInteger);
  return { q001: at(0.001), median: at(0.5), q999: at(0.999), minimum: at(0), maximum: at(1), integerValued };
}

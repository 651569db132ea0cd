import { cubeOf } from '../../pipelines/core/profile/label-cube.ts';
import { lagCell } from '../../pipelines/core/profile/lag-grid.ts';
import { gridFromQuantiles, SCORE_GRID } from '../../pipelines/core/profile/learn-grid.ts';
import { mergeArrivals, noArrivals } from '../../pipelines/core/profile/merge-arrivals.ts';
import { numericProfile } from '../../pipelines/core/profile/numeric-profile.ts';
import { addSeconds, epochSeconds, instantFromEpoch } from '../../pipelines/core/schema/instant.ts';
import type { LabelArrivals } from '../../pipelines/core/schema/label-arrivals.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import type { Window } from '../../pipelines/core/schema/window.ts';
import type { ColumnProfile, Grid, WindowProfile } from '../../pipelines/core/schema/window-profile.ts';
import type { LabelLog } from '../../pipelines/ports/label-log.ts';
import type { PredictionLog } from '../../pipelines/ports/prediction-log.ts';

/** One row of the loan log; the label arrives `labelAfter` seconds after the prediction. */
export interface LoanRow {
  readonly id: string;
  readonly at: string;
  readonly income: number;
  readonly purpose: string | null;
  readonly score: number;
  readonly version: string | null;
  readonly label: 0 | 1;
  readonly labelAfter: number;
}

/** A log that holds its rows in memory, and counts how often it was asked. Knows time: no row and no label from after asOf. */
export class MemoryLog implements PredictionLog, LabelLog {
  readonly rowsHeld: LoanRow[] = [];
  profileCalls = 0;
  cubeCalls = 0;

  add(rows: readonly LoanRow[]): void {
    this.rowsHeld.push(...rows);
  }

  async coverage(asOf: string) {
    const seen = this.rowsHeld.map(({ at }) => at).filter((at) => at <= asOf);
    const [earliest, watermark] = [seen.sort()[0], seen.sort().at(-1)];
    return earliest === undefined || watermark === undefined ? null : { earliest, watermark };
  }

  async learnGrids(range: Window, asOf: string): Promise<Record<string, Grid>> {
    const values = this.#visible(range, asOf).map(({ income }) => income);
    const [minimum, maximum] = [Math.min(...values), Math.max(...values)];
    const quantiles = { q001: minimum, q999: maximum, minimum, maximum, median: (minimum + maximum) / 2, integerValued: false };
    return { $score: SCORE_GRID, income: gridFromQuantiles(quantiles) };
  }

  async profile(windows: readonly Window[], grids: Readonly<Record<string, Grid>>, asOf: string): Promise<WindowProfile[]> {
    this.profileCalls += 1;
    return windows.map((window) => profileOf(this.#visible(window, asOf), window, grids));
  }

  async cubes(windows: readonly Window[], asOf: string) {
    this.cubeCalls += 1;
    return windows.flatMap((window) => {
      const rows = this.#visible(window, asOf).filter((row) => hasLabel(row, asOf));
      const versions = [...new Set(rows.map(({ version }) => version))].sort();
      return versions.map((modelVersion) => {
        const own = rows.filter(({ version }) => version === modelVersion);
        return cubeOf({ scores: own.map(({ score }) => score), labels: own.map(({ label }) => label), window, modelVersion });
      });
    });
  }

  async arrivals(windows: readonly Window[], asOf: string): Promise<LabelArrivals[]> {
    return windows.map((window) =>
      this.#visible(window, asOf)
        .filter((row) => hasLabel(row, asOf))
        .map(({ label, labelAfter }): LabelArrivals => ({ ...noArrivals(window), labels: 1, cells: [[lagCell(labelAfter), 1, label]] }))
        .reduce(mergeArrivals, noArrivals(window)),
    );
  }

  async countLabelled(range: Window, asOf: string): Promise<number> {
    return this.#visible(range, asOf).filter((row) => hasLabel(row, asOf)).length;
  }

  async rows(request: { range: Window; asOf: string; limit: number; labelledOnly: boolean }): Promise<RowTable> {
    const rows = this.#visible(request.range, request.asOf)
      .filter((row) => !request.labelledOnly || hasLabel(row, request.asOf))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, request.limit);
    return {
      ids: rows.map(({ id }) => id),
      timestamps: Float64Array.from(rows, ({ at }) => epochSeconds(at)),
      numeric: { income: Float64Array.from(rows, ({ income }) => income) },
      categorical: { purpose: rows.map(({ purpose }) => purpose) },
      texts: {},
      scores: Float64Array.from(rows, ({ score }) => score),
      predicted: new Float64Array(rows.length).fill(Number.NaN),
      probabilities: {},
      versions: rows.map(({ version }) => version),
      labels: Float64Array.from(rows, (row) => (hasLabel(row, request.asOf) ? row.label : Number.NaN)),
    };
  }

  #visible({ start, end }: Window, asOf: string): LoanRow[] {
    return this.rowsHeld.filter(({ at }) => at >= start && at < end && at <= asOf);
  }
}

function hasLabel(row: LoanRow, asOf: string): boolean {
  return addSeconds(row.at, row.labelAfter) <= asOf;
}

function profileOf(rows: readonly LoanRow[], window: Window, grids: Readonly<Record<string, Grid>>): WindowProfile {
  const counts = new Map<string, number>();
  for (const { purpose } of rows) if (purpose !== null) counts.set(purpose, (counts.get(purpose) ?? 0) + 1);
  const missing = rows.filter(({ purpose }) => purpose === null).length;
  const versions = new Map<string, number>();
  for (const { version } of rows) if (version !== null) versions.set(version, (versions.get(version) ?? 0) + 1);
  const numeric = (name: string, values: readonly number[]): [string, ColumnProfile][] => {
    const grid = grids[name];
    return grid === undefined ? [] : [[name, numericProfile(Float64Array.from(values), grid)]];
  };
  return {
    schemaVersion: 1,
    model: 'loan',
    window,
    rows: rows.length,
    versions: Object.fromEntries(versions),
    errors: 0,
    quarantined: {},
    columns: Object.fromEntries([
      ...numeric(
        '$score',
        rows.map(({ score }) => score),
      ),
      ...numeric(
        'income',
        rows.map(({ income }) => income),
      ),
      ['purpose', { kind: 'categorical', rows: rows.length, missing, counts: Object.fromEntries(counts), other: 0, distinct: counts.size }],
    ]),
  };
}

/** How a day of loans looks: `skill` 0 scores at random, 1 separates well, -1 the wrong way round; `shift` is added to every income. */
export interface LoanWeather {
  readonly rows: number;
  readonly skill: number;
  readonly shift?: number;
  readonly version?: string | null;
  readonly labelAfter?: number;
  readonly missing?: number;
  /** From poor loans are risky to rich loans are risky. */
  readonly flipped?: boolean;
}

/** Loans of one day, spread evenly over it. Deterministic: the same day and weather give the same rows. */
export function loansOf(day: string, weather: LoanWeather): LoanRow[] {
  const { rows, skill, shift = 0, version = 'v1', labelAfter = 86_400, missing = 0, flipped = false } = weather;
  const start = epochSeconds(day);
  let seed = (start % 2_147_483_647) + 1;
  const next = () => {
    // Park and Miller's minimal standard generator.
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  return Array.from({ length: rows }, (_, index) => {
    const risk = next();
    const label = next() < risk * risk ? 1 : 0;
    const noise = next();
    const score = Math.min(0.999, Math.max(0.001, skill * risk + (1 - skill) * noise));
    return {
      id: `${day}-${String(index).padStart(5, '0')}`,
      at: instantFromEpoch(start + Math.floor((index * 86_400) / rows)),
      income: 1000 + 500 * (flipped ? risk : 1 - risk) + 200 * next() + shift,
      purpose: next() < missing ? null : (['car', 'house', 'study'][Math.floor(next() * 3)] ?? null),
      score,
      version,
      label,
      labelAfter,
    };
  });
}

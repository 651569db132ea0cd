import type { Instant } from '../core/schema/instant.ts';
import type { LogIntegrity } from '../core/schema/log-integrity.ts';
import type { QuarantineCounts } from '../core/schema/quarantine.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { Window } from '../core/schema/window.ts';
import type { Grid, WindowProfile } from '../core/schema/window-profile.ts';

/** How far a log reaches at a moment. */
export interface LogCoverage {
  /** Event time of the oldest row. */
  readonly earliest: Instant;
  /** Event time up to which the log is complete: the newest row's, less the allowed lateness. */
  readonly watermark: Instant;
  /** Rows that are set aside since no clock can have meant their time: long before or after all others. Left out: none. */
  readonly doubtful?: QuarantineCounts;
}

/** Predictions as production wrote them. No method returns a row with event time > asOf or a label that arrived after asOf. */
export interface PredictionLog {
  /** null when the log holds no row yet. */
  coverage(asOf: Instant): Promise<LogCoverage | null>;
  /** Learns a 256-cell grid for the score, the latency and each numeric column from a range of rows. Keys as in WindowProfile.columns. */
  learnGrids(range: Window, asOf: Instant): Promise<Readonly<Record<string, Grid>>>;
  /** One profile a window, in the order given; a window without rows gives a profile of zero rows. One pass over the rows. */
  profile(windows: readonly Window[], grids: Readonly<Record<string, Grid>>, asOf: Instant): Promise<readonly WindowProfile[]>;
  /** What the files of windows tell beside the values of their rows, in the order given. Left out by logs that cannot tell. */
  inspect?(windows: readonly Window[], asOf: Instant): Promise<readonly LogIntegrity[]>;
  /** Failed and slow predictions of a window, in order of time. Left out by logs that cannot tell. */
  faults?(request: FaultRequest): Promise<FaultStream>;
  /** Rows of a range with their labels, in order of id; at most `limit` rows, chosen by hash of id. `labelledOnly` leaves out rows whose label had not arrived. */
  rows(request: RowRequest): Promise<RowTable>;
}

export interface FaultRequest {
  readonly window: Window;
  readonly asOf: Instant;
  /** About as many rows at most. */
  readonly limit: number;
  /** Predictions that took longer are slow, milliseconds; null: none is. */
  readonly slowMs: number | null;
}

/** One entry a prediction; `failed` and `slow` are 1 or 0, timestamps seconds since the epoch, ascending. */
export interface FaultStream {
  readonly timestamps: Float64Array;
  readonly failed: Float64Array;
  readonly slow: Float64Array;
}

export interface RowRequest {
  readonly range: Window;
  readonly asOf: Instant;
  readonly limit: number;
  readonly labelledOnly: boolean;
}

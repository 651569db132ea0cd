import { z } from 'zod';
import { Instant } from './instant.ts';
import { WindowSummary } from './model-state.ts';
import { MonitoringReport } from './monitoring-report.ts';

/** All that one run of the watcher says about one model: what the policy needs, so that whoever decides need not reach the log. */
export const WatchResult = z
  .strictObject({
    schemaVersion: z.literal(1),
    report: MonitoringReport,
    summaries: z.array(WindowSummary).describe('New windows, and known ones whose labels have arrived since'),
    historyStart: Instant.describe('Event time of the oldest row of the log'),
    labelledUntil: Instant.describe('Event time up to which labels have arrived: the watermark less the label delay'),
  })
  .meta({ id: 'WatchResult' });
export type WatchResult = z.infer<typeof WatchResult>;

/** The file that `holdfast watch --out` writes: one result a deployed model, models in order of name. */
export const WatchOutput = z.strictObject({ schemaVersion: z.literal(1), results: z.array(WatchResult) }).meta({ id: 'WatchOutput' });
export type WatchOutput = z.infer<typeof WatchOutput>;

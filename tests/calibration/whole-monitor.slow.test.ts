import { afterAll, describe, expect, test } from 'vitest';
import { DRIFT_KINDS } from '../../pipelines/core/schema/signal.ts';
import type { Task } from '../../pipelines/core/schema/task.ts';
import { chiSquareQuantile } from '../../pipelines/core/statistics/distributions/chi-square-quantile.ts';
import { printTable } from './tabulate.ts';
import { type Counts, type StreamCounts, WATCHED_DAYS, watchStream } from './whole-monitor.ts';
import type { Limits } from './whole-monitor-definition.ts';

/** Each stream is 104 days through the whole monitor, some seven seconds of a processor; by hand, more of them tell more. */
const STREAMS = Number(process.env['WHOLE_MONITOR_STREAMS'] ?? 2);
const FIRST_SEED = 77_000;
const BUDGET = 90;
const table: string[][] = [];

/** Upper 99 % limit of the mean of Poisson counts (Garwood 1936): alarms of a stream come one at a time. */
function upperLimit(events: number, streams: number): number {
  return chiSquareQuantile(0.01, 2 * (events + 1)) / 2 / streams;
}

async function watchAll(task: Task, rows: number, limits: Limits): Promise<StreamCounts[]> {
  const streams: StreamCounts[] = [];
  for (let stream = 0; stream < STREAMS; stream += 1)
    streams.push(await watchStream({ task, rows, wander: 0.1, rhythm: 0.05, seed: FIRST_SEED + 104_729 * stream + rows }, limits));
  return streams;
}

function tell(name: string, streams: readonly StreamCounts[]): void {
  const kinds = [...new Set(streams.flatMap(({ windows, incidents }) => [...Object.keys(windows), ...Object.keys(incidents)]))].sort();
  const mean = (of: (counts: StreamCounts) => number) => (streams.reduce((sum, counts) => sum + of(counts), 0) / streams.length).toFixed(2);
  const count = (which: 'alarms' | 'windows' | 'incidents', kind: string) => mean((counts) => counts[which][kind] ?? 0);
  for (const kind of kinds) table.push([name, kind, count('windows', kind), count('alarms', kind), count('incidents', kind), '', '']);
  const all = mean(({ incidents }) => total(incidents));
  table.push([name, 'all', '', '', all, mean(({ issues }) => issues), mean(({ retrainings }) => retrainings)]);
}

/** Drift and realised performance have evidence over time, with calibrations of their own; what is left is held against limits. */
function withoutEvidence(incidents: Counts): Counts {
  const weighed = new Set<string>([...DRIFT_KINDS, 'realised-performance']);
  return Object.fromEntries(Object.entries(incidents).filter(([kind]) => !weighed.has(kind)));
}

function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

describe('ninety days in which nothing changes but days wander and weeks have their rhythm, through all of the monitor', () => {
  const seen: StreamCounts[] = [];

  afterAll(() => {
    const head = ['stream', 'kind', 'windows that alert', 'rows of them', 'incidents', 'issues', 'retrainings'];
    printTable(`A stream of ${WATCHED_DAYS} days, mean of ${STREAMS}`, head, table);
  });

  test.each<[Task, number]>([
    ['binary', 300],
    ['multiclass', 200],
    ['regression', 600],
  ])('a %s model with %i rows a day', async (task, rows) => {
    const streams = await watchAll(task, rows, 'usual');

    seen.push(...streams);
    tell(`${task}, ${rows} rows`, streams);
    // It watched: a monitor that measures nothing is quiet too.
    for (const { judged } of streams) expect(judged).toBeGreaterThan(30 * WATCHED_DAYS);
  });

  test('of all tasks together: at most one incident in as many windows as the budget says; of limits with the upper 99 % limit', () => {
    const all = seen.reduce((sum, { incidents }) => sum + total(incidents), 0);
    const ofLimits = seen.reduce((sum, { incidents }) => sum + total(withoutEvidence(incidents)), 0);

    expect(seen).toHaveLength(3 * STREAMS);
    expect((all / seen.length) * (BUDGET / WATCHED_DAYS)).toBeLessThanOrEqual(1);
    expect(upperLimit(ofLimits, seen.length) * (BUDGET / WATCHED_DAYS)).toBeLessThanOrEqual(1);
  });
});

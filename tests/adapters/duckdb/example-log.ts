import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type DuckDbLog, openDuckDbLog } from '../../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { epochSeconds, instantFromEpoch } from '../../../pipelines/core/schema/instant.ts';
import { ModelDefinition, type WrittenModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import type { LogRow } from './write-log.ts';

export const DAY = 86_400;
export const START = '2024-03-01T00:00:00Z';
export const LATER = '2024-12-31T00:00:00Z';

/** The window of a day of March 2024. */
export function day(number: number, days = 1) {
  const start = epochSeconds(START) + (number - 1) * DAY;
  return { start: instantFromEpoch(start), end: instantFromEpoch(start + days * DAY) };
}

/** Seconds of a day of March 2024 as an instant. */
export function at(dayNumber: number, seconds: number): string {
  return instantFromEpoch(epochSeconds(START) + (dayNumber - 1) * DAY + seconds);
}

/** An empty folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

type Logs = WrittenModelDefinition['logs'];

/** A definition whose log has the columns of `exampleRows` in the files of a path. */
export function exampleDefinition(
  logs: Pick<Logs, 'format' | 'path'> & Partial<Logs>,
  labels: Partial<WrittenModelDefinition['labels']> = {},
) {
  return ModelDefinition.parse({
    schemaVersion: 1,
    name: 'example',
    task: 'binary',
    objective: 'Decide in a test.',
    owner: 'testers',
    stakeholders: ['testers'],
    successMetrics: [{ metric: 'rocAuc', target: 0.6, why: 'test' }],
    columns: [
      { name: 'amount', kind: 'numeric' },
      { name: 'visits', kind: 'numeric' },
      { name: 'country', kind: 'categorical' },
      { name: 'plan', kind: 'categorical', role: 'protected' },
    ],
    logs: {
      columns: { id: 'id', timestamp: 'ts', score: 'score', modelVersion: 'version', latencyMs: 'latency', error: 'error' },
      ...logs,
    },
    labels: {
      format: 'jsonl',
      path: 'labels/*.jsonl',
      columns: { id: 'id', label: 'label', timestamp: 'label_ts' },
      positive: '1',
      negative: '0',
      delay: 'P1D',
      ...labels,
    },
    gate: { rules: [] },
  } satisfies WrittenModelDefinition);
}

/** Opens a log that is closed with the test. */
export async function openLog(definition: ModelDefinition, dataRoot: string): Promise<DuckDbLog> {
  const log = await openDuckDbLog({ definition, dataRoot, threads: 2 });
  onTestFinished(() => log.close());
  return log;
}

/** Rows of the first days of March 2024: skewed amounts with gaps, whole numbers, three countries, two versions, some errors. */
export function exampleRows(days: number, rowsPerDay: number): LogRow[] {
  return Array.from({ length: days * rowsPerDay }, (_, index): LogRow => {
    const place = index % rowsPerDay;
    const wave = ((index * 7919) % 1009) / 1009;
    return {
      id: `r${String((index * 37) % (days * rowsPerDay)).padStart(5, '0')}-${index}`,
      ts: at(Math.floor(index / rowsPerDay) + 1, Math.floor((place * DAY) / rowsPerDay)),
      amount: index % 17 === 0 ? null : Math.round(Math.exp(wave * 4) * 1000) / 1000 + 0.0005,
      visits: (index * 31) % 40,
      country: index % 23 === 0 ? null : (['DE', 'FR', 'comma, "quoted"'][index % 3] ?? 'DE'),
      plan: index % 2 === 0 ? 'basic' : 'full',
      score: index % 29 === 0 ? null : Math.round(wave * 1000) / 1000 + 0.0001,
      version: index % 5 === 0 ? 'v2' : 'v1',
      latency: 3.25 + (index % 11),
      error: index % 50 === 0 ? 'timeout' : null,
    };
  });
}

import { expect, test } from 'vitest';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import { dateFaults } from '../../../pipelines/stages/date-faults.ts';
import { at, day, exampleDefinition, exampleRows, LATER, openLog, temporaryFolder } from './example-log.ts';
import { type LogRow, writeLog } from './write-log.ts';

const ROWS = 1440;
const BROKEN_FROM = 860;

/** One prediction a minute; from 14:20 on every second one fails, and every third takes a second. */
const LOG = exampleRows(1, ROWS).map((row, minute): LogRow => {
  const broken = minute >= BROKEN_FROM;
  return {
    ...row,
    ts: at(1, minute * 60),
    error: broken && minute % 2 === 0 ? 'timeout' : '',
    latency: broken && minute % 3 === 0 ? 1000 : 20,
  };
});

async function openBroken() {
  const root = temporaryFolder();
  await writeLog(root, 'log.parquet', LOG);
  await writeLog(root, 'labels/a.jsonl', [{ id: LOG[0]?.['id'] ?? null, label: '1', label_ts: at(2, 0) }]);
  const definition = {
    ...exampleDefinition({ format: 'parquet', path: 'log.parquet' }),
  };
  return {
    definition: { ...definition, monitoring: { ...definition.monitoring, latency: { quantile: 0.95, maximumMs: 500 } } },
    log: await openLog(definition, root),
  };
}

function signal(kind: Signal['kind'], status: Signal['status']): Signal {
  const none = { value: null, reference: null, interval: null, pValue: null, threshold: null };
  return {
    ...none,
    id: `${kind}/x/y`,
    kind,
    subject: 'x',
    method: 'test',
    window: day(1),
    modelVersion: 'v1',
    sampleSize: ROWS,
    status,
    why: 'Too many.',
  };
}

test('failures and slow predictions come in order of time', async () => {
  const { log } = await openBroken();

  const stream = await log.faults?.({ window: day(1), asOf: LATER, limit: 20_000, slowMs: 500 });
  const some = await log.faults?.({ window: day(1), asOf: LATER, limit: 300, slowMs: null });

  expect(stream?.timestamps).toEqual(Float64Array.from(LOG, (_, minute) => Date.parse(at(1, minute * 60)) / 1000));
  expect(stream?.failed.reduce((sum, one) => sum + one, 0)).toBe((ROWS - BROKEN_FROM) / 2);
  expect(stream?.slow.indexOf(1)).toBe(861);
  expect(some?.timestamps.length).toBeGreaterThan(200);
  expect(some?.timestamps.length).toBeLessThan(400);
  expect([...(some?.timestamps ?? [])].sort((a, b) => a - b)).toEqual([...(some?.timestamps ?? [])]);
  expect(some?.slow.every((one) => one === 0)).toBe(true);
});

test('an alert of errors or latency says when it began; what is in order is not read again', async () => {
  const { log, definition } = await openBroken();
  const signals = [signal('errors', 'alert'), signal('latency', 'warning'), signal('volume', 'alert'), signal('errors', 'ok')];

  const dated = await dateFaults({ definition, log, asOf: LATER }, day(1), signals);

  expect(dated[0]?.why).toMatch(/^Too many\. Failures began at about 14:2\d UTC: 0 % of the predictions before, 50 % since\.$/);
  expect(dated[1]?.why).toMatch(/^Too many\. Slow predictions began at about 14:2\d UTC: /);
  expect(dated.slice(2)).toEqual(signals.slice(2));
  expect(await dateFaults({ definition, log, asOf: LATER }, day(9), [signal('errors', 'alert')])).toMatchObject([
    { why: 'Too many. Failures have no clear beginning inside the window.' },
  ]);
});

test('a flag that says no is no failure, whichever way it is written', async () => {
  const flags = ['false', '0', 'False', '0.0', 'no', 'none', ' OK ', '', 'true', '1', 'timeout', '500'];
  const root = temporaryFolder();
  const rows = LOG.slice(0, 120).map((row, minute): LogRow => ({ ...row, error: flags[minute % flags.length] ?? null }));
  await writeLog(root, 'log.csv', rows);
  await writeLog(root, 'labels/a.jsonl', [{ id: 'x', label: '1', label_ts: at(2, 0) }]);
  const log = await openLog(exampleDefinition({ format: 'csv', path: 'log.csv' }), root);

  const stream = await log.faults?.({ window: day(1), asOf: LATER, limit: 20_000, slowMs: null });
  const [profile] = await log.profile([day(1)], await log.learnGrids(day(1), LATER), LATER);

  expect(stream?.failed.reduce((sum, one) => sum + one, 0)).toBe(40);
  expect(profile?.errors).toBe(40);
});

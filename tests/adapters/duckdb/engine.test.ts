import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openEngine } from '../../../pipelines/adapters/duckdb/engine.ts';
import { temporaryFolder } from './example-log.ts';

test.each([
  ['reads a file outside', "SELECT * FROM read_text('/etc/hostname')", 'Permission Error'],
  ['lists a folder outside', "SELECT * FROM glob('/etc/*')", 'Permission Error'],
  ['writes a file outside', "COPY (SELECT 1) TO '/tmp/holdfast-outside.csv'", 'Permission Error'],
  ['loads an extension', 'INSTALL httpfs', 'Permission Error'],
  ['reads the network', "SELECT * FROM read_csv('https://example.org/x.csv')", 'Permission Error'],
  ['opens another database', "ATTACH '/tmp/holdfast-outside.db'", 'Permission Error'],
  ['changes a setting', "SET memory_limit = '10GB'", 'configuration'],
])('a query that %s is refused', async (_, sql, reason) => {
  const engine = await openEngine({ dataRoot: temporaryFolder(), memoryLimit: '128MB', threads: 1 });

  const outcome = await engine.query(sql).then(
    () => 'allowed',
    (error: Error) => error.message,
  );

  engine.close();
  expect(outcome).toContain(reason);
});

test('queries that overlap wait for one another, and a failed one harms no other', async () => {
  const engine = await openEngine({ dataRoot: temporaryFolder(), memoryLimit: '128MB', threads: 2 });

  const results = await Promise.allSettled([
    engine.query('SELECT range::DOUBLE AS x FROM range(10000)'),
    engine.query('SELECT nothing'),
    engine.query('SELECT range::DOUBLE AS x FROM range(20000)'),
  ]);

  engine.close();
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value.rowCount : 'failed'))).toEqual([10_000, 'failed', 20_000]);
});

test('removes its work folder when it is closed', async () => {
  const engine = await openEngine({ dataRoot: temporaryFolder(), memoryLimit: '128MB', threads: 1 });
  await engine.run(`COPY (SELECT 1) TO '${engine.workFolder}/x.parquet'`);

  engine.close();

  expect(existsSync(engine.workFolder)).toBe(false);
});

test('is freed only when the running statement has ended; what waits behind it fails', async () => {
  const engine = await openEngine({ dataRoot: temporaryFolder(), memoryLimit: '128MB', threads: 1 });
  const running = engine.query('SELECT sum(a.range * b.range)::DOUBLE AS s FROM range(3000) a, range(3000) b');
  await new Promise((resolve) => setTimeout(resolve, 5));
  const waiting = engine.query('SELECT 1::DOUBLE AS x');

  engine.close();
  const outcomes = await Promise.allSettled([running, waiting]);
  await new Promise((resolve) => setTimeout(resolve, 5));

  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(existsSync(engine.workFolder)).toBe(false);
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDuckDbLog } from '../../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { day, LATER, temporaryFolder } from './example-log.ts';
import { CLASSES, taskDefinition } from './task-log.ts';

const ROWS = 600_000;

/** Three days in a Parquet file of many row groups, which threads share out; errors of both signs nearly cancel. */
async function writeLarge(root: string): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const label = '(hash(i) % 1000003) / 1000.0 - 300';
  const noise = '((hash(i + 7) % 1000003) / 1000003.0 - 0.5) * 0.1';
  const name = (number: string) =>
    `CASE ${number} WHEN 0 THEN '${CLASSES[0]}' WHEN 1 THEN '${CLASSES[1]?.replaceAll("'", "''")}' ELSE '${CLASSES[2]}' END`;
  await connection.run(`COPY (SELECT 'r' || i AS id, TIMESTAMP '2024-03-01' + INTERVAL (i * 432) MILLISECOND AS ts, (i % 17)::DOUBLE AS amount,
'v' || (1 + i % 2) AS version, ${label} AS number, ${label} + ${noise} AS foretold, ${name('hash(i) % 3')} AS truth, ${name('hash(i + 1) % 3')} AS called,
(hash(i + 2) % 1000003) / 1000003.0 AS sure FROM range(${ROWS}) t(i)) TO '${join(root, 'log.parquet')}' (FORMAT parquet, ROW_GROUP_SIZE 20000)`);
  connection.closeSync();
}

test.each(['multiclass', 'regression'] as const)('threads leave no trace in the cubes of a %s log', async (task) => {
  const root = temporaryFolder();
  await writeLarge(root);
  const several = task === 'multiclass';
  const columns = {
    id: 'id',
    timestamp: 'ts',
    score: several ? 'sure' : 'foretold',
    modelVersion: 'version',
    ...(several ? { prediction: 'called' } : {}),
  };
  const label = { id: 'id', label: several ? 'truth' : 'number' };
  const definition = taskDefinition(task, 'parquet', {
    logs: { format: 'parquet', path: 'log.parquet', columns },
    labels: { format: 'parquet', path: 'log.parquet', columns: label, delay: 'P1D', ...(several ? { classes: CLASSES } : {}) },
  });

  const texts: string[] = [];
  for (const threads of [1, 2, 4, 4, 3]) {
    const log = await openDuckDbLog({ definition, dataRoot: root, threads });
    texts.push(JSON.stringify(await log.cubes([day(1), day(2), day(3)], LATER)));
    log.close();
  }

  const cubes: { labelled: number }[] = JSON.parse(texts[0] ?? '[]');
  expect(cubes.reduce((sum, { labelled }) => sum + labelled, 0)).toBe(ROWS);
  expect(new Set(texts).size).toBe(1);
});

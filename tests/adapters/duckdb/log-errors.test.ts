import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openDuckDbLog } from '../../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { OutsideError } from '../../../pipelines/core/errors/outside-error.ts';
import { day, exampleDefinition, exampleRows, LATER, openLog, temporaryFolder } from './example-log.ts';
import { refusal } from './refusal.ts';
import { csvText, writeLog, writeText } from './write-log.ts';

test('names the data root that does not exist', async () => {
  const definition = exampleDefinition({ format: 'jsonl', path: 'logs/*.jsonl' });

  const error = await refusal(openDuckDbLog({ definition, dataRoot: '/nowhere/at/all' }));

  expect(error.code).toBe('DATA_ROOT_MISSING');
  expect(error.message).toContain('/nowhere/at/all');
});

test('names the glob that matches no file', async () => {
  const root = temporaryFolder();
  const log = await openLog(exampleDefinition({ format: 'jsonl', path: 'logs/*.jsonl' }), root);

  const error = await refusal(log.coverage(LATER));

  expect(error.code).toBe('LOG_FILES_MISSING');
  expect(error.message).toContain('logs/*.jsonl');
  expect(error.hint).toContain('HOLDFAST_DATA_ROOT');
});

test.each(['../outside.jsonl', '/etc/passwd', 'logs/../../x'])('refuses the path %s, which leaves the data root', async (path) => {
  const log = await openLog(exampleDefinition({ format: 'jsonl', path }), temporaryFolder());

  const error = await refusal(log.coverage(LATER));

  expect(error.code).toBe('LOG_PATH_OUTSIDE');
});

test.each(['parquet', 'csv', 'jsonl'] as const)('names the column that a %s file does not have', async (format) => {
  const root = temporaryFolder();
  const rows = exampleRows(1, 20).map(({ country, ...row }) => ({ ...row, land: country ?? null }));
  await writeLog(root, `logs/a.${format}`, rows);
  const log = await openLog(exampleDefinition({ format, path: 'logs/*' }), root);

  const error = await refusal(log.coverage(LATER));

  expect(error.code).toBe('LOG_COLUMN_MISSING');
  expect(error.message).toContain('country');
  expect(error.message).toContain(`a.${format}`);
});

test.each(['csv', 'jsonl', 'parquet'] as const)('names the file whose times are all unreadable, in %s', async (format) => {
  const root = temporaryFolder();
  const rows = exampleRows(1, 20).map(({ ts, ...row }) => ({ ...row, when: `on ${String(ts)}` }));
  await writeLog(root, `logs/a.${format}`, rows);
  const columns = { id: 'id', timestamp: 'when', score: 'score' };
  const log = await openLog(exampleDefinition({ format, path: 'logs/*', columns }), root);

  const error = await refusal(log.coverage(LATER));

  expect(error.code).toBe('LOG_TIMESTAMP_UNREADABLE');
  expect(error.message).toContain('on 2024-03-01T00:00:00Z');
});

test('says which number of foreign dates is the day, and how they are read', async () => {
  const root = temporaryFolder();
  await writeLog(
    root,
    'logs/a.csv',
    exampleRows(1, 40).map((row, index) => ({ ...row, ts: `${1 + (index % 12)}/${1 + (index % 28)}/2001` })),
  );
  const log = await openLog(exampleDefinition({ format: 'csv', path: 'logs/*' }), root);

  const error = await refusal(log.coverage(LATER));

  expect(error.code).toBe('LOG_TIMESTAMP_UNREADABLE');
  expect(error.message).toContain('and the like: the month comes first (the second number goes up to 28)');
  expect(error.hint).toContain('strptime("ts", \'%m/%d/%Y\')');
});

test.each([
  ['to a stump', 0.4],
  ['by its last bytes', 0.99],
])('names the Parquet file that is cut short %s', async (_, share) => {
  const root = temporaryFolder();
  await writeLog(root, 'logs/a.parquet', exampleRows(1, 200));
  await writeLog(root, 'logs/b.parquet', exampleRows(1, 200));
  const bytes = readFileSync(join(root, 'logs/b.parquet'));
  writeFileSync(join(root, 'logs/b.parquet'), bytes.subarray(0, Math.floor(bytes.length * share)));
  const log = await openLog(exampleDefinition({ format: 'parquet', path: 'logs/*.parquet' }), root);

  const error = await refusal(log.coverage(LATER));

  expect(error.code).toBe('LOG_FILE_UNREADABLE');
  expect(error.message).toContain('b.parquet');
});

test('says that a query failed when a Parquet file is damaged behind a good footer', async () => {
  const root = temporaryFolder();
  await writeLog(root, 'logs/a.parquet', exampleRows(1, 2000));
  const bytes = readFileSync(join(root, 'logs/a.parquet'));
  writeFileSync(join(root, 'logs/a.parquet'), bytes.fill(7, 4, 8000));
  const log = await openLog(exampleDefinition({ format: 'parquet', path: 'logs/*.parquet' }), root);

  const error = await log.learnGrids(day(1), LATER).catch((cause: unknown) => cause);

  expect(error).toBeInstanceOf(OutsideError);
  expect(error).toMatchObject({ code: 'LOG_QUERY_FAILED', retryable: false });
});

test.each(['csv', 'jsonl'] as const)('names the %s.gz file that is cut short', async (format) => {
  const root = temporaryFolder();
  const rows = exampleRows(1, 2000);
  const text = format === 'csv' ? csvText(rows) : rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const bytes = gzipSync(text);
  mkdirSync(join(root, 'logs'));
  writeFileSync(join(root, `logs/a.${format}.gz`), bytes.subarray(0, bytes.length / 2));
  const log = await openLog(exampleDefinition({ format, path: 'logs/*' }), root);

  const error = await refusal(log.coverage(LATER));

  expect(error.code).toBe('LOG_FILE_UNREADABLE');
  expect(error.message).toContain(`a.${format}.gz`);
});

test('names the label values that it found instead of the ones in the definition', async () => {
  const root = temporaryFolder();
  await writeLog(root, 'log.jsonl', exampleRows(1, 20));
  await writeLog(
    root,
    'labels/a.jsonl',
    Array.from({ length: 12 }, (_, index) => ({ id: `r${index}`, label: 'yes', label_ts: day(2).start })),
  );
  const log = await openLog(exampleDefinition({ format: 'jsonl', path: 'log.jsonl' }), root);

  const error = await refusal(log.cubes([day(1)], LATER));

  expect(error.code).toBe('LABEL_VALUES_UNKNOWN');
  expect(error.message).toContain('yes');
});

test('names the column for which the reference has no grid', async () => {
  const root = temporaryFolder();
  await writeLog(root, 'log.jsonl', exampleRows(1, 20));
  const log = await openLog(exampleDefinition({ format: 'jsonl', path: 'log.jsonl' }), root);

  const error = await refusal(log.profile([day(1)], {}, LATER));

  expect(error.code).toBe('GRID_MISSING');
  expect(error.message).toContain('amount');
});

test('treats names and values of a definition as text, not as SQL', async () => {
  const root = temporaryFolder();
  const hostile = `x" FROM read_text('/etc/passwd') --`;
  const rows = exampleRows(1, 20).map((row) => ({ ...row, [hostile]: row['country'] ?? null }));
  writeText(root, `lo'gs/a.csv`, csvText(rows));
  const definition = exampleDefinition({ format: 'csv', path: `lo'gs/*.csv` });
  const renamed = {
    ...definition,
    columns: definition.columns.map((column) => (column.name === 'country' ? { ...column, name: hostile } : column)),
  };
  const log = await openLog(renamed, root);

  const [profile] = await log.profile([day(1)], await log.learnGrids(day(1), LATER), LATER);

  expect(profile?.columns[hostile]).toMatchObject({ kind: 'categorical', rows: 20, distinct: 3 });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEngine } from '../../../pipelines/adapters/duckdb/engine.ts';
import { day, exampleDefinition, exampleRows, LATER, openLog, temporaryFolder } from './example-log.ts';
import { refusal } from './refusal.ts';
import { csvText, type LogRow, writeText } from './write-log.ts';

const ROWS = 40;

type Format = 'csv' | 'jsonl' | 'parquet';

/** Definition of a log that newcomers bring: no scores, labels beside the features. */
function inlineDefinition(format: Format, labels: { readonly positive?: string; readonly negative?: string } = {}) {
  const path = `log.${format}`;
  return exampleDefinition(
    { format, path, columns: { id: 'id', timestamp: 'ts' } },
    { format, path, columns: { id: 'id', label: 'label' }, ...labels },
  );
}

function rowsWith(change: (row: LogRow, index: number) => LogRow): LogRow[] {
  return exampleRows(1, ROWS).map((row, index) => ({ ...row, label: index % 2, ...change(row, index) }));
}

async function readText(text: string, format: Format = 'csv', labels = {}) {
  const root = temporaryFolder();
  writeText(root, `log.${format}`, text);
  return (await openLog(inlineDefinition(format, labels), root)).rows({ range: day(1), asOf: LATER, limit: 1000, labelledOnly: false });
}

test.each([
  ['seconds', 1],
  ['milliseconds', 1e3],
  ['microseconds', 1e6],
  ['nanoseconds', 1e9],
])('takes %s since the epoch for times', async (_, perSecond) => {
  const plain = await readText(csvText(rowsWith(() => ({}))));

  const rows = await readText(
    csvText(rowsWith(({ ts }) => ({ ts: String((BigInt(Date.parse(String(ts))) * BigInt(perSecond)) / 1000n) }))),
  );

  expect(rows.ids).toHaveLength(ROWS);
  expect([...rows.timestamps].map(Math.round)).toEqual([...plain.timestamps].map(Math.round));
});

test('times that are no times are refused, also where the column is called as queries call it', async () => {
  const error = await refusal(readText(csvText(rowsWith(() => ({ ts: '03/05/2001' })))));

  expect(error.code).toBe('LOG_TIMESTAMP_UNREADABLE');
  expect(error.message).toContain('03/05/2001');
});

test.each([
  ['1.0 and 0.0', { positive: '1', negative: '0' }, ['0.0', '1.0']],
  ['true and false', { positive: '1', negative: '0' }, ['false', 'true']],
  ['True and False', { positive: 'true', negative: 'false' }, ['False', 'True']],
  ['1 and 0, defined as truth values', { positive: 'true', negative: 'false' }, ['0', '1']],
  ['numbers with a space', { positive: '2', negative: '1' }, ['1 ', ' 2']],
])('knows labels by the same value however it is spelt: %s', async (_, labels, [no = '', yes = '']) => {
  const rows = await readText(csvText(rowsWith((__, index) => ({ label: index % 2 === 1 ? yes : no }))), 'csv', labels);

  expect([...rows.labels].filter((label) => label === 1)).toHaveLength(ROWS / 2);
  expect([...rows.labels].filter((label) => label === 0)).toHaveLength(ROWS / 2);
});

test('knows classes that are numbers as 2.0 for 2', async () => {
  const root = temporaryFolder();
  writeText(root, 'log.csv', csvText(rowsWith((_, index) => ({ label: ['3.0', '2', '1.0', ''][index % 4] ?? '' }))));
  const binary = inlineDefinition('csv');
  const { positive: _, negative: __, ...labels } = binary.labels;
  const definition = { ...binary, task: 'multiclass' as const, labels: { ...labels, classes: ['1', '2', '3'] } };

  const rows = await (await openLog(definition, root)).rows({ range: day(1), asOf: LATER, limit: 1000, labelledOnly: true });

  expect([0, 1, 2].map((place) => [...rows.labels].filter((label) => label === place).length)).toEqual([10, 10, 10]);
});

test('refuses labels beside the features when none has a known value, and tells what there is', async () => {
  const error = await refusal(readText(csvText(rowsWith((_, index) => ({ label: index % 2 === 1 ? 'yes' : 'no' })))));

  expect(error.code).toBe('LABEL_VALUES_UNKNOWN');
  expect(error.message).toContain('found: no, yes');
});

test('truth values of a numeric column are 1 and 0', async () => {
  const rows = await readText(csvText(rowsWith((_, index) => ({ visits: index % 4 === 0 ? 'TRUE' : 'false' }))));

  expect([...(rows.numeric['visits'] ?? [])].reduce((sum, value) => sum + value, 0)).toBe(ROWS / 4);
});

test('a header with spaces around its names, and quotes after them, is read', async () => {
  const [head = '', ...rest] = csvText(rowsWith(() => ({}))).split('\n');
  const spaced = head.split(',').map((name, index) => (index % 2 === 0 ? ` "${name}"` : `${name} `));

  const rows = await readText([spaced.join(','), ...rest].join('\n'));

  expect(rows.ids).toHaveLength(ROWS);
});

test('a name in another case is offered', async () => {
  const error = await refusal(readText(csvText(rowsWith(() => ({}))).replace('ts,', 'TS,')));

  expect(error.code).toBe('LOG_COLUMN_MISSING');
  expect(error.hint).toContain('Write "TS" in model.yml');
});

test.each([
  ['an empty file', 'csv', Buffer.from(''), 'empty'],
  ['a Parquet file', 'csv', Buffer.from('PAR1\u0015\u0004'), 'a Parquet file'],
  ['UTF-16', 'csv', Buffer.from('\uFEFFid,ts\n1,2\n', 'utf16le'), 'UTF-16'],
  ['a JSON array', 'jsonl', Buffer.from('[{"id": "a"}]'), 'one JSON array'],
] as const)('says what %s is', async (_, format, bytes, said) => {
  const root = temporaryFolder();
  writeFileSync(join(root, `log.${format}`), bytes);

  const error = await refusal((await openLog(inlineDefinition(format), root)).coverage(LATER));

  expect(error.code).toBe('LOG_FILE_UNREADABLE');
  expect(error.message).toContain(said);
});

test('says that no line of a Latin-1 file can be used', async () => {
  const root = temporaryFolder();
  writeFileSync(join(root, 'log.csv'), Buffer.from(csvText(rowsWith(() => ({ plan: 'caf\u00E9' }))), 'latin1'));

  const error = await refusal((await openLog(inlineDefinition('csv'), root)).coverage(LATER));

  expect(error.code).toBe('LOG_LINES_UNREADABLE');
  expect(error.message).toContain(`unreadable-line ${ROWS}`);
});

test.each(["['x']", "{'k': 'x'}"])('says that a Parquet column holds %s, and not that it is absent', async (nested) => {
  const root = temporaryFolder();
  const engine = await openEngine({ dataRoot: root, memoryLimit: '64MB', threads: 1 });
  const columns = `'r' || i AS id, TIMESTAMP '2024-03-01' AS ts, i AS amount, i AS visits, ${nested} AS country, 'a' AS plan, 1 AS label`;
  await engine.run(`COPY (SELECT ${columns} FROM range(20) t(i)) TO '${join(root, 'log.parquet')}' (FORMAT parquet)`);
  engine.close();

  const error = await refusal((await openLog(inlineDefinition('parquet'), root)).coverage(LATER));

  expect(error.code).toBe('LOG_COLUMN_NESTED');
  expect(error.message).toContain('country');
});

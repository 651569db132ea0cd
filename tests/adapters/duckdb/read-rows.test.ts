import { expect, test } from 'vitest';
import { day, exampleDefinition, exampleRows, LATER, openLog, temporaryFolder } from './example-log.ts';
import { writeLog } from './write-log.ts';

const ROWS = exampleRows(3, 400);

async function openExample() {
  const root = temporaryFolder();
  await writeLog(root, 'log.parquet', ROWS);
  await writeLog(
    root,
    'labels/a.jsonl',
    ROWS.slice(0, 500).map((row, index) => ({ id: row['id'] ?? null, label: index % 3 === 0 ? '1' : '0', label_ts: day(5).start })),
  );
  return openLog(exampleDefinition({ format: 'parquet', path: 'log.parquet' }), root);
}

test('gives rows column by column, in order of id', async () => {
  const log = await openExample();

  const table = await log.rows({ range: day(1, 3), asOf: LATER, limit: 5000, labelledOnly: false });

  const expected = [...ROWS].sort((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1));
  expect(table.ids).toEqual(expected.map((row) => row['id']));
  expect([...table.timestamps]).toEqual(expected.map((row) => Date.parse(String(row['ts'])) / 1000));
  expect([...(table.numeric['amount'] ?? [])]).toEqual(expected.map((row) => row['amount'] ?? Number.NaN));
  expect(table.categorical['country']).toEqual(expected.map((row) => row['country']));
  expect([...table.scores]).toEqual(expected.map((row) => row['score'] ?? Number.NaN));
  expect(table.versions).toEqual(expected.map((row) => row['version']));
  expect(Object.keys(table.numeric)).toEqual(['amount', 'visits']);
  expect(table.labels.filter((label) => Number.isNaN(label)).length).toBe(700);
  expect(table.labels.filter((label) => label === 1).length).toBe(167);
});

test('samples the same rows at every run, and a larger sample holds the smaller', async () => {
  const log = await openExample();
  const other = await openExample();

  const small = await log.rows({ range: day(1, 3), asOf: LATER, limit: 100, labelledOnly: false });
  const again = await other.rows({ range: day(1, 3), asOf: LATER, limit: 100, labelledOnly: false });
  const large = await log.rows({ range: day(1, 3), asOf: LATER, limit: 300, labelledOnly: false });

  expect(again).toEqual(small);
  expect(small.ids.length).toBe(100);
  expect(large.ids).toEqual(expect.arrayContaining([...small.ids]));
  expect([...small.ids].sort()).toEqual(small.ids);
  expect(new Set(small.timestamps).size).toBeGreaterThan(90);
});

test('takes only labelled rows when asked, before it samples', async () => {
  const log = await openExample();

  const table = await log.rows({ range: day(1, 3), asOf: LATER, limit: 450, labelledOnly: true });
  const early = await log.rows({ range: day(1, 3), asOf: day(4).start, limit: 450, labelledOnly: true });

  expect(table.ids.length).toBe(450);
  expect(table.labels.some((label) => Number.isNaN(label))).toBe(false);
  expect(early.ids).toEqual([]);
  expect(early.labels.length).toBe(0);
});

test('gives an empty table for a range without rows', async () => {
  const log = await openExample();

  const table = await log.rows({ range: day(20), asOf: LATER, limit: 10, labelledOnly: false });

  expect(table.ids).toEqual([]);
  expect(table.numeric['amount']?.length).toBe(0);
  expect(table.categorical['plan']).toEqual([]);
});

import { expect, test } from 'vitest';
import { day, exampleDefinition, exampleRows, LATER, openLog, temporaryFolder } from './example-log.ts';
import { csvText, writeLog, writeText } from './write-log.ts';

const FORMATS = [
  { format: 'parquet', file: 'log.parquet' },
  { format: 'csv', file: 'log.csv' },
  { format: 'csv', file: 'log.csv.gz' },
  { format: 'jsonl', file: 'log.jsonl' },
  { format: 'jsonl', file: 'log.jsonl.gz' },
] as const;

async function readAs({ format, file }: (typeof FORMATS)[number]) {
  const root = temporaryFolder();
  await writeLog(root, `logs/${file}`, exampleRows(3, 200));
  const definition = exampleDefinition({ format, path: `logs/${file}` }, { path: 'labels.jsonl' });
  await writeLog(root, 'labels.jsonl', [{ id: 'r00000-0', label: '1', label_ts: day(2).start }]);
  const log = await openLog(definition, root);
  const grids = await log.learnGrids(day(1, 3), LATER);
  return {
    coverage: await log.coverage(LATER),
    grids,
    profiles: await log.profile([day(1), day(2), day(3)], grids, LATER),
    rows: await log.rows({ range: day(1, 3), asOf: LATER, limit: 1000, labelledOnly: false }),
    cubes: await log.cubes([day(1)], LATER),
  };
}

test.each(FORMATS.slice(1))('reads the same from $file as from Parquet', async (format) => {
  const expected = await readAs(FORMATS[0]);

  const actual = await readAs(format);

  expect(actual).toEqual(expected);
  expect(actual.profiles.map((profile) => profile.rows)).toEqual([200, 200, 200]);
  expect(actual.coverage).toEqual({ earliest: '2024-03-01T00:00:00Z', watermark: '2024-03-03T23:52:48Z' });
  expect(actual.rows.ids.length).toBe(600);
});

test.each(FORMATS)('reads $file where no score is named: every score is missing, and the features are there', async ({ format, file }) => {
  const root = temporaryFolder();
  await writeLog(
    root,
    file,
    exampleRows(2, 100).map(({ score: _, ...row }) => row),
  );
  await writeLog(root, 'labels/1.jsonl', [{ id: 'r00000-0', label: '1', label_ts: day(2).start }]);
  const log = await openLog(exampleDefinition({ format, path: file, columns: { id: 'id', timestamp: 'ts' } }), root);
  const grids = await log.learnGrids(day(1, 2), LATER);

  const [profile] = await log.profile([day(1)], grids, LATER);
  const rows = await log.rows({ range: day(1, 2), asOf: LATER, limit: 1000, labelledOnly: false });

  expect(profile?.columns['$score']).toMatchObject({ rows: 100, missing: 100 });
  expect(profile?.columns['visits']).toMatchObject({ rows: 100 });
  expect(profile?.quarantined).toEqual({});
  expect([...rows.scores].every(Number.isNaN)).toBe(true);
  expect(rows.ids).toHaveLength(200);
});

test('reads several files of one glob, and files that appear later', async () => {
  const root = temporaryFolder();
  const rows = exampleRows(3, 100);
  await writeLog(root, 'logs/day-1.jsonl', rows.slice(0, 100));
  const log = await openLog(exampleDefinition({ format: 'jsonl', path: 'logs/*.jsonl' }), root);
  const before = await log.coverage(LATER);

  await writeLog(root, 'logs/day-2.jsonl', rows.slice(100));
  const after = await log.coverage(LATER);

  expect(before?.watermark.slice(0, 10)).toBe('2024-03-01');
  expect(after?.watermark.slice(0, 10)).toBe('2024-03-03');
});

test('takes the allowed lateness off the watermark and hides what lies after asOf', async () => {
  const root = temporaryFolder();
  await writeLog(root, 'log.parquet', exampleRows(3, 100));
  const log = await openLog(exampleDefinition({ format: 'parquet', path: 'log.parquet', lateness: 'PT6H' }), root);

  const coverage = await log.coverage('2024-03-02T12:00:00Z');
  const nothing = await log.coverage('2024-02-01T00:00:00Z');

  expect(coverage).toEqual({ earliest: '2024-03-01T00:00:00Z', watermark: '2024-03-02T06:00:00Z' });
  expect(nothing).toBeNull();
});

test('reads a CSV file with a column without a name, as pandas writes its index, and one that comes twice', async () => {
  const root = temporaryFolder();
  const [header = '', ...lines] = csvText(exampleRows(1, 20)).trimEnd().split('\n');
  writeText(root, 'log.csv', [`,${header},SCORE`, ...lines.map((line, index) => `${index},${line},7`)].join('\n'));
  await writeLog(root, 'labels.jsonl', [{ id: 'r00000-0', label: '1', label_ts: day(2).start }]);
  const log = await openLog(exampleDefinition({ format: 'csv', path: 'log.csv' }, { path: 'labels.jsonl' }), root);

  const rows = await log.rows({ range: day(1), asOf: LATER, limit: 100, labelledOnly: false });

  expect(rows.ids.length).toBe(20);
  expect(rows.scores.every((score) => Number.isNaN(score) || score <= 1)).toBe(true);
});

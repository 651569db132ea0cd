import { expect, test } from 'vitest';
import { gridFromQuantiles, SCORE_GRID } from '../../../pipelines/core/profile/learn-grid.ts';
import { at, day, exampleDefinition, exampleRows, LATER, openLog, START, temporaryFolder } from './example-log.ts';
import { type LogRow, writeLog } from './write-log.ts';

const GRID = gridFromQuantiles({ q001: 0, q999: 100, minimum: 0, maximum: 100, median: 20, integerValued: false });
const GRIDS = { amount: GRID, visits: GRID, $score: SCORE_GRID, $latencyMs: GRID };
const DAYS = [day(1), day(2), day(3)];

/** Three days of fifty rows; the times of some rows are replaced. */
function rowsWith(times: ReadonlyMap<number, string>): LogRow[] {
  return exampleRows(3, 50).map((row, index) => ({ ...row, ts: times.get(index) ?? row['ts'] ?? null }));
}

test.each(['csv', 'jsonl', 'parquet'] as const)(
  'rows of 1970 and of 2080 decide no range, and are counted where they lie in their file, in %s',
  async (format) => {
    const root = temporaryFolder();
    const times = new Map([
      [60, '1970-01-01T00:00:07Z'],
      [61, '1970-01-01T03:00:00Z'],
      [120, '2080-05-05T00:00:00Z'],
    ]);
    await writeLog(root, `log.${format}`, rowsWith(times));
    const log = await openLog(exampleDefinition({ format, path: `log.${format}` }), root);

    const coverage = await log.coverage('2090-01-01T00:00:00Z');
    const profiles = await log.profile(DAYS, GRIDS, LATER);

    expect(coverage).toMatchObject({ earliest: START, doubtful: { 'past-timestamp': 2, 'future-timestamp': 1 } });
    expect(coverage?.watermark.slice(0, 7)).toBe('2024-03');
    expect(profiles.map(({ rows }) => rows)).toEqual([50, 48, 49]);
    expect(profiles.map(({ quarantined }) => quarantined)).toEqual([{}, { 'past-timestamp': 2 }, { 'future-timestamp': 1 }]);
  },
);

test.each(['csv', 'parquet'] as const)(
  'a file of its own that a broken clock wrote is told with the first window that is asked for, in %s',
  async (format) => {
    const root = temporaryFolder();
    const rows = exampleRows(3, 50);
    await writeLog(root, `day=2024-03-01/a.${format}`, rows);
    await writeLog(
      root,
      `day=1970-01-01/a.${format}`,
      exampleRows(1, 4).map((row, index) => ({ ...row, id: `x${index}`, ts: '1970-01-01T00:00:05Z' })),
    );
    const log = await openLog(exampleDefinition({ format, path: `*/a.${format}` }), root);

    const profiles = await log.profile(DAYS, GRIDS, LATER);

    expect(await log.coverage(LATER)).toMatchObject({ earliest: START, doubtful: { 'past-timestamp': 4 } });
    expect(profiles.map(({ quarantined }) => quarantined)).toEqual([{ 'past-timestamp': 4 }, {}, {}]);
  },
);

test('an endless time is a bad one, and does not void its file', async () => {
  const root = temporaryFolder();
  const times = new Map([
    [60, '-infinity'],
    [61, 'infinity'],
  ]);
  await writeLog(root, 'log.csv', rowsWith(times));
  const log = await openLog(exampleDefinition({ format: 'csv', path: 'log.csv' }), root);

  const profiles = await log.profile(DAYS, GRIDS, LATER);

  expect((await log.coverage(LATER))?.earliest).toBe(START);
  expect(profiles.map(({ quarantined }) => quarantined)).toEqual([{}, { 'bad-timestamp': 1, 'future-timestamp': 1 }, {}]);
});

test('a log of ordinary times has no doubtful ones, and labels may come late', async () => {
  const root = temporaryFolder();
  await writeLog(root, 'log.csv', exampleRows(3, 50));
  await writeLog(root, 'labels/a.jsonl', [
    { id: String(exampleRows(3, 50)[0]?.['id']), label: '1', label_ts: '2034-03-01T00:00:00Z' },
    ...exampleRows(3, 50)
      .slice(1)
      .map(({ id }) => ({ id: String(id), label: '0', label_ts: at(4, 0) })),
  ]);
  const log = await openLog(exampleDefinition({ format: 'csv', path: 'log.csv' }), root);

  expect(await log.coverage(LATER)).not.toHaveProperty('doubtful');
  expect((await log.arrivals([day(1)], '2035-01-01T00:00:00Z'))[0]?.labels).toBe(50);
});

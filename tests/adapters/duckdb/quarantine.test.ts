import { expect, test } from 'vitest';
import { gridFromQuantiles, SCORE_GRID } from '../../../pipelines/core/profile/learn-grid.ts';
import type { Grid } from '../../../pipelines/core/schema/window-profile.ts';
import { at, day, exampleDefinition, exampleRows, LATER, openLog, temporaryFolder } from './example-log.ts';
import { csvText, type LogRow, writeLog, writeText } from './write-log.ts';

const GRID: Grid = gridFromQuantiles({ q001: 0, q999: 100, minimum: 0, maximum: 100, median: 20, integerValued: false });
const GRIDS = { amount: GRID, visits: GRID, $score: SCORE_GRID, $latencyMs: GRID };

async function profilesOf(format: 'csv' | 'jsonl' | 'parquet', root: string, path = 'logs/*') {
  const log = await openLog(exampleDefinition({ format, path }), root);
  return log.profile([day(1), day(2), day(3)], GRIDS, LATER);
}

function lines(rows: readonly LogRow[]): string[] {
  return rows.map((row) => JSON.stringify(row));
}

test('counts half a JSON line in the window of the line before it', async () => {
  const root = temporaryFolder();
  const all = lines(exampleRows(3, 50));
  const half = all[70]?.slice(0, 40) ?? '';
  writeText(root, 'logs/a.jsonl', [...all.slice(0, 70), half, '[1, 2]', ...all.slice(71), '{"id": "end", "ts": "2024-03-0'].join('\n'));

  const profiles = await profilesOf('jsonl', root);

  expect(profiles.map((profile) => profile.rows)).toEqual([50, 49, 50]);
  expect(profiles.map((profile) => profile.quarantined)).toEqual([{}, { 'unreadable-line': 2 }, { 'unreadable-line': 1 }]);
});

test('counts CSV lines with too few, too many and unclosed cells, and loses none', async () => {
  const root = temporaryFolder();
  const [header = '', ...all] = csvText(exampleRows(3, 50)).trimEnd().split('\n');
  const broken = [...all.slice(0, 20), 'short,line', ...all.slice(20, 60), `${all[60]},9,9`, ...all.slice(61), 'last,"2024-03'];
  writeText(root, 'logs/a.csv.gz', [header, ...broken].join('\n'));

  const profiles = await profilesOf('csv', root);

  const rows = profiles.reduce((sum, profile) => sum + profile.rows, 0);
  expect(profiles.map((profile) => profile.quarantined)).toEqual([
    { 'unreadable-line': 1 },
    { 'unreadable-line': 1 },
    { 'unreadable-line': 1 },
  ]);
  expect(rows + 3).toBe(broken.length);
});

test('counts every line that an open quote swallows', async () => {
  const root = temporaryFolder();
  const [header = '', ...all] = csvText(exampleRows(1, 50)).trimEnd().split('\n');
  const broken = [...all.slice(0, 45), `x,"${all[45]}`, ...all.slice(46).map((line) => line.replaceAll('"', ''))];
  writeText(root, 'logs/a.csv', `${[header, ...broken].join('\n')}\n`);

  const [first] = await profilesOf('csv', root);

  expect((first?.rows ?? 0) + (first?.quarantined['unreadable-line'] ?? 0)).toBe(50);
});

test.each(['jsonl', 'csv', 'parquet'] as const)('keeps the first row of an id that comes twice on a day, in %s', async (format) => {
  const root = temporaryFolder();
  const rows = exampleRows(3, 50);
  const again = rows.slice(60, 65).map((row) => ({ ...row, ts: at(2, 86_000), country: 'copy' }));
  const nextDay = rows.slice(0, 1).map((row) => ({ ...row, ts: at(3, 0) }));
  await writeLog(root, `logs/a.${format}`, [...rows.slice(0, 80), ...again]);
  await writeLog(root, `logs/b.${format}`, [...rows.slice(80), ...again.slice(0, 2), ...nextDay]);

  const profiles = await profilesOf(format, root);

  const country = profiles[1]?.columns['country'];
  expect(profiles.map((profile) => profile.rows)).toEqual([50, 50, 51]);
  expect(profiles.map((profile) => profile.quarantined)).toEqual([{}, { 'duplicate-id': 7 }, {}]);
  expect(country?.kind === 'categorical' ? Object.keys(country.counts) : []).not.toContain('copy');
});

test.each(['jsonl', 'parquet'] as const)(
  'sets aside rows without id and with impossible scores, but not without score, in %s',
  async (format) => {
    const root = temporaryFolder();
    const rows = exampleRows(2, 50).map((row, index): LogRow => {
      if (index === 10 || index === 11) return { ...row, id: index === 10 ? null : '' };
      if (index === 60) return { ...row, score: 1.01 };
      if (index === 61) return { ...row, score: -0.5 };
      if (index === 62) return { ...row, score: format === 'jsonl' ? 'NaN' : Number.NaN };
      return index === 63 ? { ...row, score: null } : { ...row, score: 0.5 };
    });
    await writeLog(root, `logs/a.${format}`, rows);

    const profiles = await profilesOf(format, root);

    expect(profiles.map((profile) => profile.quarantined)).toEqual([{ 'missing-id': 2 }, { 'bad-score': 3 }, {}]);
    expect(profiles.map((profile) => profile.rows)).toEqual([48, 47, 0]);
    expect(profiles[1]?.columns['$score']).toMatchObject({ rows: 47, missing: 1, cells: [[128, 46, 23, 11.5]] });
  },
);

test.each(['jsonl', 'csv'] as const)('sets aside rows whose time cannot be read or lies beyond any clock, in %s', async (format) => {
  const root = temporaryFolder();
  const times = new Map([
    [20, 'yesterday'],
    [21, '2024-02-30T00:00:00Z'],
    [70, null],
    [71, '2999-01-01T00:00:00Z'],
  ]);
  const rows = exampleRows(3, 50).map((row, index) => (times.has(index) ? { ...row, ts: times.get(index) ?? null } : row));
  await writeLog(root, `logs/a.${format}`, rows);

  const profiles = await profilesOf(format, root);

  expect(profiles.map((profile) => profile.quarantined)).toEqual([
    { 'bad-timestamp': 2 },
    { 'bad-timestamp': 1, 'future-timestamp': 1 },
    {},
  ]);
  expect(profiles.map((profile) => profile.rows)).toEqual([48, 48, 50]);
});

test('sets aside Parquet rows without a time', async () => {
  const root = temporaryFolder();
  const rows = exampleRows(3, 50).map((row, index) => (index === 70 ? { ...row, ts: null } : row));
  await writeLog(root, 'logs/a.parquet', rows);

  const profiles = await profilesOf('parquet', root);

  expect(profiles.map((profile) => profile.quarantined)).toEqual([{}, { 'bad-timestamp': 1 }, {}]);
});

test('counts lines that nothing dates with the first window', async () => {
  const root = temporaryFolder();
  await writeLog(root, 'logs/a.jsonl', exampleRows(3, 50));
  writeText(root, 'logs/b.jsonl', '{"id": "half\n');

  const profiles = await profilesOf('jsonl', root);

  expect(profiles.map((profile) => profile.quarantined)).toEqual([{ 'unreadable-line': 1 }, {}, {}]);
});

test('reads times with offsets as UTC', async () => {
  const root = temporaryFolder();
  const rows = exampleRows(1, 12).map((row, index) => ({ ...row, ts: `2024-03-02T0${index % 3}:30:00+02:00` }));
  await writeLog(root, 'logs/a.jsonl', rows);

  const profiles = await profilesOf('jsonl', root);

  expect(profiles.map((profile) => profile.rows)).toEqual([8, 4, 0]);
});

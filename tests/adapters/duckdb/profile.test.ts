import { expect, test } from 'vitest';
import { gridFromQuantiles, SCORE_GRID } from '../../../pipelines/core/profile/learn-grid.ts';
import { mergeProfiles } from '../../../pipelines/core/profile/merge-profiles.ts';
import { numericProfile } from '../../../pipelines/core/profile/numeric-profile.ts';
import { type NumericColumnProfile, WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { at, DAY, day, exampleDefinition, exampleRows, LATER, openLog, temporaryFolder } from './example-log.ts';
import { type LogRow, writeLog } from './write-log.ts';

const COARSE = gridFromQuantiles({ q001: 0.5, q999: 50, minimum: 0.5, maximum: 60, median: 7, integerValued: false });
const LOG = gridFromQuantiles({ q001: 0.5, q999: 60, minimum: 0.5, maximum: 60, median: 1, integerValued: false });
const GRIDS = { amount: COARSE, visits: COARSE, $score: SCORE_GRID, $latencyMs: COARSE };
const ROWS = exampleRows(4, 300);

async function openExample(rows: readonly LogRow[] = ROWS) {
  const root = temporaryFolder();
  await writeLog(root, 'log.parquet', rows);
  return openLog(exampleDefinition({ format: 'parquet', path: 'log.parquet' }), root);
}

function numeric(profile: WindowProfile | undefined, column: string): NumericColumnProfile {
  const found = profile?.columns[column];
  if (found?.kind !== 'numeric') throw new Error(`no numeric column ${column}`);
  return found;
}

/** Equal but for the tenth digit of sums, which rounds by the order of additions. */
function expectSame(actual: NumericColumnProfile, expected: NumericColumnProfile): void {
  const counts = (column: NumericColumnProfile) => ({ ...column, cells: column.cells.map(([cell, rows]) => [cell, rows]) });
  expect(counts(actual)).toEqual(counts(expected));
  for (const [index, cell] of actual.cells.entries()) {
    const [, , sum = 0, squares = 0] = expected.cells[index] ?? [];
    expect(Math.abs(cell[2] - sum)).toBeLessThanOrEqual(1e-9 * Math.abs(sum));
    expect(Math.abs(cell[3] - squares)).toBeLessThanOrEqual(1e-9 * squares);
  }
}

test('counts what a loop over the rows counts', async () => {
  const log = await openExample();

  const [profile] = await log.profile([day(2)], GRIDS, LATER);

  const own = ROWS.slice(300, 600);
  const values = (name: string) => Float64Array.from(own, (row) => (row[name] === null ? Number.NaN : Number(row[name])));
  expectSame(numeric(profile, 'amount'), numericProfile(values('amount'), COARSE));
  expectSame(numeric(profile, 'visits'), numericProfile(values('visits'), COARSE));
  expectSame(numeric(profile, '$score'), numericProfile(values('score'), SCORE_GRID));
  expectSame(numeric(profile, '$latencyMs'), numericProfile(values('latency'), COARSE));
  expect(profile).toMatchObject({ rows: 300, versions: { v1: 240, v2: 60 }, errors: 6, quarantined: {} });
  expect(profile?.columns['plan']).toEqual({
    kind: 'categorical',
    rows: 300,
    missing: 0,
    counts: { basic: 150, full: 150 },
    other: 0,
    distinct: 2,
  });
  expect(WindowProfile.parse(profile)).toEqual(profile);
});

// Few whole numbers are counted by hour of the day, many beside it, and numbers that are not whole by themselves.
test.each([
  ['few whole numbers', 9, 1],
  ['many whole numbers', 2000, 1],
  ['numbers that are not whole', 9, 0.5],
])('counts the hours of the day and the values beside %s as a loop does', async (_what, most, step) => {
  const rows = ROWS.map((row, index): LogRow => {
    const visits = index === 17 ? null : index === 0 ? most : (index * 7 * step) % most;
    return { ...row, visits };
  });
  const log = await openExample(rows);

  const profiles = await log.profile([day(1), day(2), day(3), day(4)], GRIDS, LATER);

  for (const [place, profile] of profiles.entries()) {
    const own = rows.slice(place * 300, (place + 1) * 300);
    const hours = Array.from({ length: 24 }, (_, hour) => own.filter((row) => new Date(String(row['ts'])).getUTCHours() === hour).length);
    const visits = Float64Array.from(own, (row) => (row['visits'] === null ? Number.NaN : Number(row['visits'])));
    expect(profile.hours).toEqual(hours);
    expectSame(numeric(profile, 'visits'), numericProfile(visits, COARSE));
  }
});

test('puts values on the edge of a cell into the cell above, and cuts on a logarithmic grid', async () => {
  const edges = Array.from(
    { length: 256 },
    (_, cell): LogRow => ({ ...ROWS[0], id: `e${cell}`, score: cell / 256, amount: 2 ** (cell % 20) }),
  );
  const log = await openExample(edges);

  const [profile] = await log.profile([day(1)], { ...GRIDS, amount: LOG }, LATER);

  expect(numeric(profile, '$score').cells.map(([cell, rows]) => [cell, rows])).toEqual(Array.from({ length: 256 }, (_, cell) => [cell, 1]));
  expect(LOG.transform).toBe('log');
  expect(profile?.columns['amount']).toEqual(
    numericProfile(
      Float64Array.from(edges, (row) => Number(row['amount'])),
      LOG,
    ),
  );
});

test('the merge of daily profiles is the profile of the whole range', async () => {
  const log = await openExample();
  const days = [1, 2, 3, 4].map((number) => day(number));

  const daily = await log.profile(days, GRIDS, LATER);
  const [whole] = await log.profile([day(1, 4)], GRIDS, LATER);

  const merged = daily.reduce((a, b) => mergeProfiles(a, b));
  for (const column of ['amount', 'visits', '$score', '$latencyMs']) {
    expectSame(numeric(merged, column), numeric(whole, column));
  }
  // Windows of a day do not count days.
  const { days: counted, ...others } = { ...whole, columns: null };
  expect({ ...merged, columns: null }).toEqual(others);
  expect(counted).toEqual(Object.fromEntries([1, 2, 3, 4].map((number) => [day(number).start.slice(0, 10), 300])));
  expect(merged.columns['country']).toEqual(whole?.columns['country']);
});

test('answers windows in the order asked: gaps, overlaps, hours, and empty ones of zero rows', async () => {
  const log = await openExample();
  const hour = { start: at(2, 3600), end: at(2, 7200) };

  const profiles = await log.profile([day(4), day(1), day(1, 2), hour, day(9)], GRIDS, LATER);

  expect(profiles.map((profile) => profile.rows)).toEqual([300, 300, 600, 12, 0]);
  expect(profiles.map((profile) => profile.window)).toEqual([day(4), day(1), day(1, 2), hour, day(9)]);
  expect(numeric(profiles[4], 'amount')).toEqual({ kind: 'numeric', grid: COARSE.id, rows: 0, missing: 0, nonFinite: 0, cells: [] });
  expect(WindowProfile.parse(profiles[4])).toEqual(profiles[4]);
});

test('counts hours of the day, in windows of days and of hours', async () => {
  const log = await openExample();
  const part = { start: at(2, 3600), end: at(2, 10_800) };

  const [whole, hours] = await log.profile([day(2), part], GRIDS, LATER);

  const expected = new Array<number>(24).fill(0);
  for (const { ts } of ROWS.slice(300, 600))
    expected[Number(String(ts).slice(11, 13))] = (expected[Number(String(ts).slice(11, 13))] ?? 0) + 1;
  expect(whole?.hours).toEqual(expected);
  expect(hours?.hours).toEqual(expected.map((rows, hour) => (hour === 1 || hour === 2 ? rows : 0)));
});

test('counts the days of windows longer than a day, each window its own, and leaves out days without a row', async () => {
  const log = await openExample(ROWS.filter(({ ts }) => !String(ts).startsWith('2024-03-03')));
  const half = { start: at(2, DAY / 2), end: at(4, DAY / 2) };

  const profiles = await log.profile([day(1, 2), day(3, 2), half, day(1)], GRIDS, LATER);

  expect(profiles.map(({ days }) => days)).toEqual([
    { '2024-03-01': 300, '2024-03-02': 300 },
    { '2024-03-04': 300 },
    { '2024-03-02': 150, '2024-03-04': 150 },
    undefined,
  ]);
  expect(WindowProfile.parse(profiles[2])).toEqual(profiles[2]);
});

test('hides rows after asOf, to the second', async () => {
  const log = await openExample();

  const [profile] = await log.profile([day(2)], GRIDS, at(2, DAY / 2));

  expect(profile?.rows).toBe(151);
});

test('tells missing from not finite, and survives a column without any value', async () => {
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -1e300, null, 5];
  const rows = odd.map((amount, index): LogRow => ({ ...ROWS[index], amount, visits: null, country: null }));
  const log = await openExample(rows);
  const learned = await log.learnGrids(day(1), LATER);

  const [profile] = await log.profile([day(1)], { ...GRIDS, visits: learned['visits'] ?? COARSE }, LATER);

  expect(profile?.columns['amount']).toEqual({
    kind: 'numeric',
    grid: COARSE.id,
    rows: 7,
    missing: 1,
    nonFinite: 5,
    cells: [[Math.floor((5 - COARSE.lower) / COARSE.width), 1, 5, 25]],
  });
  expect(profile?.columns['visits']).toMatchObject({ rows: 7, missing: 7, nonFinite: 0, cells: [] });
  expect(profile?.columns['country']).toEqual({ kind: 'categorical', rows: 7, missing: 7, counts: {}, other: 0, distinct: 0 });
});

test('counts categories it never saw, and keeps the thousand most frequent by name', async () => {
  const rows = Array.from(
    { length: 1500 },
    (_, index): LogRow => ({ ...ROWS[0], id: `c${index}`, country: `k${String(index % 1200).padStart(4, '0')}` }),
  );
  const log = await openExample(rows);

  const [profile] = await log.profile([day(1)], GRIDS, LATER);

  const country = profile?.columns['country'];
  const counts = country?.kind === 'categorical' ? country.counts : {};
  expect(country).toMatchObject({ rows: 1500, other: 200, distinct: 1200 });
  expect(Object.keys(counts).length).toBe(1000);
  expect([counts['k0299'], counts['k0300'], counts['k0999'], counts['k1000']]).toEqual([2, 1, 1, undefined]);
});

test('gives the same bytes with one thread and with two, from one file and from many', async () => {
  const one = await openExample();
  const root = temporaryFolder();
  for (const part of [0, 1, 2, 3, 4, 5]) await writeLog(root, `logs/${part}.parquet`, ROWS.slice(part * 200, part * 200 + 200));
  const many = await openLog(exampleDefinition({ format: 'parquet', path: 'logs/*.parquet' }), root);
  const days = [1, 2, 3, 4].map((number) => day(number));

  const profiles = [await one.profile(days, GRIDS, LATER), await many.profile(days, GRIDS, LATER)];

  expect(JSON.stringify(profiles[1])).toBe(JSON.stringify(profiles[0]));
});

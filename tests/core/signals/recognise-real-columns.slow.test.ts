import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import type { ColumnProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { calendarPart } from '../../../pipelines/core/signals/calendar-part.ts';
import { type ColumnWindow, recogniseColumn } from '../../../pipelines/core/signals/recognise-column.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const present = existsSync(FOLDER);
if (!present) console.warn('NOT TESTED: ../shared/data is absent, so no column of a real log is recognised.');

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJS();
  connection.closeSync();
  return rows;
}

/** Every column of a log in windows of a day (all as categories) by its name. */
async function columnsOf(log: string): Promise<ReadonlyMap<string, ColumnWindow[]>> {
  const from = `read_csv('${FOLDER}${log}/log.csv.gz', all_varchar = true)`;
  const long = `unpivot (select ts[:10] as day, * exclude (ts) from ${from}) on columns(* exclude (day)) into name column_name value value`;
  const cells = await query(
    `select column_name, day, value, count(*)::int as rows from (${long}) group by all order by column_name, day, value`,
  );
  const columns = new Map<string, Map<string, [string, number][]>>();
  for (const { column_name, day, value, rows } of cells) {
    const days = columns.get(String(column_name)) ?? new Map<string, [string, number][]>();
    const counts = days.get(String(day)) ?? [];
    counts.push([String(value), Number(rows)]);
    days.set(String(day), counts);
    columns.set(String(column_name), days);
  }
  return new Map([...columns].map(([name, days]) => [name, [...days].map(([day, counts]) => windowOf(day, counts))]));
}

function windowOf(day: string, counts: readonly (readonly [string, number])[]): ColumnWindow {
  const rows = counts.reduce((sum, [, count]) => sum + count, 0);
  const column: ColumnProfile = {
    kind: 'categorical',
    rows,
    missing: 0,
    counts: Object.fromEntries(counts),
    other: 0,
    distinct: counts.length,
  };
  return { window: { start: `${day}T00:00:00Z`, end: `${day}T23:59:59Z` }, column };
}

const found = async (log: string) =>
  [...(await columnsOf(log))].flatMap(([name, windows]) => {
    const as = recogniseColumn(windows)?.as;
    return as === undefined ? [] : [`${name}: ${as}`];
  });

describe.skipIf(!present)('real logs', () => {
  test('bike-sharing: season, month, weekday and working day follow the calendar, weather and demand do not', async () => {
    expect((await found('bike-sharing')).sort()).toEqual([
      'id: identifier',
      'mnth: calendar',
      'season: calendar',
      'weekday: calendar',
      'workingday: calendar',
    ]);
  });

  test('bike-sharing: the hour is found from rows', async () => {
    const rows = await query(`select epoch(ts)::double as seconds, hr, temp, weekday from read_csv('${FOLDER}bike-sharing/log.csv.gz')`);
    const seconds = rows.map((row) => Number(row['seconds']));
    const part = (name: string) => calendarPart({ seconds, values: rows.map((row) => Number(row[name])) });

    expect([part('hr'), part('weekday'), part('temp')]).toEqual(['hour of the day', 'weekday', null]);
  });

  test('hotel-bookings, employment: no feature is taken for one', async () => {
    expect((await found('acs-employment-ma')).sort()).toEqual(['id: identifier']);
    expect((await found('hotel-bookings')).sort()).toEqual(['id: identifier']);
  });
});

import { describe, expect, test } from 'vitest';
import { SCORE_GRID } from '../../../pipelines/core/profile/learn-grid.ts';
import type { LogIntegrity } from '../../../pipelines/core/schema/log-integrity.ts';
import { at, day, exampleDefinition, exampleRows, LATER, openLog, temporaryFolder } from './example-log.ts';
import { type LogRow, writeLog } from './write-log.ts';

const COLUMNS = { id: 'id', timestamp: 'ts', score: 'score', arrivedAt: 'arrived_at' };

async function inspect(
  files: Readonly<Record<string, readonly LogRow[]>>,
  days: readonly number[],
  columns = {},
): Promise<readonly LogIntegrity[]> {
  const root = temporaryFolder();
  for (const [name, rows] of Object.entries(files)) await writeLog(root, `logs/${name}`, rows);
  const format = Object.keys(files)[0]?.endsWith('parquet') ? 'parquet' : 'jsonl';
  const definition = exampleDefinition({ format, path: 'logs/*', columns: { ...COLUMNS, ...columns } as typeof COLUMNS, lateness: 'PT1H' });
  const log = await openLog(definition, root);
  return (
    (await log.inspect?.(
      days.map((number) => day(number)),
      LATER,
    )) ?? []
  );
}

/** Rows of a day, one a minute, each arriving ten seconds after its time. */
function minutes(dayNumber: number, count: number, change: (row: LogRow, index: number) => LogRow = (row) => row): LogRow[] {
  return exampleRows(1, count).map((row, index) => {
    const seconds = index * 60;
    return change({ ...row, id: `d${dayNumber}-${index}`, ts: at(dayNumber, seconds), arrived_at: at(dayNumber, seconds + 10) }, index);
  });
}

describe.each(['parquet', 'jsonl'])('a log of %s files', (ending) => {
  test('an orderly log has nothing to tell', async () => {
    const found = await inspect({ [`a.${ending}`]: minutes(1, 50), [`b.${ending}`]: minutes(2, 60) }, [1, 2, 3]);

    expect(found.map(({ types, ...counts }) => counts)).toEqual([
      { repeatedIds: 0, steps: 49, backwards: 0, arrived: 50, ahead: 0, late: 0 },
      { repeatedIds: 0, steps: 59, backwards: 0, arrived: 60, ahead: 0, late: 0 },
      { repeatedIds: 0, steps: 0, backwards: 0, arrived: 0, ahead: 0, late: 0 },
    ]);
  });

  test('counts ids that an earlier day has, on the later day; a day older than a week does not count', async () => {
    const again = (number: number, ids: number) => minutes(number, 40, (row, index) => (index < ids ? { ...row, id: `d1-${index}` } : row));

    const found = await inspect(
      { [`a.${ending}`]: minutes(1, 40), [`b.${ending}`]: again(3, 7), [`c.${ending}`]: again(12, 5) },
      [1, 3, 12],
    );

    expect(found.map(({ repeatedIds }) => repeatedIds)).toEqual([0, 7, 0]);
  });

  test('an id that comes twice on one day is set aside, not counted again', async () => {
    const twice = minutes(1, 30, (row, index) => (index === 9 ? { ...row, id: 'd1-8' } : row));

    const [found] = await inspect({ [`a.${ending}`]: twice }, [1]);

    expect(found?.repeatedIds).toBe(0);
  });

  test('counts rows that run backwards by more than a minute, in the order of the file', async () => {
    const rows = minutes(1, 50);
    const shuffled = [...rows.slice(0, 10), ...rows.slice(20, 30), ...rows.slice(10, 20), ...rows.slice(30)];
    const jitter = minutes(2, 50, (row, index) => (index % 2 === 0 ? row : { ...row, ts: at(2, index * 60 - 90) }));

    const found = await inspect({ [`a.${ending}`]: shuffled, [`b.${ending}`]: jitter }, [1, 2]);

    expect(found.map(({ backwards }) => backwards)).toEqual([1, 0]);
  });

  test('counts clocks that run ahead, and rows later than the stated lateness', async () => {
    const skewed = minutes(1, 60, (row, index) => {
      if (index < 12) return { ...row, ts: at(1, index * 60 + 3600) };
      return index < 20 ? { ...row, arrived_at: at(1, index * 60 + 2 * 3600) } : row;
    });

    const [found] = await inspect({ [`a.${ending}`]: skewed }, [1]);

    expect(found).toMatchObject({ arrived: 60, ahead: 12, late: 8 });
  });
});

test('tells the types that Parquet files state, and a column that changed its type', async () => {
  const texts = minutes(2, 30, (row) => ({ ...row, visits: `${String(row['visits'])} times`, plan: 7 }));

  const found = await inspect({ 'a.parquet': minutes(1, 30), 'b.parquet': texts }, [1, 2]);

  expect(found.map(({ types }) => [types['visits'], types['plan'], types['amount']])).toEqual([
    [{ number: 1 }, { text: 1 }, { number: 1 }],
    [{ text: 1 }, { number: 1 }, { number: 1 }],
  ]);
});

describe.each(['parquet', 'csv', 'jsonl'] as const)('a %s file without a column of the contract', (format) => {
  test('is read as missing values once another file has the column, and told as absent', async () => {
    const root = temporaryFolder();
    await writeLog(root, `logs/a.${format}`, exampleRows(2, 40).slice(0, 40));
    await writeLog(
      root,
      `logs/b.${format}`,
      exampleRows(2, 40)
        .slice(40)
        .map(({ country, ...row }) => row),
    );
    const log = await openLog(exampleDefinition({ format, path: 'logs/*' }), root);
    const grids = await log.learnGrids(day(1, 2), LATER);

    const profiles = await log.profile([day(1), day(2)], { ...grids, $score: SCORE_GRID }, LATER);
    const found = await log.inspect?.([day(1), day(2)], LATER);

    expect(profiles.map(({ rows, columns }) => [rows, columns['country']?.missing])).toEqual([
      [40, 2],
      [40, 40],
    ]);
    expect(found?.[1]?.types['country']).toEqual({ absent: 1 });
    expect(found?.[0]?.types['country']).toEqual(format === 'parquet' ? { text: 1 } : undefined);
  });
});

test('rows after asOf are not there', async () => {
  const root = temporaryFolder();
  const rows = minutes(1, 200);
  await writeLog(root, 'logs/a.jsonl', rows);
  const log = await openLog(exampleDefinition({ format: 'jsonl', path: 'logs/*', columns: COLUMNS }), root);

  const found = await log.inspect?.([day(1)], at(1, 59 * 60));

  expect(found?.[0]).toMatchObject({ steps: 59, arrived: 60 });
});

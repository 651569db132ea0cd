import { describe, expect, test } from 'vitest';
import { lagCell } from '../../../pipelines/core/profile/lag-grid.ts';
import { LabelArrivals } from '../../../pipelines/core/schema/label-arrivals.ts';
import { at, day, exampleDefinition, exampleRows, LATER, openLog, temporaryFolder } from './example-log.ts';
import { type LogRow, writeLog } from './write-log.ts';

const HOUR = 3600;
const DAY = 86_400;
const ROWS = exampleRows(3, 100).map((row): LogRow => ({ ...row, score: row['score'] ?? 0.25 }));
const secondOf = (index: number) => (index % 100) * 864;
const dayOf = (index: number) => Math.floor(index / 100) + 1;

/** Labels that come so long after their prediction; every fourth is positive. */
function labelsAfter(lag: (index: number) => number, rows: readonly LogRow[] = ROWS): LogRow[] {
  return rows.map((row, index) => ({
    id: row['id'] ?? null,
    label: index % 4 === 0 ? '1' : '0',
    label_ts: at(dayOf(index), secondOf(index) + lag(index)),
  }));
}

async function open(labels: readonly LogRow[], format: 'jsonl' | 'parquet' = 'jsonl') {
  const root = temporaryFolder();
  await writeLog(root, 'log.parquet', ROWS);
  await writeLog(root, `labels/a.${format}`, labels);
  return openLog(exampleDefinition({ format: 'parquet', path: 'log.parquet' }, { format, path: `labels/*.${format}` }), root);
}

describe('labelArrivals', () => {
  test.each(['jsonl', 'parquet'] as const)('counts labels by lag and class, window by window, from %s', async (format) => {
    const log = await open(
      labelsAfter((index) => (index % 2 === 0 ? 2 * HOUR : 3 * DAY)),
      format,
    );

    const [first, second] = await log.arrivals([day(1), day(2)], LATER);

    expect(LabelArrivals.parse(first)).toEqual(first);
    expect(first?.window).toEqual(day(1));
    expect(first?.cells).toEqual([
      [lagCell(2 * HOUR), 50, 25],
      [lagCell(3 * DAY), 50, 0],
    ]);
    expect(second).toMatchObject({ labels: 100, corrected: 0 });
  });

  test('counts only what had arrived, and windows in the order asked for, empty ones as zero', async () => {
    const log = await open(labelsAfter(() => DAY));

    const found = await log.arrivals([day(3), day(1), day(9)], day(2).end);

    // Day 3 begins at the moment of asking; of day 1 all labels are in, the first of them a day after the first row.
    expect(found.map(({ window, labels }) => [window.start.slice(8, 10), labels])).toEqual([
      ['03', 0],
      ['01', 100],
      ['09', 0],
    ]);
  });
});

describe('a label that changes after it arrived', () => {
  const changed = 7;
  const correction = { id: ROWS[changed]?.['id'] ?? null, label: '1', label_ts: at(1, secondOf(changed) + 5 * DAY) };
  const labels = [correction, ...labelsAfter(() => DAY)];
  const positives = (cubes: readonly { positives: number }[]) => cubes.reduce((sum, cube) => sum + cube.positives, 0);

  test.each(['jsonl', 'parquet'] as const)('the newest that had arrived counts, and old windows change with it (%s)', async (format) => {
    const log = await open(labels, format);

    const before = await log.cubes([day(1)], at(4, 0));
    const after = await log.cubes([day(1)], LATER);

    expect([positives(before), positives(after)]).toEqual([25, 26]);
    expect(before.reduce((sum, cube) => sum + cube.labelled, 0)).toBe(100);
    expect(after.reduce((sum, cube) => sum + cube.labelled, 0)).toBe(100);
  });

  test('is counted as corrected from then on, and keeps the lag of its first arrival', async () => {
    const log = await open(labels);

    const [before] = await log.arrivals([day(1)], at(4, 0));
    const [after] = await log.arrivals([day(1)], LATER);

    expect(before).toMatchObject({ labels: 100, corrected: 0, cells: [[lagCell(DAY), 100, 25]] });
    expect(after).toMatchObject({ labels: 100, corrected: 1, cells: [[lagCell(DAY), 100, 26]] });
  });

  test('the same label sent twice is no correction', async () => {
    const again = { ...correction, label: '0' };
    const log = await open([again, ...labelsAfter(() => DAY)]);

    const [found] = await log.arrivals([day(1)], LATER);

    expect(found).toMatchObject({ labels: 100, corrected: 0 });
  });
});

test('labels inside the prediction log have a lag when they have a time', async () => {
  const root = temporaryFolder();
  await writeLog(
    root,
    'log.parquet',
    ROWS.map((row, index) => ({ ...row, label: index % 4 === 0 ? '1' : '0', label_ts: at(dayOf(index), secondOf(index) + 10 * DAY) })),
  );
  const log = openLog(exampleDefinition({ format: 'parquet', path: 'log.parquet' }, { format: 'parquet', path: 'log.parquet' }), root);

  const [timed] = await (await log).arrivals([day(1)], LATER);

  expect(timed).toMatchObject({ labels: 100, corrected: 0, cells: [[lagCell(10 * DAY), 100, 25]] });
});

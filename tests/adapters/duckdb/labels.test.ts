import { describe, expect, test } from 'vitest';
import { cubeOf } from '../../../pipelines/core/profile/label-cube.ts';
import { mergeQuarantine } from '../../../pipelines/core/profile/merge-profiles.ts';
import type { LabelCube } from '../../../pipelines/core/schema/label-cube.ts';
import { at, day, exampleDefinition, exampleRows, LATER, openLog, temporaryFolder } from './example-log.ts';
import { type LogRow, writeLog } from './write-log.ts';

const ROWS = exampleRows(3, 100).map((row): LogRow => ({ ...row, score: row['score'] ?? 0.25 }));

function isPositive(index: number): boolean {
  return (index * 13) % 7 < 2;
}

function labelsOf(rows: readonly LogRow[], arrival: (index: number) => string): LogRow[] {
  return rows.map((row, index) => ({ id: row['id'] ?? null, label: isPositive(index) ? '1' : '0', label_ts: arrival(index) }));
}

const ONE_DAY_LATER = (index: number) => at(Math.floor(index / 100) + 2, (index % 100) * 864);

async function openExample(labels: readonly LogRow[], format: 'jsonl' | 'csv' | 'parquet' = 'jsonl', rows: readonly LogRow[] = ROWS) {
  const root = temporaryFolder();
  await writeLog(root, 'log.parquet', rows);
  await writeLog(root, `labels/a.${format}`, labels);
  return openLog(exampleDefinition({ format: 'parquet', path: 'log.parquet' }, { format, path: `labels/*.${format}` }), root);
}

function rowsOf(cubes: readonly LabelCube[]) {
  return cubes.map((cube) => [cube.window.start.slice(8, 10), cube.modelVersion, cube.labelled, cube.positives]);
}

test.each(['jsonl', 'csv', 'parquet'] as const)('joins labels by id into one cube a window and version, from %s', async (format) => {
  const log = await openExample(labelsOf(ROWS, ONE_DAY_LATER), format);

  const cubes = await log.cubes([day(1), day(2)], LATER);

  const expected = [0, 1].flatMap((dayIndex) =>
    ['v1', 'v2'].map((version) => {
      const own = ROWS.map((row, index) => ({ row, index })).filter(
        ({ row, index }) => Math.floor(index / 100) === dayIndex && row['version'] === version,
      );
      const scores = own.map(({ row }) => Number(row['score']));
      const labels = own.map(({ index }) => (isPositive(index) ? 1 : 0));
      return cubeOf({ scores, labels, window: day(dayIndex + 1), modelVersion: version });
    }),
  );
  expect(cubes).toEqual(expected);
  expect(rowsOf(cubes)).toEqual([
    ['01', 'v1', 80, 23],
    ['01', 'v2', 20, 6],
    ['02', 'v1', 80, 22],
    ['02', 'v2', 20, 6],
  ]);
});

test('sees a label only from the moment at which it arrived', async () => {
  const log = await openExample(labelsOf(ROWS, ONE_DAY_LATER));
  const range = day(1, 3);

  const before = await log.countLabelled(range, day(2).start);
  const during = await log.countLabelled(range, at(2, 50 * 864));
  const after = await log.countLabelled(range, LATER);

  expect([before, during, after]).toEqual([1, 51, 300]);
});

test('does not see a label planted from the future, nor a row', async () => {
  const planted = { id: ROWS[0]?.['id'] ?? null, label: '1', label_ts: '2024-06-01T00:00:00Z' };
  const log = await openExample([...labelsOf(ROWS.slice(1), (index) => ONE_DAY_LATER(index + 1)), planted]);
  const asOf = day(2).end;

  const cubes = await log.cubes([day(1), day(2), day(3)], asOf);
  const rows = await log.rows({ range: day(1, 3), asOf, limit: 1000, labelledOnly: false });

  const place = rows.ids.indexOf(String(ROWS[0]?.['id']));
  expect(cubes.reduce((sum, cube) => sum + cube.labelled, 0)).toBe(100);
  expect(rows.labels[place]).toBeNaN();
  expect(Math.max(...rows.timestamps)).toBe(Date.parse(asOf) / 1000);
  expect(rows.ids.length).toBe(201);
});

test('a clock that runs ahead hides a row until its time comes, and does not move the watermark past now', async () => {
  const ahead = { ...ROWS[150], id: 'ahead', ts: at(5, 0) };
  const log = await openExample(labelsOf(ROWS, ONE_DAY_LATER), 'jsonl', [...ROWS, ahead]);

  const early = await log.coverage(day(3).end);
  const late = await log.coverage(at(5, 1));
  const rows = await log.rows({ range: day(5), asOf: at(5, 1), limit: 10, labelledOnly: false });

  expect(early?.watermark).toBe('2024-03-03T23:45:36Z');
  expect(late?.watermark).toBe(at(5, 0));
  expect(rows.ids).toEqual(['ahead']);
});

test('the label that arrived last counts, once, and repeated labels count once', async () => {
  const first = labelsOf(ROWS, ONE_DAY_LATER);
  const correction = { id: ROWS[0]?.['id'] ?? null, label: '0', label_ts: at(9, 0) };
  const log = await openExample([correction, ...first, ...first.slice(0, 40)]);

  const before = await log.cubes([day(1)], at(8, 0));
  const after = await log.cubes([day(1)], LATER);

  expect(rowsOf(before)).toEqual([
    ['01', 'v1', 80, 23],
    ['01', 'v2', 20, 6],
  ]);
  expect(rowsOf(after)).toEqual([
    ['01', 'v1', 80, 23],
    ['01', 'v2', 20, 5],
  ]);
});

test('of labels that arrived at one instant the last in the file counts', async () => {
  const rows = ROWS.slice(0, 1);
  const both = ['1', '0'].map((label) => ({ id: rows[0]?.['id'] ?? null, label, label_ts: at(2, 0) }));
  const log = await openExample(both, 'jsonl', rows);
  const reversed = await openExample([...both].reverse(), 'jsonl', rows);

  const cubes = [...(await log.cubes([day(1)], LATER)), ...(await reversed.cubes([day(1)], LATER))];

  expect(cubes.map((cube) => cube.positives)).toEqual([0, 1]);
});

test('an id that was predicted twice on a day joins its label once', async () => {
  const rows = [...ROWS, ...ROWS.slice(0, 50)];
  const log = await openExample(labelsOf(ROWS, ONE_DAY_LATER), 'jsonl', rows);

  const cubes = await log.cubes([day(1)], LATER);

  expect(cubes.reduce((sum, cube) => sum + cube.labelled, 0)).toBe(100);
});

test('counts labels without prediction and labels of unknown value in the window of their prediction', async () => {
  const labels = labelsOf(ROWS, ONE_DAY_LATER).map((row, index) => (index === 110 ? { ...row, label: 'perhaps' } : row));
  const strangers = [5, 6].map((number) => ({ id: `stranger-${number}`, label: '1', label_ts: at(2, number) }));
  const log = await openExample([...labels, ...strangers, { id: null, label: '1', label_ts: at(2, 9) }]);

  const cubes = await log.cubes([day(1), day(2), day(3)], LATER);

  expect(
    cubes.filter((cube) => Object.keys(cube.quarantined).length > 0).map((cube) => [cube.window.start.slice(8, 10), cube.quarantined]),
  ).toEqual([
    ['01', { 'label-without-prediction': 2, 'missing-id': 1 }],
    ['02', { 'bad-label': 1 }],
  ]);
  expect(cubes.reduce((sum, cube) => sum + cube.labelled, 0)).toBe(299);
});

test('a label whose prediction lies in another window than expected is not without prediction', async () => {
  const log = await openExample(labelsOf(ROWS, (index) => at(3 + (index % 4), 0)));

  const cubes = await log.cubes([day(1), day(2), day(3)], LATER);

  expect(cubes.every((cube) => Object.keys(cube.quarantined).length === 0)).toBe(true);
});

describe('a label that was stamped before its prediction', () => {
  const stamped = (index: number, hours: number) => new Date(Date.parse(String(ROWS[index]?.['ts'])) + hours * 3_600_000).toISOString();
  const labelsWith = (early: number, hours: number) =>
    labelsOf(ROWS, (index) => (index % 10 === 0 && index < early * 10 ? stamped(index, hours) : ONE_DAY_LATER(index)));

  test.each([
    ['20 hours', -20, 300, {}],
    ['60 hours', -60, 270, { 'label-before-prediction': 30 }],
    ['60 days', -60 * 24, 270, { 'label-before-prediction': 30 }],
    ['a year', -365 * 24, 270, { 'label-before-prediction': 30 }],
  ] as const)('by %s: is taken within the tolerance, else counted, and no row is lost', async (_what, hours, labelled, quarantined) => {
    const log = await openExample(labelsWith(30, hours));

    const cubes = await log.cubes([day(1), day(2), day(3)], LATER);
    const counted = await log.countLabelled(day(1, 3), LATER);
    const rows = await log.rows({ range: day(1, 3), asOf: LATER, limit: 1000, labelledOnly: true });

    expect(cubes.reduce((sum, cube) => sum + cube.labelled, 0)).toBe(labelled);
    expect(mergedQuarantine(cubes)).toEqual(quarantined);
    expect([counted, rows.ids.length]).toEqual([labelled, labelled]);
  });

  test.each([
    ['60 hours', -60],
    ['60 days', -60 * 24],
  ] as const)('by %s: the same rows are labelled, whichever windows are asked for together', async (_what, hours) => {
    const log = await openExample(labelsWith(30, hours));

    const together = await log.cubes([day(1), day(2), day(3)], LATER);
    const apart = [...(await log.cubes([day(3)], LATER)), ...(await log.cubes([day(1)], LATER)), ...(await log.cubes([day(2)], LATER))];

    const labelled = (cubes: readonly LabelCube[]) =>
      cubes.map((cube) => `${cube.window.start} ${cube.modelVersion} ${cube.labelled}`).sort();
    expect(labelled(apart)).toEqual(labelled(together));
  });

  test('a day of the skewed clock is counted in the window of its predictions', async () => {
    const log = await openExample(labelsOf(ROWS, (index) => (index >= 200 ? stamped(index, -60) : ONE_DAY_LATER(index))));

    const cubes = await log.cubes([day(1), day(2), day(3)], LATER);

    expect(cubes.filter(({ quarantined }) => Object.keys(quarantined).length > 0)).toMatchObject([
      { window: day(3), labelled: 0, quarantined: { 'label-before-prediction': 100 } },
    ]);
  });

  test('stands in the prediction log itself', async () => {
    const root = temporaryFolder();
    const rows = ROWS.map((row, index) => ({ ...row, label: '1', label_ts: index < 5 ? stamped(index, -60) : ONE_DAY_LATER(index) }));
    await writeLog(root, 'log.csv', rows);
    const log = await openLog(exampleDefinition({ format: 'csv', path: 'log.csv' }, { format: 'csv', path: 'log.csv' }), root);

    const cubes = await log.cubes([day(1)], LATER);

    expect(cubes.reduce((sum, cube) => sum + cube.labelled, 0)).toBe(95);
    expect(mergedQuarantine(cubes)).toEqual({ 'label-before-prediction': 5 });
    expect(await log.countLabelled(day(1), LATER)).toBe(95);
  });
});

function mergedQuarantine(cubes: readonly LabelCube[]) {
  return cubes.reduce((sum, { quarantined }) => mergeQuarantine(sum, quarantined), {});
}

test('a window without labelled rows has no cube, and one of a single class has one', async () => {
  const labels = ROWS.slice(0, 100).map((row) => ({ id: row['id'] ?? null, label: '0', label_ts: at(2, 0) }));
  const log = await openExample(labels);

  const cubes = await log.cubes([day(1), day(2)], LATER);

  expect(rowsOf(cubes)).toEqual([
    ['01', 'v1', 80, 0],
    ['01', 'v2', 20, 0],
  ]);
});

test('reads labels that stand in the prediction log itself', async () => {
  const root = temporaryFolder();
  const rows = ROWS.map(
    (row, index): LogRow => ({ ...row, label: index % 10 === 0 ? null : isPositive(index) ? '1' : '0', label_ts: ONE_DAY_LATER(index) }),
  );
  await writeLog(
    root,
    'log.csv',
    rows.map((row, index) => (index === 7 ? { ...row, label: 'maybe' } : row)),
  );
  const log = await openLog(exampleDefinition({ format: 'csv', path: 'log.csv' }, { format: 'csv', path: 'log.csv' }), root);

  const cubes = await log.cubes([day(1)], LATER);
  const early = await log.countLabelled(day(1), at(2, 49 * 864));

  expect(cubes.reduce((sum, cube) => sum + cube.labelled, 0)).toBe(89);
  expect(cubes[0]?.quarantined).toEqual({ 'bad-label': 1 });
  expect(early).toBe(44);
});

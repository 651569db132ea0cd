import { expect, test } from 'vitest';
import type { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { at, day, exampleDefinition, exampleRows, LATER, openLog, START, temporaryFolder } from './example-log.ts';
import { type LogRow, writeLog } from './write-log.ts';

const ROWS = exampleRows(1, 6).map((row): LogRow => ({ ...row, score: row['score'] ?? 0.25 }));

/** Opinions as [row, annotator, label, second of day 2]. */
type Opinion = readonly [number, string | null, string, number];

async function openWith(opinions: readonly Opinion[], parts: Partial<ModelDefinition> = {}) {
  const root = temporaryFolder();
  await writeLog(root, 'log.parquet', ROWS);
  const rows = opinions.map(
    ([row, who, label, second]): LogRow => ({ id: ROWS[row]?.['id'] ?? null, who, label, label_ts: at(2, second) }),
  );
  await writeLog(root, 'labels/a.jsonl', rows);
  const base = exampleDefinition({ format: 'parquet', path: 'log.parquet' }, { format: 'jsonl', path: 'labels/*.jsonl' });
  const labels = { ...base.labels, columns: { ...base.labels.columns, annotator: 'who' } };
  return openLog({ ...base, labels, ...parts }, root);
}

async function labelsOf(opinions: readonly Opinion[]): Promise<(number | null)[]> {
  const log = await openWith(opinions);
  const table = await log.rows({ range: day(1), asOf: LATER, limit: 100, labelledOnly: false });
  return ROWS.map((row) => {
    const label = table.labels[table.ids.indexOf(String(row['id']))] ?? Number.NaN;
    return Number.isNaN(label) ? null : label;
  });
}

test('what most annotators say counts, and of a tie what came last', async () => {
  const labels = await labelsOf([
    [0, 'ann', '1', 1],
    [0, 'bob', '1', 2],
    [0, 'cid', '0', 3],
    [1, 'ann', '1', 1],
    [1, 'bob', '0', 2],
    [2, 'ann', '0', 1],
  ]);

  expect(labels).toEqual([1, 0, 0, null, null, null]);
});

test('of a tie at one moment the lower row of the file counts, not the class of the smaller number', async () => {
  const labels = await labelsOf([
    [0, 'ann', '0', 1],
    [0, 'bob', '1', 1],
    [1, 'ann', '1', 1],
    [1, 'bob', '0', 1],
    [2, 'bob', '0', 1],
    [2, 'ann', '1', 1],
  ]);

  expect(labels.slice(0, 3)).toEqual([1, 0, 1]);
});

test('an annotator corrects themselves and nobody else, and one voice counts once', async () => {
  const labels = await labelsOf([
    [0, 'ann', '0', 1],
    [0, 'ann', '0', 2],
    [0, 'ann', '1', 3],
    [0, 'bob', '1', 1],
    [0, 'cid', '0', 9],
    [1, 'ann', '0', 1],
    [1, 'ann', '0', 2],
    [1, 'bob', '1', 3],
    [1, 'cid', '1', 4],
  ]);

  expect(labels.slice(0, 2)).toEqual([1, 1]);
});

test('a row counts once as labelled, however many annotators spoke, and their bad labels are set aside', async () => {
  const log = await openWith([
    [0, 'ann', '1', 1],
    [0, 'bob', '1', 2],
    [1, 'ann', 'perhaps', 1],
    [1, 'bob', '0', 2],
  ]);

  const cubes = await log.cubes([day(1)], LATER);

  expect(await log.countLabelled(day(1), LATER)).toBe(2);
  expect(cubes.reduce((sum, { labelled }) => sum + labelled, 0)).toBe(2);
});

test('opinions leave the log as counts of what the same rows were given', async () => {
  const log = await openWith([
    [0, 'ann', '1', 1],
    [0, 'bob', '1', 2],
    [1, 'ann', '1', 3],
    [1, 'bob', '0', 4],
    [2, 'ann', '0', 5],
    [2, 'ann', '1', 6],
    [2, 'bob', '0', 7],
    [3, 'ann', '1', 8],
  ]);

  const all = await log.annotations?.({ start: day(2).start, end: LATER }, LATER);
  const early = await log.annotations?.({ start: day(2).start, end: LATER }, at(2, 4));

  expect(all).toEqual({
    annotators: 2,
    patterns: [
      { labels: [0, 1], items: 2 },
      { labels: [1, 1], items: 1 },
    ],
    pairs: [
      { first: 1, second: 0, items: 2 },
      { first: 1, second: 1, items: 1 },
    ],
  });
  expect(early?.patterns.reduce((sum, { items }) => sum + items, 0)).toBeLessThan(3);
});

test('three annotators have no pairs, and labels without annotators no opinions', async () => {
  const opinions: Opinion[] = [
    [0, 'ann', '1', 1],
    [0, 'bob', '1', 2],
    [0, 'cid', '0', 3],
  ];
  const base = exampleDefinition({ format: 'parquet', path: 'log.parquet' }, { format: 'jsonl', path: 'labels/*.jsonl' });

  const three = await (await openWith(opinions)).annotations?.({ start: day(2).start, end: LATER }, LATER);
  const none = await (await openWith(opinions, { labels: base.labels })).annotations?.({ start: day(2).start, end: LATER }, LATER);

  expect(three).toEqual({ annotators: 3, patterns: [{ labels: [0, 1, 1], items: 1 }], pairs: null });
  expect(none).toBeNull();
});

test('opinions on one row that come on different days are compared on the day of the second, and what comes later is not known yet', async () => {
  const log = await openWith([
    [0, 'ann', '1', 1],
    [1, 'ann', '1', 2],
    [2, 'ann', '0', 3],
    [0, 'bob', '1', 86_401],
    [1, 'bob', '0', 86_402],
    [1, 'ann', '0', 3 * 86_400],
    [3, 'ann', '0', 86_403],
  ]);

  const [first, second, third] = [
    await log.annotations?.(day(2), LATER),
    await log.annotations?.(day(3), LATER),
    await log.annotations?.(day(5), LATER),
  ];

  expect(first).toEqual({ annotators: 1, patterns: [], pairs: null });
  expect(second?.pairs).toEqual([
    { first: 1, second: 0, items: 1 },
    { first: 1, second: 1, items: 1 },
  ]);
  expect(third?.patterns).toEqual([{ labels: [0, 0], items: 1 }]);
});

test('opinions without a time are those on predictions that had been made', async () => {
  const base = exampleDefinition({ format: 'parquet', path: 'log.parquet' }, { format: 'jsonl', path: 'labels/*.jsonl' });
  const columns = { id: 'id', label: 'label', annotator: 'who' };
  const opinions = ROWS.flatMap((_, row): Opinion[] => [
    [row, 'ann', '1', 1],
    [row, 'bob', row % 2 === 0 ? '1' : '0', 2],
  ]);
  const log = await openWith(opinions, { labels: { ...base.labels, columns } });
  const half = String(ROWS[3]?.['ts']);

  const itemsBy = async (asOf: string) => (await log.annotations?.(day(1), asOf))?.patterns.reduce((sum, { items }) => sum + items, 0);

  expect(await itemsBy(LATER)).toBe(6);
  expect(await itemsBy(half)).toBe(3);
  expect(await itemsBy(START)).toBe(0);
});

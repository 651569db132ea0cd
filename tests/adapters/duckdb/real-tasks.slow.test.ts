import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { cubeMetrics } from '../../../pipelines/core/profile/cube-metrics.ts';
import { mergeCubes } from '../../../pipelines/core/profile/label-cube.ts';
import { ModelDefinition, type WrittenModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { openLog, temporaryFolder } from './example-log.ts';
import { type LogRow, writeLog } from './write-log.ts';

const DATA = join(import.meta.dirname, '../../../../shared/data');
const present = existsSync(DATA);
if (!present) console.warn('SKIPPED: the real logs of ../shared/data are not here; bike sharing and arXiv titles were not read');

function read(name: string): Record<string, string>[] {
  const [header = '', ...lines] = gunzipSync(readFileSync(join(DATA, name, 'log.csv.gz')))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const names = header.split(',');
  return lines.map((line) =>
    Object.fromEntries((`${line},`.match(/("([^"]|"")*"|[^,]*),/g) ?? []).map((cell, index) => [names[index] ?? '', bare(cell)])),
  );
}

function bare(cell: string): string {
  const text = cell.replace(/,$/, '').trimEnd();
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
}

type Written = Pick<WrittenModelDefinition, 'task' | 'columns' | 'training' | 'monitoring'> & {
  readonly logged: Partial<WrittenModelDefinition['logs']['columns']>;
  readonly classes?: string[];
};

function definitionOf({ logged, classes, ...rest }: Written) {
  return ModelDefinition.parse({
    schemaVersion: 1,
    name: 'real',
    objective: 'Read a real log.',
    owner: 'testers',
    stakeholders: ['testers'],
    successMetrics: [{ metric: rest.task === 'regression' ? 'meanAbsoluteError' : 'accuracy', target: 0.6, why: 'test' }],
    ...rest,
    logs: { format: 'csv', path: 'log.csv', columns: { id: 'id', timestamp: 'ts', score: 'score', ...logged } },
    labels: {
      format: 'csv',
      path: 'log.csv',
      columns: { id: 'id', label: 'label' },
      delay: 'P1D',
      ...(classes === undefined ? {} : { classes }),
    },
    gate: { rules: [] },
  });
}

const AS_OF = '2019-01-01T00:00:00Z';

test.skipIf(!present)('two years of rented bikes, foretold by the mean of their hour in the first half year', async () => {
  const rows = read('bike-sharing');
  const past = rows.filter(({ ts = '' }) => ts < '2011-07-01');
  const means = new Map<string, number>();
  for (const hour of new Set(past.map(({ hr = '' }) => hr))) {
    const own = past.filter(({ hr }) => hr === hour).map(({ label }) => Number(label));
    means.set(hour, own.reduce((sum, each) => sum + each, 0) / own.length);
  }
  const foretold = rows.map((row): LogRow => ({ ...row, score: means.get(row['hr'] ?? '') ?? null }));
  const root = temporaryFolder();
  await writeLog(root, 'log.csv', foretold);
  const definition = definitionOf({
    task: 'regression',
    columns: [{ name: 'atemp', kind: 'numeric' }],
    logged: {},
    training: { algorithm: 'ridgeRegression' },
    monitoring: { performance: { metric: 'meanAbsoluteError' } },
  });
  const log = await openLog(definition, root);
  const halves = [
    { start: '2011-01-01T00:00:00Z', end: '2011-07-01T00:00:00Z' },
    { start: '2011-07-01T00:00:00Z', end: '2013-01-01T00:00:00Z' },
  ];

  const cubes = await log.cubes(halves, AS_OF);
  const grids = await log.learnGrids({ start: '2011-01-01T00:00:00Z', end: '2013-01-01T00:00:00Z' }, AS_OF);
  const [profile] = await log.profile([{ start: '2012-06-01T00:00:00Z', end: '2012-07-01T00:00:00Z' }], grids, AS_OF);

  const figures = cubes.map((cube) => cubeMetrics(cube, definition));
  const plain = (of: readonly LogRow[]) =>
    of.reduce((sum, row) => sum + Math.abs(Number(row['score']) - Number(row['label'])), 0) / of.length;
  expect(mergeCubes(cubes).labelled).toBe(17_379);
  expect(cubes.flatMap(({ quarantined }) => Object.keys(quarantined))).toEqual([]);
  expect(figures[0]?.[0]?.value).toBeCloseTo(plain(foretold.filter(({ ts }) => String(ts) < '2011-07-01')), 6);
  expect(figures[1]?.[0]?.value).toBeCloseTo(plain(foretold.filter(({ ts }) => String(ts) >= '2011-07-01')), 6);
  // The world grew: what fitted the first half year is far off later.
  expect(figures[1]?.[0]?.interval?.lower ?? 0).toBeGreaterThan(1.5 * (figures[0]?.[0]?.interval?.upper ?? Number.POSITIVE_INFINITY));
  expect(profile).toMatchObject({ rows: 720, quarantined: {}, columns: { $score: { kind: 'numeric', missing: 0, nonFinite: 0 } } });
});

test.skipIf(!present)('twelve years of titles, called by one word each', async () => {
  const rows = read('arxiv-titles');
  const classes = [...new Set(rows.map(({ label = '' }) => label))].sort();
  const words: readonly (readonly [string, string])[] = [
    ['neural', 'cs.NE'],
    ['robot', 'cs.RO'],
    ['query', 'cs.DB'],
    ['language', 'cs.CL'],
    ['graph', 'cs.DS'],
    ['security', 'cs.CR'],
  ];
  const answered = rows.map((row): LogRow => {
    const found = words.find(([word]) => (row['title'] ?? '').toLowerCase().includes(word));
    return { ...row, called: found?.[1] ?? 'cs.SE', score: found === undefined ? 0.2 : 0.6 };
  });
  const root = temporaryFolder();
  await writeLog(root, 'log.csv', answered);
  const definition = definitionOf({
    task: 'multiclass',
    columns: [{ name: 'title', kind: 'text' }],
    logged: { prediction: 'called' },
    classes,
    training: { algorithm: 'softmaxRegression' },
    monitoring: { performance: { metric: 'accuracy' } },
  });
  const log = await openLog(definition, root);
  const all = { start: '2007-01-01T00:00:00Z', end: '2019-01-01T00:00:00Z' };

  const [cube] = await log.cubes([all], AS_OF);
  const table = await log.rows({ range: all, asOf: AS_OF, limit: 100_000, labelledOnly: true });

  const right = answered.filter(({ called, label }) => called === label).length;
  expect(classes.length).toBe(14);
  expect(classes).toEqual(expect.arrayContaining(words.map(([, name]) => name)));
  expect(cube).toMatchObject({ labelled: 66_450, positives: right, quarantined: {} });
  expect(cube?.confusion?.reduce((sum, [called, actual, count]) => sum + (called === actual ? count : 0), 0)).toBe(right);
  expect(cube?.confusion?.reduce((sum, [, , count]) => sum + count, 0)).toBe(66_450);
  expect(table.texts['title']?.filter((title) => (title ?? '').length > 5).length).toBeGreaterThan(66_000);
  if (cube === undefined) return;
  const [accuracy, macroF1] = cubeMetrics(cube, definition);
  expect(accuracy?.value).toBe(right / 66_450);
  expect(macroF1?.value).toBeGreaterThan(0.05);
  expect(macroF1?.value).toBeLessThan(accuracy?.value ?? 0);
});

import { describe, expect, test } from 'vitest';
import { cubesByWindow } from '../../../pipelines/core/profile/cubes-by-window.ts';
import { mergeQuarantine } from '../../../pipelines/core/profile/merge-profiles.ts';
import { predictedColumns } from '../../../pipelines/core/profile/predicted-columns.ts';
import type { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import type { RowTable } from '../../../pipelines/core/schema/row-table.ts';
import { day, LATER, openLog, temporaryFolder } from './example-log.ts';
import { answerRows, CLASSES, numberRows, taskDefinition } from './task-log.ts';
import { type LogRow, writeLog } from './write-log.ts';

const FORMATS = ['parquet', 'csv', 'jsonl'] as const;
type Format = (typeof FORMATS)[number];
const DAYS = [day(1), day(2), day(3)];

const WORLDS = { multiclass: answerRows(3, 200), regression: numberRows(3, 200) };

async function written(format: Format, rows: { readonly log: readonly LogRow[]; readonly labels: readonly LogRow[] }): Promise<string> {
  const root = temporaryFolder();
  await writeLog(root, `log.${format}`, rows.log);
  await writeLog(root, `labels.${format}`, rows.labels);
  return root;
}

/** The same cubes, made in memory of the rows that have a prediction. */
function inMemory(table: RowTable, definition: ModelDefinition) {
  return DAYS.flatMap((window) =>
    ['v1', 'v2'].flatMap((modelVersion) => {
      const own = [...table.ids.keys()].filter((row) => table.versions[row] === modelVersion && !Number.isNaN(table.scores[row]));
      const pick = (values: Float64Array) => Float64Array.from(own, (row) => values[row] ?? Number.NaN);
      const rows = { scores: pick(table.scores), labels: pick(table.labels), predicted: pick(table.predicted) };
      return cubesByWindow({ task: definition.task, ...rows, timestamps: pick(table.timestamps), modelVersion }, [window]);
    }),
  );
}

describe.each(['multiclass', 'regression'] as const)('a %s log', (task) => {
  test.each(FORMATS)('in %s gives the cubes of its rows, window by window and version by version', async (format) => {
    const definition = taskDefinition(task, format);
    const log = await openLog(definition, await written(format, WORLDS[task]));

    const cubes = await log.cubes(DAYS, LATER);
    const table = await log.rows({ range: day(1, 3), asOf: LATER, limit: 10_000, labelledOnly: true });

    expect(cubes).toEqual(inMemory(table, definition));
    expect(cubes.reduce((sum, { labelled }) => sum + labelled, 0)).toBe(WORLDS[task].log.filter(({ score }) => score !== null).length);
  });

  test.each(['parquet', 'jsonl'] as const)('in %s is profiled on the grid and in the classes of its predictions', async (format) => {
    const definition = taskDefinition(task, format);
    const log = await openLog(definition, await written(format, WORLDS[task]));

    const grids = await log.learnGrids(day(1, 3), LATER);
    const [profile] = await log.profile([day(2)], grids, LATER);
    const table = await log.rows({ range: day(2), asOf: LATER, limit: 10_000, labelledOnly: false });

    const grid = grids['$score'];
    if (grid === undefined) throw new Error('no grid of the score');
    const rows = [...table.ids.keys()];
    expect(profile?.columns).toMatchObject(predictedColumns({ definition, grid, predictions: table, rows }));
    expect(Object.hasOwn(profile?.columns ?? {}, '$prediction')).toBe(task === 'multiclass');
  });

  test('gives the same bytes however its rows are ordered', async () => {
    const definition = taskDefinition(task, 'parquet');
    const roots = [
      await written('parquet', WORLDS[task]),
      await written('parquet', { log: [...WORLDS[task].log].reverse(), labels: [...WORLDS[task].labels].reverse() }),
    ];

    const texts = [];
    for (const root of roots) texts.push(JSON.stringify(await (await openLog(definition, root)).cubes(DAYS, LATER)));

    expect(new Set(texts).size).toBe(1);
  });
});

describe('predictions that cannot be', () => {
  const changed = (rows: readonly LogRow[], change: (row: LogRow, index: number) => LogRow) => rows.map(change);

  test.each(['parquet', 'csv'] as const)('a called class that is none is set aside and counted, in %s', async (format) => {
    const { log: rows, labels } = WORLDS.multiclass;
    const bad = changed(rows, (row, index) => (index === 205 || index === 210 ? { ...row, called: 'weather' } : row));
    const definition = taskDefinition('multiclass', format);
    const log = await openLog(definition, await written(format, { log: bad, labels }));

    const [first, second] = await log.profile([day(1), day(2)], await log.learnGrids(day(1, 3), LATER), LATER);
    const cubes = await log.cubes([day(2)], LATER);
    const table = await log.rows({ range: day(2), asOf: LATER, limit: 1000, labelledOnly: false });

    expect([first?.quarantined, second?.quarantined]).toEqual([{}, { 'bad-prediction': 2 }]);
    expect([second?.rows, table.ids.length]).toEqual([198, 198]);
    const sound = bad.slice(200, 400).filter(({ score, called }) => score !== null && called !== 'weather');
    expect(cubes.reduce((sum, { labelled }) => sum + labelled, 0)).toBe(sound.length);
  });

  test('a regression takes any number but those that are none', async () => {
    const { log: rows, labels } = WORLDS.regression;
    const odd = ['-1e9', 'nan', 'inf', '-Infinity'];
    const bad = changed(rows, (row, index) => ({ ...row, score: odd[index - 20] ?? row['score'] ?? null }));
    const log = await openLog(taskDefinition('regression', 'csv'), await written('csv', { log: bad, labels }));

    const [profile] = await log.profile([day(1)], await log.learnGrids(day(1, 3), LATER), LATER);
    const table = await log.rows({ range: day(1), asOf: LATER, limit: 1000, labelledOnly: false });

    expect(profile?.quarantined).toEqual({ 'bad-score': 3 });
    expect(profile?.rows).toBe(197);
    expect(table.scores.filter((score) => score === -1e9).length).toBe(1);
  });

  test('labels that are none are counted where their predictions are', async () => {
    const worlds = (['multiclass', 'regression'] as const).map((task) => ({
      task,
      rows: {
        log: WORLDS[task].log,
        labels: changed(WORLDS[task].labels, (row, index) => (index === 300 ? { ...row, label: 'perhaps' } : row)),
      },
    }));

    for (const { task, rows } of worlds) {
      const log = await openLog(taskDefinition(task, 'jsonl'), await written('jsonl', rows));
      const cubes = await log.cubes(DAYS, LATER);

      expect(cubes.reduce((sum, { quarantined }) => mergeQuarantine(sum, quarantined), {})).toEqual({ 'bad-label': 1 });
      expect(cubes.find(({ quarantined }) => quarantined['bad-label'] === 1)?.window).toEqual(day(2));
    }
  });

  test.each([
    ['multiclass', /one of the 3 classes; found: 7/, 'labels.classes'],
    ['regression', /is a number; found: seven/, 'labels.columns.label'],
  ] as const)('labels of a %s log that are all unknown are refused with what was found', async (task, message, hint) => {
    const labels = changed(WORLDS[task].labels, (row) => ({ ...row, label: task === 'multiclass' ? '7' : 'seven' }));
    const log = await openLog(taskDefinition(task, 'csv'), await written('csv', { log: WORLDS[task].log, labels }));

    const refusal = log.cubes(DAYS, LATER);

    await expect(refusal).rejects.toMatchObject({ code: 'LABEL_VALUES_UNKNOWN', message: expect.stringMatching(message) });
    await expect(refusal).rejects.toMatchObject({ hint: expect.stringContaining(hint) });
  });
});

test('a class is known by its text, whatever signs are in it', async () => {
  const definition = taskDefinition('multiclass', 'csv');
  const log = await openLog(definition, await written('csv', WORLDS.multiclass));

  const table = await log.rows({ range: day(1), asOf: LATER, limit: 10, labelledOnly: true });
  const byId = new Map(WORLDS.multiclass.log.map((row) => [row['id'], row['called']]));

  expect(table.ids.map((id) => byId.get(id))).toEqual([...table.predicted].map((place) => CLASSES[place] ?? null));
});

test('numbers too large to be squared stop nothing', async () => {
  const huge = (row: LogRow, value: string) => ({ ...row, score: value });
  const rows = WORLDS.regression.log.map((row, index) => (index < 2 ? huge(row, index === 0 ? '1e200' : '-1e200') : row));
  const log = await openLog(taskDefinition('regression', 'csv'), await written('csv', { log: rows, labels: WORLDS.regression.labels }));

  const cubes = await log.cubes(DAYS, LATER);

  expect(cubes.flatMap(({ errors }) => Object.values(errors ?? {})).every(Number.isFinite)).toBe(true);
});

import { describe, expect, test } from 'vitest';
import { labellingQueue } from '../../../pipelines/core/evaluation/labelling-queue.ts';
import { rowUncertainty } from '../../../pipelines/core/evaluation/row-uncertainty.ts';
import type { WrittenModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import type { RowTable } from '../../../pipelines/core/schema/row-table.ts';
import { plantedRows } from '../../fakes/planted-rows.ts';
import { definitionWith } from '../../fakes/watched-world.ts';

const COLUMNS: NonNullable<WrittenModelDefinition['columns']> = [
  { name: 'size', kind: 'numeric' },
  { name: 'place', kind: 'categorical' },
];
const UNLABELLED = 2000;

/** 6,000 labelled rows, in which the model errs in the east, and 2,000 newer ones without a label. */
function tableOf(): RowTable {
  const { table } = plantedRows({ rows: 8000, errors: ({ place }) => (place === 'east' ? 0.4 : 0.1) });
  return { ...table, labels: table.labels.map((label, row) => (row < 6000 ? label : Number.NaN)) };
}

function queueOf(parts: Partial<WrittenModelDefinition> = {}, table = tableOf(), request = { count: 100, randomShare: 0.3 }) {
  return labellingQueue({ definition: definitionWith({ columns: COLUMNS, ...parts }), table, ...request });
}

describe('the labelling queue', () => {
  test('holds only rows without a label, each once, with the stated share at random', () => {
    const table = tableOf();

    const queue = queueOf({}, table);

    const ids = queue.items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(100);
    expect(ids.every((id) => Number.isNaN(table.labels[table.ids.indexOf(id)] ?? 0))).toBe(true);
    expect(queue.items.filter(({ purpose }) => purpose === 'estimate')).toHaveLength(30);
    expect(queue).toMatchObject({ eligible: UNLABELLED, randomChance: 30 / UNLABELLED });
  });

  test('names no slice that no row was taken from', () => {
    const table = tableOf();
    const slices = [{ name: 'mars', where: { place: 'mars' } }];

    const some = queueOf({ slices }, table);
    const none = queueOf({ slices }, { ...table, labels: table.labels.map(() => 1) });

    expect(some.slices.map(({ name }) => name)).toEqual(['place is east']);
    expect(none).toMatchObject({ eligible: 0, items: [], slices: [] });
  });

  test('takes half of the rest from the slice where the model errs, and half by uncertainty', () => {
    const table = tableOf();
    const queue = queueOf({}, table);

    const fromSlice = queue.items.filter(({ why }) => why.includes('place is east'));
    expect(fromSlice.length).toBeGreaterThanOrEqual(30);
    expect(fromSlice.every(({ id }) => table.categorical['place']?.[table.ids.indexOf(id)] === 'east')).toBe(true);
    const unsure = queue.items.filter(({ why }) => why === 'uncertain').map(({ uncertainty }) => uncertainty ?? 0);
    expect(unsure.length).toBe(35);
    expect(Math.min(...unsure)).toBeGreaterThan(0.75);
  });

  test('draws random rows that are like all rows, so that estimates from them are honest', () => {
    const table = tableOf();
    const { items } = queueOf({}, table, { count: 1000, randomShare: 1 });

    const scores = items.map(({ id }) => table.scores[table.ids.indexOf(id)] ?? 0);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(scores) - mean([...table.scores.slice(6000)]))).toBeLessThan(0.03);
  });

  test('does not depend on the order of the rows', () => {
    const table = tableOf();
    const turned = [...table.ids.keys()].reverse();
    const reversed: RowTable = {
      ...table,
      ids: turned.map((row) => table.ids[row] ?? ''),
      timestamps: table.timestamps.toReversed(),
      numeric: { size: (table.numeric['size'] ?? new Float64Array()).toReversed() },
      categorical: { place: (table.categorical['place'] ?? []).toReversed() },
      scores: table.scores.toReversed(),
      labels: table.labels.toReversed(),
    };

    expect(queueOf({}, reversed)).toEqual(queueOf({}, table));
  });

  test('of a regression model has no uncertainty: declared slices and chance fill it', () => {
    const { items } = queueOf({
      task: 'regression',
      labels: { format: 'jsonl', path: 'y.jsonl', columns: { id: 'id', label: 'y' }, delay: 'P1D' },
      slices: [{ name: 'tiny', where: { size: { below: 0.05 } } }],
      monitoring: { slices: { minimumRows: 4000 } },
    });

    expect(items.every(({ uncertainty }) => uncertainty === null)).toBe(true);
    expect(new Set(items.map(({ why }) => why))).toEqual(new Set(['random', 'tiny']));
    expect(items).toHaveLength(100);
  });

  test('is empty where every row has its label', () => {
    const { table } = plantedRows({ rows: 500 });

    expect(queueOf({}, table)).toMatchObject({ items: [], eligible: 0, randomChance: 0 });
  });
});

describe('the uncertainty of a row', () => {
  const { table } = plantedRows({ rows: 3 });
  const labels = { format: 'jsonl' as const, path: 'y.jsonl', columns: { id: 'id', label: 'y' }, delay: 'P1D' };

  test('is one at the threshold of a binary model and zero at both ends', () => {
    const scored = { ...table, scores: Float64Array.of(0, 0.3, 1) };
    const value = {
      currency: 'USD',
      threshold: 0.3,
      truePositive: 1,
      falsePositive: 0,
      falseNegative: 0,
      trueNegative: 0,
      assumption: 'x',
      assumedOn: '2026-01-01',
      owner: 'x',
    };

    expect([...rowUncertainty(definitionWith({ businessValue: value }), scored)]).toEqual([0, 1, 0]);
  });

  test('is the margin of a multiclass model that logs probabilities, else what confidence lacks', () => {
    const definition = definitionWith({ task: 'multiclass', labels: { ...labels, classes: ['a', 'b', 'c'] } });
    const probabilities = { a: Float64Array.of(0.5, 1, Number.NaN), b: Float64Array.of(0.4, 0, 0), c: Float64Array.of(0.1, 0, 0) };
    const scores = Float64Array.of(0.5, 1, 0.7);

    const withMargins = [...rowUncertainty(definition, { ...table, scores, probabilities })];
    const without = [...rowUncertainty(definition, { ...table, scores })];

    expect(withMargins[0]).toBeCloseTo(0.9, 12);
    expect(withMargins.slice(1)).toEqual([0, Number.NaN]);
    expect(without[2]).toBeCloseTo(0.3, 12);
  });
});

import { describe, expect, test } from 'vitest';
import { sliceReport } from '../../../pipelines/core/evaluation/slice-report.ts';
import { sliceRows } from '../../../pipelines/core/evaluation/slice-rows.ts';
import { type PlantedError, plantedRows } from '../../fakes/planted-rows.ts';
import { definitionWith } from '../../fakes/watched-world.ts';

const COLUMNS = [
  { name: 'size', kind: 'numeric' as const },
  { name: 'place', kind: 'categorical' as const },
  { name: 'group', kind: 'categorical' as const, role: 'protected' as const },
];
const BAD: PlantedError = ({ size, place }) => (place === 'east' && size > 8 ? 0.5 : 0.1);

function report(request: Parameters<typeof plantedRows>[0], parts: Parameters<typeof definitionWith>[0] = {}) {
  const { table, scores } = plantedRows(request);
  return sliceReport({ definition: definitionWith({ columns: COLUMNS, ...parts }), rows: table, challenger: { scores }, champion: null });
}

describe('slices that are looked for', () => {
  test('hold the planted one, first, with an interval that holds the planted loss', () => {
    const { found, search } = report({ rows: 12_000, errors: BAD });

    expect(found[0]?.name).toMatch(/^size [\d.]+ or more and place is east$/);
    expect(found[0]?.challenger.interval?.lower).toBeLessThan(0.5);
    expect(found[0]?.challenger.interval?.upper).toBeGreaterThan(0.45);
    expect(found[0]?.pValue).toBeLessThan(0.001);
    expect((search?.discoveryRows ?? 0) + (search?.testRows ?? 0)).toBe(12_000);
  });

  test('hold none where errors are the same everywhere, even when days differ', () => {
    const counts = Array.from({ length: 20 }, (_, seed) => report({ rows: 4000, seed: seed + 1, stormy: 0.2 }).found.length);

    expect(counts.filter((count) => count > 0).length).toBeLessThanOrEqual(4);
  });

  test('are not named by personal columns, and not looked for when the definition says so', () => {
    const personal = COLUMNS.map((column) => ({ ...column, sensitivity: 'personal' as const }));

    const hidden = report({ rows: 6000, errors: BAD }, { columns: personal });
    const off = report({ rows: 6000, errors: BAD }, { monitoring: { slices: { find: false } } });

    expect(hidden.search?.candidates).toBe(0);
    expect(off).toMatchObject({ found: [], search: null });
  });

  test('are the same whatever the order of the rows of a day', () => {
    const { table, scores } = plantedRows({ rows: 5000, errors: BAD });
    const definition = definitionWith({ columns: COLUMNS });
    const turned = [...table.ids.keys()].reverse();
    const reversed = {
      ...table,
      ids: turned.map((row) => table.ids[row] ?? ''),
      timestamps: table.timestamps.toReversed(),
      numeric: { size: (table.numeric['size'] ?? new Float64Array()).toReversed() },
      categorical: Object.fromEntries(Object.entries(table.categorical).map(([name, values]) => [name, values.toReversed()])),
      labels: table.labels.toReversed(),
    };

    const forwards = sliceReport({ definition, rows: table, challenger: { scores }, champion: null });
    const backwards = sliceReport({ definition, rows: reversed, challenger: { scores: scores.toReversed() }, champion: null });

    expect(backwards).toEqual(forwards);
  });
});

describe('declared slices', () => {
  const slices = [
    { name: 'large in the east', where: { size: { atLeast: 8 }, place: 'east' } },
    { name: 'nowhere', where: { place: ['mars', 'venus'] } },
  ];

  test('are measured by name, challenger against champion on the same rows', () => {
    const { table, scores, other } = plantedRows({ rows: 8000, otherErrors: BAD });
    const definition = definitionWith({ columns: COLUMNS, slices });

    const { declared, overall } = sliceReport({ definition, rows: table, challenger: { scores: other }, champion: { scores } });

    expect(declared[0]?.challenger.value).toBeCloseTo(0.5, 1);
    expect(declared[0]?.champion?.value).toBeCloseTo(0.1, 1);
    expect(declared[0]?.increase?.interval?.lower).toBeGreaterThan(0.2);
    expect(overall.increase?.value).toBeGreaterThan(0);
    expect(declared[1]).toMatchObject({ rows: 0, challenger: { value: null }, why: '0 labelled rows; at least 100 are needed.' });
  });

  test('of fewer rows than the privacy count do not tell how many', () => {
    const { table, scores, other } = plantedRows({ rows: 300 });
    const place = table.categorical['place']?.map((each, row) => (row % 43 === 0 ? 'mars' : each)) ?? [];
    const rows = { ...table, categorical: { ...table.categorical, place } };
    const definition = definitionWith({ columns: COLUMNS, slices: [{ name: 'martians', where: { place: 'mars' } }] });

    const { declared } = sliceReport({ definition, rows, challenger: { scores: other }, champion: { scores } });

    const none = { value: null, interval: null, sampleSize: 0 };
    const why = 'Fewer than 20 labelled rows; at least 100 are needed.';
    expect(declared).toEqual([{ name: 'martians', rows: 0, challenger: none, champion: none, increase: none, pValue: null, why }]);
  });

  test.each([
    [{ size: { atLeast: 2, below: 4 } }, (size: number) => size >= 2 && size < 4],
    [{ size: { below: 4 } }, (size: number) => size < 4],
    [{ place: 'east' }, (_: number, place: string | null) => place === 'east'],
    [{ place: ['east', 'west'] }, (_: number, place: string | null) => place === 'east' || place === 'west'],
    [{ place: { below: 4 } }, () => false],
    [{ unknown: 'x' }, () => false],
  ])('%j holds the rows that it says', (where, holds) => {
    const { table } = plantedRows({ rows: 300 });

    const rows = sliceRows({ where }, table);

    const expected = [...table.ids.keys()].filter((row) =>
      holds(table.numeric['size']?.[row] ?? Number.NaN, table.categorical['place']?.[row] ?? null),
    );
    expect(rows).toEqual(expected);
  });

  test('of a regression model are measured by absolute error, of a multiclass model by wrong calls', () => {
    const { table, scores } = plantedRows({ rows: 600 });
    const values = definitionWith({
      task: 'regression',
      columns: COLUMNS,
      labels: { format: 'jsonl', path: 'y.jsonl', columns: { id: 'id', label: 'y' }, delay: 'P1D' },
    });
    const classes = definitionWith({
      task: 'multiclass',
      columns: COLUMNS,
      labels: { format: 'jsonl', path: 'y.jsonl', columns: { id: 'id', label: 'y' }, classes: ['0', '1'], delay: 'P1D' },
    });

    const errors = sliceReport({ definition: values, rows: table, challenger: { scores }, champion: null });
    const wrong = sliceReport({ definition: classes, rows: table, challenger: { scores, predicted: table.labels }, champion: null });

    const mean = table.labels.reduce((sum, label, row) => sum + Math.abs(label - (scores[row] ?? 0)), 0) / 600;
    expect(errors.loss).toBe('absolute error');
    expect(errors.overall.challenger.value).toBeCloseTo(mean, 12);
    expect(wrong).toMatchObject({ loss: 'wrong calls', overall: { challenger: { value: 0 } } });
  });
});

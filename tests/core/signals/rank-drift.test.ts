import { describe, expect, test } from 'vitest';
import { classLosses } from '../../../pipelines/core/profile/class-losses.ts';
import type { ReferenceProfile } from '../../../pipelines/core/schema/reference-profile.ts';
import { Signal } from '../../../pipelines/core/schema/signal.ts';
import { driftSignals } from '../../../pipelines/core/signals/drift-signals.ts';
import { driftDetails } from '../../../pipelines/core/views/drift-details.ts';
import { loanTable } from '../../fakes/loan-table.ts';
import { definitionWith, draws, gridOn, numericColumn, ordinaryDay, ordinaryReference, uniform } from '../../fakes/watched-world.ts';

const definition = definitionWith();
const reference = ordinaryReference(definition);

/** A day on which `size` and `place` have both moved. */
function drifted(parts: Partial<ReferenceProfile>): Signal[] {
  const day = ordinaryDay({ rows: 2000, seed: 5, shift: 0.2 });
  const next = uniform(9);
  const size = numericColumn(
    'size',
    draws(2000, () => 10 * Math.sqrt(next())),
  );
  const profile = { ...day, columns: { ...day.columns, size } };
  return driftSignals({ definition, reference: { ...reference, ...parts }, profile, trailingCubes: [], cycle: [] }).signals.map((each) =>
    Signal.parse(each),
  );
}

type Losses = NonNullable<ReferenceProfile['losses']>;
const noiseOf = (losses: Losses, error: number): NonNullable<ReferenceProfile['lossNoise']> =>
  Object.fromEntries(Object.entries(losses).map(([name, means]) => [name, means.map((mean) => (mean === null ? null : [error, 0]))]));

const impactsOf = (signals: readonly Signal[]) =>
  signals.flatMap(({ subject, impact }) => (impact === undefined ? [] : [[subject, impact] as const]));

describe('which drift to look at first', () => {
  const ofPlace = (loss: (value: string) => number) => {
    const binning = reference.binnings['place'];
    return [...(binning?.kind === 'categorical' ? binning.categories.map(loss) : []), null, null, null];
  };

  test('the column whose shift costs comes first, however far the other moved', () => {
    const classes = (reference.binnings['size']?.kind === 'numeric' ? reference.binnings['size'].edges.length : 0) + 2;
    const losses = { size: new Array<number>(classes).fill(0.2), place: ofPlace((value) => (value === 'a' ? 0.5 : 0.1)) };

    const lossNoise = noiseOf(losses, 0.001);

    const signals = drifted({ losses, lossNoise, importance: { size: 0.001, place: 0.03 } });

    expect(impactsOf(signals)).toMatchObject([
      ['size', { rank: 2, importance: 0.001, isBeyondChance: false, shareOfDrop: null }],
      ['place', { rank: 1, importance: 0.03, isBeyondChance: true, shareOfDrop: 1 }],
    ]);
    expect(signals.find(({ subject }) => subject === 'place')?.why).toMatch(
      /Place 1 of 2 drifting columns: its shift alone would raise the mean loss by 0\.0/,
    );
    expect(driftDetails({ signals }).ranking.map(({ rank, column, shareOfDrop }) => [rank, column, shareOfDrop])).toEqual([
      [1, 'place', '100 %'],
      [2, 'size', 'cannot be told from chance'],
    ]);
  });

  test('a cost that may be chance is told as such, and effect times importance decides', () => {
    const losses = { place: ofPlace((value) => (value === 'a' ? 0.5 : 0.1)) };

    const signals = drifted({ losses, lossNoise: noiseOf(losses, 0.5), importance: { size: 0.03, place: 0.001 } });

    expect(impactsOf(signals)).toMatchObject([
      ['size', { rank: 1, shareOfDrop: null }],
      ['place', { rank: 2, isBeyondChance: false, shareOfDrop: null }],
    ]);
    expect(signals.find(({ subject }) => subject === 'place')?.why).toMatch(
      /Place 2 of 2 drifting columns: what its shift alone costs cannot be told from chance \(0\.\d+, standard error 0\.\d+\); the model loses 0\.001 without it\.$/,
    );
    const [, place] = driftDetails({ signals }).ranking;
    expect(place?.lossChange).toMatch(/^0\.\d+ ± 0\.\d+$/);
    expect(place?.shareOfDrop).toBe('cannot be told from chance');
  });

  test('a reference that did not keep how sure its losses are ranks nothing by them', () => {
    const losses = { place: ofPlace((value) => (value === 'a' ? 0.5 : 0.1)) };

    const signals = drifted({ losses, importance: { size: 0.03, place: 0.001 } });

    expect(impactsOf(signals).map(([name, { rank }]) => [name, rank])).toEqual([
      ['size', 1],
      ['place', 2],
    ]);
    expect(signals.find(({ subject }) => subject === 'place')?.why).toMatch(/how sure its cost is was not kept with the reference/);
  });

  test('without losses, effect times importance; a reference that kept neither says nothing', () => {
    expect(impactsOf(drifted({ importance: { size: 0, place: 0.03 } })).map(([name, { rank }]) => [name, rank])).toEqual([
      ['size', 2],
      ['place', 1],
    ]);
    expect(impactsOf(drifted({}))).toEqual([]);
  });
});

test('a recognised column is measured, never an alarm, in no evidence, and its note is told', () => {
  const signals = drifted({ recognised: { size: { as: 'sequence', why: 'It moves on with time: in 100 % of the windows.' } } });

  const size = signals.find(({ subject }) => subject === 'size');
  expect(size).toMatchObject({ status: 'ok' });
  expect(size?.evidence).toBeUndefined();
  expect(size?.why).toMatch(
    /recognised as a column that moves on with time \(It moves on .*\), so it never raises an alarm; write "role: ignored" into model\.yml/,
  );
  expect(signals.find(({ subject }) => subject === 'place')?.status).toBe('alert');
});

test('mean losses by class are those of its rows; classes of too few rows and missing labels stay out', () => {
  const rows = loanTable(1000);
  const losses = rows.labels.map((label, row) => (row % 10 === 0 ? Number.NaN : label));
  const grid = gridOn('income-grid', 0, 4096);
  const binnings = {
    income: { kind: 'numeric' as const, edges: [124] },
    purpose: { kind: 'categorical' as const, categories: ['car', 'travel'], known: ['car', 'travel'] },
  };

  const { losses: found, lossNoise } = classLosses({ rows, losses }, { binnings, grids: { income: grid }, minimumCount: 20 });

  const mean = (keep: (row: number) => boolean) => {
    const kept = [...losses.keys()].filter((row) => !Number.isNaN(losses[row]) && keep(row));
    return kept.reduce((sum, row) => sum + (losses[row] ?? 0), 0) / kept.length;
  };
  const purposes = rows.categorical['purpose'] ?? [];
  const incomes = rows.numeric['income'] ?? new Float64Array(0);
  expect(found['purpose']?.[0]).toBeCloseTo(
    mean((row) => purposes[row] === 'car'),
    8,
  );
  expect(found['purpose']?.[2]).toBeCloseTo(
    mean((row) => purposes[row] === 'house' || purposes[row] === 'study'),
    8,
  );
  expect(found['purpose']?.[3]).toBeNull();
  expect(found['income']?.[0]).toBeCloseTo(
    mean((row) => (incomes[row] ?? Number.NaN) < 2000),
    8,
  );
  expect(found['income']?.[2]).toBeCloseTo(
    mean((row) => Number.isNaN(incomes[row])),
    8,
  );
  // All rows lie on one day, so the error is that of independent rows: the variance of all losses by the rows of the class.
  const all = [...losses].filter((loss) => !Number.isNaN(loss));
  const share = all.reduce((sum, loss) => sum + loss, 0) / all.length;
  const cars = [...losses.keys()].filter((row) => !Number.isNaN(losses[row]) && purposes[row] === 'car').length;
  expect(lossNoise['purpose']?.[0]?.[0]).toBeCloseTo(Math.sqrt((share * (1 - share) * all.length) / (all.length - 1) / cars), 8);
  expect(lossNoise['purpose']?.[3]).toBeNull();
});

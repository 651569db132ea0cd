import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnSheet } from '../../../../pipelines/core/schema/drift-sheet.ts';
import { DriftSheet } from '../../../../pipelines/core/schema/drift-sheet.ts';
import { seededRandom } from '../../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { columnOf, RULE, sheetOf, tableOf } from '../../../fakes/compared-tables.ts';

const TWO_32 = 2 ** 32;

function uniform(rows: number, seed: number): number[] {
  const { uint32 } = seededRandom(seed);
  return Array.from({ length: rows }, () => uint32() / TWO_32);
}

function one(before: readonly (number | string | null)[], now: readonly (number | string | null)[]): ColumnSheet {
  const [column] = sheetOf(tableOf('a', { x: columnOf(before) }), tableOf('b', { x: columnOf(now) })).columns;
  if (column === undefined) throw new Error('no column');
  return column;
}

/** Figures that may raise an alarm, and all that are not report-only. */
function figures({ effect, evidence, distances, tests }: ColumnSheet): (number | null | undefined)[] {
  const kept = [...distances.map(({ use, value }) => ({ use, value })), ...tests.map(({ use, pValue: value }) => ({ use, value }))];
  return [effect?.value, effect?.limit, evidence?.qValue, ...kept.filter(({ use }) => use !== 'report-only').map(({ value }) => value)];
}

const numbers = fc.array(fc.oneof(fc.integer({ min: -40, max: 40 }), fc.constant(null)), { minLength: 50, maxLength: 90 });
const names = fc.array(fc.constantFrom('a', 'b', 'c', null), { minLength: 50, maxLength: 90 });
const FEW = { numRuns: 25 };

describe('the sheet of a column', () => {
  test.each([
    ['numbers', numbers],
    ['names', names],
  ])('of %s depends on no order of rows', (_, values) => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(one([...a].reverse(), [...b].reverse())).toEqual(one(a, b));
      }),
      FEW,
    );
  });

  test('of numbers depends on no unit: what is not told in the unit is bit by bit the same', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const scaled = (values: typeof a) => values.map((value) => (value === null ? null : 8 * value - 1024));
        const [before, after] = [one(a, b), one(scaled(a), scaled(b))];

        expect([after.verdict, ...figures(after)].map(Number)).toEqual([before.verdict, ...figures(before)].map(Number));
      }),
      FEW,
    );
  });

  test('of a sample and itself finds nothing', () => {
    fc.assert(
      fc.property(numbers, (a) => {
        const { effect, evidence, distances } = one(a, a);

        expect(effect?.value).toBeLessThan(1e-9);
        expect(evidence?.qValue).toBeCloseTo(1, 6);
        expect(distances.every(({ value }) => value === null || Math.abs(value) < 1e-6)).toBe(true);
      }),
      FEW,
    );
  });

  test('over the same classes distances are symmetric, but for the divergence that has a direction', () => {
    const [a, b] = [uniform(300, 1), uniform(400, 2)].map((values) => values.map((u) => 'abcd'[Math.floor(4 * u * u)] ?? 'a'));

    const [there, back] = [one(a ?? [], b ?? []), one(b ?? [], a ?? [])];

    for (const { id, value } of there.distances.filter(({ id: each }) => each !== 'kullbackLeibler'))
      expect(back.distances.find((each) => each.id === id)?.value).toBeCloseTo(value ?? Number.NaN, 12);
  });

  test.each(['reference', 'current'])('one value of 1e6 in the %s moves no figure that may raise an alarm by more than 5 %%', (side) => {
    const [before, now] = [uniform(1000, 3), uniform(1000, 4).map((u) => u + 0.15)];
    const spoiled = (values: readonly number[], of: string) => (of === side ? [...values, 1e6] : values);

    const [clean, dirty] = [one(before, now), one(spoiled(before, 'reference'), spoiled(now, 'current'))];

    const relative = (a: number, b: number) => Math.abs(a - b) / Math.max(Math.abs(a), 1e-12);
    expect(relative(clean.effect?.value ?? 0, dirty.effect?.value ?? 1)).toBeLessThan(0.05);
    expect(relative(clean.effect?.limit ?? 0, dirty.effect?.limit ?? 1)).toBeLessThan(0.05);
    expect(relative(Math.log(clean.evidence?.pValue ?? 1), Math.log(dirty.evidence?.pValue ?? 1))).toBeLessThan(0.05);
    const robust = ({ distances }: ColumnSheet) => distances.filter(({ use }) => use !== 'report-only');
    for (const [place, { value }] of robust(clean).entries())
      expect(relative(value ?? 0, robust(dirty)[place]?.value ?? 0), robust(clean)[place]?.id).toBeLessThan(0.05);
    expect(dirty.verdict).toBe(clean.verdict);
  });
});

describe('the verdict', () => {
  const before = uniform(400, 5);

  test('needs evidence, effect and rows', () => {
    const shifted = uniform(400, 6).map((u) => u + 0.3);

    expect(one(before, shifted)).toMatchObject({ verdict: 'drifted', evidence: { test: 'kolmogorovSmirnovExact' } });
    expect(one(before, uniform(400, 7))).toMatchObject({ verdict: 'no-drift' });
    expect(one(before, shifted.slice(0, 49))).toMatchObject({ verdict: 'insufficient-data', why: '49 rows in b; a verdict needs 50' });
  });

  test('calls evidence without an effect what it is', () => {
    const many = uniform(20_000, 8);

    const sheet = one(
      many,
      uniform(20_000, 9).map((u) => u + 0.02),
    );

    expect(sheet.evidence?.qValue).toBeLessThan(1e-4);
    expect(sheet).toMatchObject({ verdict: 'no-drift', why: expect.stringMatching(/^real, but below the limit of/) });
  });

  test('sees values that go missing, and values that the reference never held', () => {
    const gaps = before.map((value, row) => (row % 5 === 0 ? null : value));
    const tiers = before.map((u) => (u < 0.5 ? 'a' : 'b'));

    const [missing, unseen] = [
      one(before, gaps),
      one(
        tiers,
        tiers.map((tier, row) => (row % 10 === 0 ? 'new' : tier)),
      ),
    ];

    expect(missing).toMatchObject({ verdict: 'drifted', mover: { label: '(missing)', reference: 0, current: 80 } });
    expect(unseen).toMatchObject({ verdict: 'drifted', unseen: { reference: 0, current: 0.1 } });
    expect(unseen.classes.find(({ label }) => label === '(unseen)')).toEqual({ label: '(unseen)', reference: 0, current: 40 });
  });

  test('says of infinite values that they count as missing, and of a constant that it is one', () => {
    const spoilt = before.map((value, row) => (row < 3 ? Number.POSITIVE_INFINITY : value));

    expect(one(before, spoilt)).toMatchObject({ notes: ['3 infinite values count as missing'], missing: { current: 3 / 400 } });
    expect(one(Array(60).fill(1), Array(60).fill(1))).toMatchObject({ verdict: 'no-drift', why: 'one value only, the same on both sides' });
  });

  test('counts numbers as missing that no double can square, such as the largest one, and says so', () => {
    const huge = before.map((value, row) => (row < 300 ? -Number.MAX_VALUE : value));

    const sheet = one(before, huge);

    expect(sheet).toMatchObject({ notes: ['300 values that are infinite or beyond 1e150 count as missing'], missing: { current: 0.75 } });
    expect(DriftSheet.shape.columns.element.safeParse(sheet).error).toBeUndefined();
    const nothing = Array(60).fill(1e300);
    expect(one(nothing, nothing).why).toBe('no value on either side');
  });

  test('says of names that are all rare that their shares cannot be compared, not that they are one', () => {
    const rare = Array.from({ length: 900 }, (_, row) => `p${row % 300}`);

    expect(one(rare, [...rare].reverse())).toMatchObject({ verdict: 'no-drift', why: expect.stringContaining('too rare') });
  });

  test('judges texts by their words, and names those that came up', () => {
    const words = ['green', 'salt', 'river', 'stone', 'lamp', 'north', 'glass', 'wind', 'field', 'paper'];
    const texts = (seed: number, extra: string) =>
      Array.from({ length: 400 }, (_, row) => {
        const { below } = seededRandom(seed + row);
        const said = Array.from({ length: 5 }, () => words[below(words.length)] ?? '').join(' ');
        return row % 3 === 0 ? `${said} ${extra}` : said;
      });
    const side = (name: string, values: readonly string[]) => tableOf(name, { title: { kind: 'text', values } });

    const [quiet, loud] = [
      sheetOf(side('a', texts(1, 'old')), side('b', texts(5000, 'old'))),
      sheetOf(side('a', texts(1, 'old')), side('b', texts(5000, 'brandnew'))),
    ];

    expect(quiet.columns[0]?.verdict).toBe('no-drift');
    expect(loud.columns[0]).toMatchObject({ verdict: 'drifted', evidence: { test: 'unknownWordsAndWording' } });
    expect(loud.columns[0]?.notes).toContainEqual(expect.stringContaining('"brandnew" (0 → 134 rows)'));
  });

  test('expects new values where most came once', () => {
    const ids = (from: number) => Array.from({ length: 400 }, (_, row) => (row % 2 === 0 ? 'common' : `rare ${from + row}`));

    const sheet = one(ids(0), ids(10_000));

    expect(sheet).toMatchObject({ verdict: 'no-drift', unseen: { current: 0.5 } });
    expect(sheet.notes).toContainEqual(expect.stringContaining('count as (other)'));
  });

  test('adjusts over all columns that were tested, whichever are told', () => {
    const [a, b] = [{}, {}] as [Record<string, ReturnType<typeof columnOf>>, Record<string, ReturnType<typeof columnOf>>];
    for (let place = 0; place < 10; place += 1) {
      a[`x${place}`] = columnOf(uniform(300, 100 + place));
      b[`x${place}`] = columnOf(uniform(300, 200 + place));
    }

    const [all, told] = [sheetOf(tableOf('a', a), tableOf('b', b)), sheetOf(tableOf('a', a), tableOf('b', b), { only: ['x3'] })];

    expect(told.tested).toBe(10);
    expect(told.columns).toEqual(all.columns.filter(({ name }) => name === 'x3'));
    expect(DriftSheet.parse(all)).toEqual(all);
  });

  test('is kept from columns that are left out, which are measured only when they are asked for', () => {
    const sides = [tableOf('a', { x: columnOf(before) }), tableOf('b', { x: columnOf(before.map((u) => u + 1)) })] as const;
    const termsOf = () => ({ leftOut: 'a calendar column', isPersonal: false, fewestRows: 1 });

    const [listed, asked] = [sheetOf(...sides, { termsOf }), sheetOf(...sides, { termsOf, only: ['x'] })];

    expect(listed.columns[0]).toMatchObject({ verdict: 'left-out', why: 'a calendar column', tests: [] });
    expect(asked.columns[0]).toMatchObject({ verdict: 'left-out', evidence: { qValue: null } });
    expect(asked.columns[0]?.tests.length).toBeGreaterThan(5);
  });

  test('holds its level where nothing has drifted, small samples and many rare values among them', () => {
    let alarms = 0;
    const rounds = 150;
    for (let round = 0; round < rounds; round += 1) {
      const { uint32 } = seededRandom(round + 1);
      const draw = (rows: number) => Array.from({ length: rows }, () => `v${Math.floor(40 * (uint32() / TWO_32) ** 2)}`);
      const [before_, now] = [tableOf('a', { x: columnOf(draw(300)) }), tableOf('b', { x: columnOf(draw(80)) })];
      const { columns } = sheetOf(before_, now, { rule: { ...RULE, effectFloor: 1e-9 }, detail: 'brief' });
      if ((columns[0]?.evidence?.pValue ?? 1) <= 0.05) alarms += 1;
    }

    // Upper 99.9 % limit of a binomial of 150 at 5 %.
    expect(alarms).toBeLessThanOrEqual(17);
  });
});

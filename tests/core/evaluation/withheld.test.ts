import { describe, expect, test } from 'vitest';
import { fairnessReport } from '../../../pipelines/core/evaluation/fairness-report.ts';
import { partSignals } from '../../../pipelines/core/evaluation/part-signals.ts';
import { sliceReport } from '../../../pipelines/core/evaluation/slice-report.ts';
import { withheldParts } from '../../../pipelines/core/evaluation/withheld-parts.ts';
import { groupNotes } from '../../../pipelines/core/schema/phrase-group.ts';
import type { RowTable } from '../../../pipelines/core/schema/row-table.ts';
import { plantedRows } from '../../fakes/planted-rows.ts';
import { definitionWith, ordinaryDay, ordinaryReference } from '../../fakes/watched-world.ts';

const COLUMNS = [
  { name: 'size', kind: 'numeric' as const },
  { name: 'place', kind: 'categorical' as const },
  { name: 'group', kind: 'categorical' as const, role: 'protected' as const },
];
const SLICES = [
  { name: 'all but the tiny', where: { group: ['a', 'b', 'c'] } },
  { name: 'one', where: { group: 'a' } },
  { name: 'two', where: { group: 'b' } },
  { name: 'three', where: { group: 'c' } },
  { name: 'far', where: { place: ['north', 'south'] } },
];
const [TINY, FEW] = [7, 13];
const { table, scores, other } = plantedRows({ rows: 6000, otherErrors: () => 0.2 });

/** Seven rows of a fourth group, and thirteen positives in group c. */
function planted(): RowTable {
  let [tiny, few] = [0, 0];
  const groups = table.categorical['group'] ?? [];
  const group = groups.map((value, row) => (value === 'c' && row % 50 === 0 && tiny++ < TINY ? 'd' : value));
  const labels = table.labels.map((label, row) => (group[row] === 'c' && label === 1 && few++ >= FEW ? 0 : label));
  return { ...table, labels, categorical: { ...table.categorical, group } };
}

const rows = planted();
const positives = rows.labels.reduce((sum, label) => sum + label, 0);

/** Every whole number that the artefacts hold, from figures and from texts, and the totals that readers know anyway. */
function toldNumbers(...artefacts: readonly unknown[]): number[] {
  const text = JSON.stringify(artefacts)
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '')
    .replaceAll(/(?<=\d),(?=\d{3})/g, '');
  const found = [...text.matchAll(/(?<![\d.])\d+(?![\d.])/g)].map(([digits]) => Number(digits));
  return [...new Set([...found, 6000, positives, 6000 - positives])];
}

/** Whether a number is among others, or what is left of one when one, two or three others are taken from it. */
function isTold(secret: number, numbers: readonly number[]): boolean {
  const large = numbers.filter((each) => each >= 100 && each <= 6000);
  const known = new Set(large);
  const reaches = (left: number, depth: number): boolean =>
    left === secret || known.has(left - secret) || (depth > 0 && large.some((each) => each < left && reaches(left - each, depth - 1)));
  return numbers.includes(secret) || [6000, positives, 6000 - positives].some((whole) => reaches(whole, 1));
}

const definition = definitionWith({ columns: COLUMNS, slices: SLICES, monitoring: { slices: { find: false } } });

describe('no figure of a few people is told, directly or by subtraction', () => {
  const material = { definition, rows, challenger: { scores }, champion: { scores: other }, seed: 1 };

  test('by the evaluation report', () => {
    const [fairness, slices] = [fairnessReport(material), sliceReport(material)];

    const numbers = toldNumbers(fairness, slices);

    expect(isTold(TINY, numbers)).toBe(false);
    expect(isTold(FEW, numbers)).toBe(false);
    expect(fairness[0]?.groups.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^[abc]/),
      expect.stringMatching(/^[abc]/),
      expect.stringMatching(/^[abc]/),
    ]);
    expect(fairness[0]?.groups.filter(({ name }) => name.endsWith(', with groups of fewer than 20 rows'))).toHaveLength(1);
    expect(groupNotes(fairness[0] ?? { attribute: '', cuts: null, foldedRows: 0, method: '', why: null }).join(' ')).toContain(
      'are only told together',
    );
  });

  test('by what is said of a window', () => {
    const reference = ordinaryReference(definition);

    const signals = partSignals({
      definition,
      reference,
      profile: ordinaryDay({ rows: 2000, seed: 5 }),
      measured: { start: '2001-02-01T00:00:00Z', end: '2001-02-02T00:00:00Z' },
      rows: { ...rows, scores },
      find: false,
    });

    const numbers = toldNumbers(signals.filter(({ kind }) => kind === 'fairness' || kind === 'slice-performance'));
    expect(isTold(TINY, numbers)).toBe(false);
    expect(isTold(FEW, numbers)).toBe(false);
  });

  test('what the report leaves out of all rows, and of all positives and negatives, is nothing or enough', () => {
    const [report] = fairnessReport(material);
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    const figures = (report?.groups ?? []).map(({ challenger }) => challenger);

    const left = [
      6000 - sum((report?.groups ?? []).map((group) => group.rows)),
      positives - sum(figures.map(({ truePositiveRate }) => truePositiveRate?.sampleSize ?? 0)),
      6000 - positives - sum(figures.map(({ falsePositiveRate }) => falsePositiveRate?.sampleSize ?? 0)),
      ...(report?.disparities ?? []).map(
        ({ measure, challenger }) => (measure === 'equalOpportunityDifference' ? positives : 6000) - challenger.sampleSize,
      ),
    ];

    expect(left.filter((count) => count !== 0 && count < 20)).toEqual([]);
    expect(sum(figures.map(({ truePositiveRate }) => truePositiveRate?.sampleSize ?? 0))).toBeGreaterThan(0);
  });

  test('and the reader of these tests sees it where it is told', () => {
    expect(isTold(TINY, toldNumbers({ together: 6000 - TINY }))).toBe(true);
    expect(isTold(TINY, toldNumbers({ one: 1987, others: `${6000 - TINY - 1987} rows` }))).toBe(true);
    expect(isTold(FEW, toldNumbers({ positives: positives - FEW }))).toBe(true);
    expect(isTold(TINY, toldNumbers({ rows: TINY }))).toBe(true);
  });
});

describe('slices', () => {
  const withheldOf = (slices: typeof SLICES, minimumCount = 20) => {
    const report = sliceReport({
      definition: { ...definition, slices, privacy: { minimumCount } },
      rows,
      challenger: { scores },
      champion: null,
    });
    return report.declared.filter(({ challenger }) => challenger.value === null).map(({ name }) => name);
  };

  test('that hold all but a few rows, and the smallest of those that leave a few together, are not told', () => {
    expect(withheldOf(SLICES)).toContain('all but the tiny');
    expect(withheldOf(SLICES)).toHaveLength(2);
    expect(withheldOf(SLICES)).not.toContain('far');
  });

  test('are all told where that tells of enough rows', () => {
    expect(withheldOf(SLICES, 5)).toEqual([]);
  });

  test('of the smallest group are not told beside the group that the tiny one was counted with', () => {
    const groups = rows.categorical['group'] ?? [];
    const sizes = ['a', 'b', 'c'].map((name) => ({ name, size: groups.filter((group) => group === name).length }));
    const smallest = sizes.toSorted((a, b) => a.size - b.size)[0]?.name ?? '';
    const ofGroup = (name: string) => [{ name, where: { group: name } }];

    expect(withheldOf(ofGroup(smallest))).toEqual([smallest]);
    expect(withheldOf(ofGroup(sizes.find(({ name }) => name !== smallest)?.name ?? ''))).toEqual([]);
  });
});

describe('parts of a known total', () => {
  test('are withheld until what is withheld is nothing or enough, of each kind of rows', () => {
    expect([...withheldParts([[3, 50, 400]], 20)]).toEqual([0, 1]);
    expect([...withheldParts([[3, 17, 400]], 20)]).toEqual([0, 1]);
    expect([...withheldParts([[0, 50, 400]], 20)]).toEqual([0]);
    expect([...withheldParts([[30, 50, 400]], 20)]).toEqual([]);
    expect([
      ...withheldParts(
        [
          [30, 50, 400],
          [5, 900, 30],
        ],
        20,
      ),
    ]).toEqual([0, 2]);
    expect([...withheldParts([[3, 4]], 20)]).toEqual([0, 1]);
    expect([...withheldParts([], 20)]).toEqual([]);
  });
});

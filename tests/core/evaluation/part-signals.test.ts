import { describe, expect, test } from 'vitest';
import { type PartEvidence, partSignals } from '../../../pipelines/core/evaluation/part-signals.ts';
import { FOUND_SLICES } from '../../../pipelines/core/evaluation/slice-signals.ts';
import { watchesParts } from '../../../pipelines/core/evaluation/watches-parts.ts';
import type { GroupPromise } from '../../../pipelines/core/schema/group-report.ts';
import type { WrittenModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { Signal } from '../../../pipelines/core/schema/signal.ts';
import { type PlantedError, plantedRows } from '../../fakes/planted-rows.ts';
import { definitionWith, ordinaryDay, ordinaryReference } from '../../fakes/watched-world.ts';

type Parts = Partial<WrittenModelDefinition>;
const EAST = { name: 'east', where: { place: 'east' } };
const BAD_EAST: PlantedError = ({ place }) => (place === 'east' ? 0.3 : 0.1);
const COLUMNS: NonNullable<Parts['columns']> = [
  { name: 'size', kind: 'numeric', min: 0, max: 10 },
  { name: 'place', kind: 'categorical' },
  { name: 'hour', kind: 'numeric', calendar: true },
  { name: 'group', kind: 'categorical', role: 'protected' },
];
const PROMISE: GroupPromise = { loss: 'wrong calls', overall: 0.1, slices: [{ name: 'east', loss: 0.1, sampleSize: 900 }], cuts: {} };
const REFERENCE = ordinaryReference(definitionWith());
const DAY = ordinaryDay({ rows: 1000, seed: 1 });

function signalsOf(parts: Parts, rows: PartEvidence['rows'], find = false, promise: GroupPromise | null = PROMISE) {
  const definition = definitionWith({ columns: COLUMNS, ...parts });
  const reference = promise === null ? REFERENCE : { ...REFERENCE, groups: promise };
  const signals = partSignals({ definition, reference, profile: DAY, measured: DAY.window, rows, find });
  for (const signal of signals) expect(Signal.parse(signal)).toEqual(signal);
  return signals;
}

test('counts of a sample are told as such in every statement, and only then', () => {
  const { table } = plantedRows({ rows: 3000 });
  const labels = table.labels.map((label, row) => (row < 500 ? Number.NaN : label));
  const definition = definitionWith({ columns: COLUMNS, slices: [EAST] });
  const evidence = {
    definition,
    reference: { ...REFERENCE, groups: PROMISE },
    profile: DAY,
    measured: DAY.window,
    rows: { ...table, labels },
    find: true,
  };

  const [sampled, whole] = [partSignals({ ...evidence, labelledOfAll: 81_234 }), partSignals(evidence)];

  const note = ' A sample: counts are of 3,000 rows drawn by hash of id, with 2,500 of the 81,234 labels of these days.';
  expect(sampled.map(({ why }) => why)).toEqual(whole.map(({ why }) => `${why}${note}`));
  expect(sampled.length).toBeGreaterThan(4);
});

describe('a declared slice', () => {
  const { table: bad } = plantedRows({ rows: 6000, errors: BAD_EAST });
  const { table: usual } = plantedRows({ rows: 6000 });

  test('alerts when its loss is beyond the stated increase for sure', () => {
    const [signal] = signalsOf({ slices: [{ ...EAST, toleratedIncrease: 0.2 }] }, bad);

    expect(signal).toMatchObject({
      kind: 'slice-performance',
      subject: 'east',
      status: 'alert',
      reference: 0.1,
      threshold: { operator: '>' },
    });
    expect(signal?.threshold?.level).toBeCloseTo(0.12, 12);
  });

  test('only warns without a stated increase, and is in order when nothing changed', () => {
    const [without] = signalsOf({ slices: [EAST] }, bad);
    const [healthy] = signalsOf({ slices: [{ ...EAST, toleratedIncrease: 0.5 }] }, usual);

    expect(without).toMatchObject({ status: 'warning', threshold: null });
    expect(healthy?.status).toBe('ok');
  });

  test('is not judged with too few labels, or where nothing was promised', () => {
    const [rare] = signalsOf({ slices: [{ name: 'mars', where: { place: 'mars' } }] }, bad);
    const [unpromised] = signalsOf({ slices: [EAST] }, bad, false, null);

    expect(rare).toMatchObject({ status: 'insufficient-data', value: null });
    expect(unpromised?.status).toBe('insufficient-data');
    expect(unpromised?.why).toContain('promised nothing there');
  });
});

describe('found slices', () => {
  test('are named where labels are worth most, and never alert', () => {
    const { table } = plantedRows({ rows: 8000, errors: BAD_EAST });

    const signal = signalsOf({}, table, true).find(({ subject }) => subject === FOUND_SLICES);

    expect(signal?.status).toBe('ok');
    expect(signal?.value).toBeGreaterThan(signal?.reference ?? 1);
    expect(signal?.why).toContain('place is east');
    expect(signal?.why).toContain('Collect labels there');
  });

  test('are not spoken of when nobody looked', () => {
    const { table } = plantedRows({ rows: 3000 });

    expect(signalsOf({}, table).some(({ kind }) => kind === 'slice-performance')).toBe(false);
  });
});

describe('the groups of a protected column', () => {
  const { table } = plantedRows({ rows: 6000, errors: ({ group }) => (group === 'c' ? 0.45 : 0.1) });
  const withLimits = (limits: NonNullable<NonNullable<NonNullable<Parts['monitoring']>['fairness']>['limits']>) =>
    signalsOf({ monitoring: { fairness: { limits } } }, table).filter(({ kind }) => kind === 'fairness');
  const subjectOf = (signals: readonly Signal[], start: string) => signals.find(({ subject }) => subject.startsWith(start));

  test('are reported without limits, and alert beyond a stated one', () => {
    const reported = withLimits({});
    const limited = withLimits({ equalOpportunityDifference: 0.1, calibrationDifference: 0.9 });

    expect(reported.map(({ subject }) => subject)).toEqual([
      'selection rate ratio of group',
      'equal opportunity difference of group',
      'equalised odds difference of group',
      'calibration difference of group',
    ]);
    expect(reported.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(subjectOf(limited, 'equal opportunity')).toMatchObject({ status: 'alert', threshold: { operator: '>', level: 0.1 } });
    expect(subjectOf(limited, 'equal opportunity')?.why).toContain('group c lowest');
    expect(subjectOf(limited, 'calibration')?.status).toBe('ok');
  });

  test('that the estimate alone puts beyond a limit only warn', () => {
    const { value, interval } = subjectOf(withLimits({}), 'equal opportunity') ?? {};
    const between = ((value ?? 0) + (interval?.lower ?? 0)) / 2;

    expect(subjectOf(withLimits({ equalOpportunityDifference: between }), 'equal opportunity')?.status).toBe('warning');
  });

  test('that are too small to be compared are said to be so, with their rows', () => {
    const definition = { monitoring: { fairness: { minimumRows: 2000 } } };
    const small = signalsOf(definition, table).find(({ subject }) => subject === 'small groups of group');

    expect(small).toMatchObject({ kind: 'fairness', status: 'insufficient-data', value: null });
    expect(small?.sampleSize).toBeGreaterThan(0);
    expect(small?.why).toMatch(/fewer than 2,000 rows: group [abc] \(1,\d{3} rows\)/);
  });

  test('without labelled positives are said to be left out of recall, and of nothing else', () => {
    const groups = table.categorical['group'] ?? [];
    const labels = table.labels.map((label, row) => (groups[row] === 'c' ? 0 : label));

    const signals = signalsOf({}, { ...table, labels });

    const why = (subject: string) => signals.find((signal) => signal.subject.startsWith(subject))?.why;
    expect(why('equal opportunity')).toMatch(/ Left out, with fewer than 20 labelled positives: group c\.$/);
    expect(why('equalised odds')).toMatch(/fewer than 20 labelled positives and as many negatives: group c\.$/);
    expect(why('selection rate')).not.toContain('Left out');
    expect(why('calibration')).not.toContain('Left out');
  });

  test('with a few labelled positives are compared as one with the next smallest, and said to be: all less the others would tell how few', () => {
    const groups = table.categorical['group'] ?? [];
    const labels = table.labels.map((label, row) => (groups[row] === 'c' && row > 30 ? 0 : label));

    const found = signalsOf({}, { ...table, labels }).find(({ subject }) => subject.startsWith('equal opportunity'));

    expect(found?.value).not.toBeNull();
    expect(found?.why).toMatch(/ group (?:[ab], c together|[ab]) lowest, /);
    expect(found?.why).toMatch(
      / Compared as one, since positives or negatives of one of them are fewer than 20 and could be told by subtraction: group [ab], c\.$/,
    );
  });

  test('of rows of other versions are not mixed in', () => {
    const foreign = { ...table, versions: table.ids.map(() => 'v0') };

    const signals = signalsOf({}, foreign).filter(({ kind }) => kind === 'fairness');

    expect(signals.every(({ status }) => status === 'insufficient-data')).toBe(true);
  });

  test('alert by chance in about one of twenty streams at most, at a limit of nearly nothing', () => {
    const limits = { equalOpportunityDifference: 0.001 };
    const alerts = Array.from({ length: 40 }, (_, seed) => {
      const { table: fair } = plantedRows({ rows: 1200, seed: seed + 1, stormy: 0.1 });
      return signalsOf({ monitoring: { fairness: { limits, minimumRows: 100 } } }, fair).some(({ status }) => status === 'alert');
    });

    expect(alerts.filter((alert) => alert).length).toBeLessThanOrEqual(5);
  });
});

test('rows are only read for definitions with declared slices or protected columns', () => {
  const plain = [{ name: 'size', kind: 'numeric' as const }];

  expect(watchesParts(definitionWith({ columns: plain }))).toBe(false);
  expect(watchesParts(definitionWith({ columns: plain, slices: [{ name: 'large', where: { size: { atLeast: 5 } } }] }))).toBe(true);
  expect(watchesParts(definitionWith({ columns: COLUMNS }))).toBe(true);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareCommand } from '../../../pipelines/cli/compare.ts';
import { type ColumnSheet, DriftSheet } from '../../../pipelines/core/schema/drift-sheet.ts';
import { AFTER, BEFORE, writeCsv } from '../../fakes/compared-files.ts';
import { expectClose } from '../../oracles/expect-close.ts';

/**
 * SciPy 1.17.1 on the same rows: ks_2samp(method='exact'), mannwhitneyu(method='asymptotic'), anderson_ksamp, cramervonmises_2samp(method='asymptotic'),
 * ttest_ind(equal_var=False), the same on logarithms, wasserstein_distance, energy_distance, chi2_contingency(correction=False).
 */
const TESTS = {
  kolmogorovSmirnovExact: [0.15461538461538463, 0.0022249470726929408],
  mannWhitney: [30_938, 2.4256714873155033e-5],
  andersonDarling: [13.6533237986862, 0.001],
  welch: [4.457616594633017, 1.0035275368924126e-5],
  logRatio: [5.410948498580068, 9.85979698348785e-8],
} as const;
const CLASS_TESTS = { chiSquare: [52.73586573194871, 3.8106050270664666e-10], gTest: [68.38924505103466, 2.2165251640325708e-13] } as const;
const WELCH_INTERVAL = [61.10321257021705, 157.3767566605522] as const;
const RATIO_INTERVAL = [1.2722203884924517, 1.6741674690827357] as const;
const DISTANCES = { wasserstein: 109.23998461538457, energy: 4.980422564710441 };
const CLASS_DISTANCES = {
  jensenShannon: 0.2931803204831668,
  hellinger: 0.28944767752784895,
  totalVariation: 0.1635897435897436,
  lInfinity: 0.1576923076923077,
  populationStabilityIndex: 0.750814049105495,
  cramersV: 0.2921975032434185,
};
const MISSING = { reference: 0.06666666666666667, current: 0.21153846153846154, pValue: 5.160952235576025e-7 };

let folder: string;
let sheet: DriftSheet;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-compare-'));
  const printed: string[] = [];
  const options = {
    reference: await writeCsv(
      folder,
      'before.csv',
      BEFORE.map((row) => ({ ...row })),
    ),
    current: await writeCsv(
      folder,
      'after.csv',
      AFTER.map((row) => ({ ...row })),
    ),
    json: true,
  };
  const context = { positionals: [], options, environment: {}, workingDirectory: folder, print: (line: string) => printed.push(line) };
  await compareCommand.run({ ...context, note: () => undefined });
  sheet = DriftSheet.parse(JSON.parse(printed.join('\n')));
});

afterAll(() => rm(folder, { recursive: true }));

function column(name: string): ColumnSheet {
  const found = sheet.columns.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
}

test.each(Object.entries({ ...TESTS }))('%s of numbers is that of SciPy', (id, [statistic, pValue]) => {
  const found = column('price').tests.find((each) => each.id === id);

  expectClose(found?.statistic, statistic, 1e-9);
  expectClose(found?.pValue, pValue, 1e-7);
});

test('Cramér-von Mises of numbers is that of SciPy, but for what the few equal prices leave of its formula of ranks', () => {
  const found = column('price').tests.find(({ id }) => id === 'cramerVonMises');

  expectClose(found?.statistic, 1.6504633699633757, 1e-4);
  expectClose(found?.pValue, 7.813554537927647e-5, 1e-3);
});

test.each(Object.entries({ ...CLASS_TESTS }))('%s of categories is that of SciPy', (id, [statistic, pValue]) => {
  const found = column('tier').tests.find((each) => each.id === id);

  expectClose(found?.statistic, statistic, 1e-9);
  expectClose(found?.pValue, pValue, 1e-7);
});

test('intervals of the difference of means and of the ratio are those of SciPy', () => {
  const [welch, ratio] = ['welch', 'logRatio'].map((id) => column('price').tests.find((each) => each.id === id)?.interval);

  expectClose(welch?.lower, WELCH_INTERVAL[0], 1e-7);
  expectClose(welch?.upper, WELCH_INTERVAL[1], 1e-7);
  expectClose(ratio?.lower, RATIO_INTERVAL[0], 1e-7);
  expectClose(ratio?.upper, RATIO_INTERVAL[1], 1e-7);
});

test('distances are those of SciPy and of their formulas', () => {
  const of = (name: string) => Object.fromEntries(column(name).distances.map(({ id, value }) => [id, value]));

  for (const [id, value] of Object.entries(DISTANCES)) expectClose(of('price')[id], value, 1e-9);
  for (const [id, value] of Object.entries(CLASS_DISTANCES)) expectClose(of('tier')[id], value, 1e-9);
});

test('missing values are a share with a test of its own, and a class', () => {
  const { missing, classes } = column('comment');

  expect(missing).toMatchObject({ reference: MISSING.reference, current: MISSING.current });
  expectClose(missing?.pValue, MISSING.pValue, 1e-7);
  expect(classes.find(({ label }) => label === '(missing)')).toEqual({ label: '(missing)', reference: 20, current: 55 });
});

import { describe, expect, test } from 'vitest';
import { fairnessReport } from '../../pipelines/core/evaluation/fairness-report.ts';
import { sliceReport } from '../../pipelines/core/evaluation/slice-report.ts';
import { employmentDefinition, employmentPresent, employmentRows } from '../fakes/employment-log.ts';

/**
 * fairlearn 0.15.0 on the first 20,000 rows, called at 0.5, groups of at least 200 rows: demographic_parity_ratio, equal_opportunity_difference, equalized_odds_difference; selection rate, recall
 * and false-positive rate by group (MetricFrame).
 */
const FAIRLEARN = {
  SEX: {
    selectionRatio: 0.9835752610503141,
    equalOpportunityDifference: 0.016519044372310998,
    equalisedOddsDifference: 0.054974899337221744,
    groups: { '1': [0.544966, 0.87453, 0.185449], '2': [0.536016, 0.858011, 0.240424] },
  },
  RAC1P: {
    selectionRatio: 0.7561974789915966,
    equalOpportunityDifference: 0.07586690988429279,
    equalisedOddsDifference: 0.07586690988429279,
    groups: {
      '1': [0.55121, 0.872163, 0.216899],
      '2': [0.469636, 0.842697, 0.185449],
      '6': [0.559105, 0.85381, 0.247947],
      '8': [0.484761, 0.796296, 0.208219],
      '9': [0.422794, 0.852041, 0.181034],
    },
  },
  DIS: {
    selectionRatio: 0.15584167369049684,
    equalOpportunityDifference: 0.5629470056010341,
    equalisedOddsDifference: 0.5629470056010341,
    groups: { '1': [0.094972, 0.331313, 0.041553], '2': [0.609414, 0.89426, 0.263555] },
  },
  AGEP: {
    selectionRatio: 0.2499277256260412,
    equalOpportunityDifference: 0.3772099596795345,
    equalisedOddsDifference: 0.5587760952445957,
    groups: {
      'under 25': [0.223101, 0.682671, 0.086511],
      '25 to under 60': [0.892661, 0.964935, 0.645287],
      '60 or more': [0.272441, 0.587725, 0.125757],
    },
  },
} as const;

/**
 * statsmodels 0.15.0 on the half of these rows that tests: share of wrong calls; one-sided p of OLS(wrong, in the slice) with errors clustered by day and Student's t of days − 1, after multipletests(method='fdr_bh') over the nine
 * slices that were tested, all of which were reported.
 */
const STATSMODELS = [
  ['AGEP 18 to under 33 and SEX is 2', 0.282075, 6.005682e-14],
  ['SCHL 19 to under 21', 0.251188, 1.396629e-13],
  ['MAR is 1 and SEX is 2', 0.235582, 2.232924e-10],
  ['MAR is 1', 0.191624, 6.43871e-4],
] as const;

describe.skipIf(!employmentPresent())('employment in Massachusetts', () => {
  const definition = employmentDefinition();
  const rows = employmentPresent() ? employmentRows(20_000) : null;
  const report = rows === null ? [] : fairnessReport({ definition, rows, challenger: { scores: rows.scores }, champion: null, seed: 1 });

  test.each(Object.entries(FAIRLEARN))('the groups of %s have the figures of fairlearn', (attribute, expected) => {
    const found = report.find((each) => each.attribute === attribute);
    const value = (measure: string) => found?.disparities.find((each) => each.measure === measure)?.challenger.value;

    expect(value('selectionRatio')).toBeCloseTo(expected.selectionRatio, 12);
    expect(value('equalOpportunityDifference')).toBeCloseTo(expected.equalOpportunityDifference, 12);
    expect(value('equalisedOddsDifference')).toBeCloseTo(expected.equalisedOddsDifference, 12);
    expect(found?.groups.map(({ name }) => name)).toEqual(Object.keys(expected.groups));
    for (const [name, [selection, recall, falsePositives]] of Object.entries(expected.groups)) {
      const figures = found?.groups.find((group) => group.name === name)?.challenger;
      expect(figures?.selectionRate?.value).toBeCloseTo(selection, 6);
      expect(figures?.truePositiveRate?.value).toBeCloseTo(recall, 6);
      expect(figures?.falsePositiveRate?.value).toBeCloseTo(falsePositives, 6);
    }
  });

  test('rows of small groups are counted and not shown', () => {
    const race = report.find(({ attribute }) => attribute === 'RAC1P');

    expect(race?.foldedRows).toBe(20_000 - 16_237 - 1252 - 1235 - 689 - 544);
  });

  test('every figure lies in its interval, and the disadvantage of disabled people is beyond chance', () => {
    const disability = report.find(({ attribute }) => attribute === 'DIS');
    const ratio = disability?.disparities.find(({ measure }) => measure === 'selectionRatio')?.challenger;

    for (const { challenger } of report.flatMap(({ disparities }) => disparities)) {
      expect(challenger.interval?.lower).toBeLessThanOrEqual(challenger.value ?? Number.NaN);
      expect(challenger.interval?.upper).toBeGreaterThanOrEqual(challenger.value ?? Number.NaN);
    }
    expect(ratio).toMatchObject({ lowest: '1', highest: '2' });
    expect(ratio?.interval?.upper).toBeLessThan(0.8);
  });

  test('slices with a larger share of wrong calls are found, and their intervals lie above all rows', () => {
    const slices = rows === null ? null : sliceReport({ definition, rows, challenger: { scores: rows.scores }, champion: null });

    const overall = slices?.overall.challenger.value ?? Number.NaN;
    expect(slices?.found.length).toBeGreaterThan(0);
    expect(slices?.search?.tested).toBeGreaterThanOrEqual(slices?.found.length ?? 0);
    for (const { challenger } of slices?.found ?? []) expect(challenger.interval?.lower).toBeGreaterThan(overall);
    expect(slices?.declared[0]).toMatchObject({ name: 'old and disabled', why: null });
    for (const [name, value, pValue] of STATSMODELS) {
      const found = slices?.found.find((slice) => slice.name === name);
      expect(found?.challenger.value).toBeCloseTo(value, 6);
      // Its cluster-robust variance is (n − 1)/(n − k) times ours: a few parts in 10,000 of these small chances, and more of the smallest.
      expect((found?.pValue ?? 1) / pValue).toBeGreaterThan(0.99);
      expect((found?.pValue ?? 1) / pValue).toBeLessThan(1.01);
    }
  });
});

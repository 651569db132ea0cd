import { describe, expect, test } from 'vitest';
import { fairnessReport } from '../../pipelines/core/evaluation/fairness-report.ts';
import type { FairnessMeasure } from '../../pipelines/core/schema/fairness-policy.ts';
import type { GroupFigures } from '../../pipelines/core/schema/group-report.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import { groupedDefinition, groupedRows } from '../fakes/grouped-rows.ts';

/**
 * fairlearn 0.15.0 on the rows of groupedRows, groups a (682), b (290) and c (228): demographic_parity_ratio, equal_opportunity_difference and equalized_odds_difference of "is favourable",
 * and MetricFrame by group, difference() and ratio() of selection_rate, true_positive_rate, false_positive_rate, of scikit-learn's accuracy_score and mean_absolute_error, of mean(right − confidence) and of
 * mean(prediction − label).
 */
const FAIRLEARN = {
  selectionRate: [0.5102639296187683, 0.496551724137931, 0.5219298245614035],
  truePositiveRate: [0.9678362573099415, 0.951048951048951, 0.8547008547008547],
  falsePositiveRate: [0.05, 0.05442176870748299, 0.17117117117117117],
  accuracy: [0.9369501466275659, 0.8758620689655172, 0.75],
  calibrationGap: [0.24154767597147433, 0.1766677442005161, 0.035240098869575076],
  absoluteError: [4.992844617940606, 6.86512980991011, 11.03567907418402],
  meanError: [0.04541314334698742, 4.168219465897258, -6.067965134798565],
} as const;

/** statsmodels 0.15.0, the two extreme groups, errors clustered by day (OLS on a group dummy; for the ratio a Poisson regression), without the factor (n − 1)/(n − 2); t at 1 − .05/6 with 11 degrees of freedom. */
const STATSMODELS: Partial<Record<FairnessMeasure, readonly [number, number]>> = {
  meanErrorDifference: [8.034159272254353, 12.438209929137294],
  absoluteErrorDifference: [4.830741766832275, 7.25492714565454],
  absoluteErrorRatio: [0.39192315, 0.52227238],
  calibrationDifference: [0.14294257030348873, 0.2696725839003094],
};

const FAVOURABLE = ['accept', 'review'];

function reportOf(definition: ModelDefinition, rows: RowTable) {
  const [report] = fairnessReport({ definition, rows, challenger: rows, champion: null, seed: 1 });
  const distance = (measure: FairnessMeasure) => report?.disparities.find((each) => each.measure === measure)?.challenger;
  const byGroup = (figure: (figures: GroupFigures) => number | null | undefined) => report?.groups.map((group) => figure(group.challenger));
  return { report, distance, byGroup };
}

function expectClose(found: readonly (number | null | undefined)[] | undefined, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect(found?.[index]).toBeCloseTo(value, 12);
}

describe('a multiclass model with favourable classes', () => {
  const { report, distance, byGroup } = reportOf(groupedDefinition('multiclass', { favourable: FAVOURABLE }), groupedRows('multiclass'));

  test('has the rates of its groups that fairlearn finds', () => {
    expect(report?.groups.map(({ name, rows }) => [name, rows])).toEqual([
      ['a', 682],
      ['b', 290],
      ['c', 228],
    ]);
    expectClose(
      byGroup(({ selectionRate }) => selectionRate?.value),
      FAIRLEARN.selectionRate,
    );
    expectClose(
      byGroup(({ truePositiveRate }) => truePositiveRate?.value),
      FAIRLEARN.truePositiveRate,
    );
    expectClose(
      byGroup(({ falsePositiveRate }) => falsePositiveRate?.value),
      FAIRLEARN.falsePositiveRate,
    );
    expectClose(
      byGroup(({ calibrationGap }) => calibrationGap?.value),
      FAIRLEARN.calibrationGap,
    );
    expectClose(
      byGroup(({ loss }) => 1 - (loss.value ?? Number.NaN)),
      FAIRLEARN.accuracy,
    );
  });

  test('has the distances between them that fairlearn finds', () => {
    expect(distance('selectionRatio')?.value).toBeCloseTo(0.9513764126340192, 12);
    expect(distance('equalOpportunityDifference')?.value).toBeCloseTo(0.11313540260908683, 12);
    expect(distance('equalisedOddsDifference')?.value).toBeCloseTo(0.12117117117117117, 12);
    expect(distance('accuracyDifference')).toMatchObject({ lowest: 'c', highest: 'a' });
    expect(distance('accuracyDifference')?.value).toBeCloseTo(0.18695014662756593, 12);
    expect(distance('calibrationDifference')?.value).toBeCloseTo(0.20630757710189926, 12);
  });
});

test('a multiclass model without favourable classes is compared by what needs none', () => {
  const { report, distance } = reportOf(groupedDefinition('multiclass'), groupedRows('multiclass'));

  const measures = ['classRecallDifference', 'classOddsDifference', 'calibrationDifference', 'accuracyDifference'];
  expect(report?.disparities.map(({ measure }) => measure)).toEqual(measures);
  expect(report?.groups[0]?.challenger).not.toHaveProperty('selectionRate');
  expect(distance('accuracyDifference')?.value).toBeCloseTo(0.18695014662756593, 12);
});

test('a regression has the errors of its groups, and the distances, that fairlearn finds', () => {
  const { report, distance, byGroup } = reportOf(groupedDefinition('regression'), groupedRows('regression'));

  expectClose(
    byGroup(({ loss }) => loss.value),
    FAIRLEARN.absoluteError,
  );
  expectClose(
    byGroup(({ meanError }) => meanError?.value),
    FAIRLEARN.meanError,
  );
  expect(report?.groups[0]?.challenger).not.toHaveProperty('calibrationGap');
  expect(distance('meanErrorDifference')?.value).toBeCloseTo(10.236184600695823, 12);
  expect(distance('absoluteErrorDifference')?.value).toBeCloseTo(6.042834456243415, 12);
  expect(distance('absoluteErrorRatio')?.value).toBeCloseTo(0.45242749307747315, 12);
  expect(distance('absoluteErrorRatio')).toMatchObject({ lowest: 'a', highest: 'c' });
});

test('distances of means have the intervals of regressions with errors clustered by day', () => {
  const found = [
    reportOf(groupedDefinition('multiclass'), groupedRows('multiclass')),
    reportOf(groupedDefinition('regression'), groupedRows('regression')),
  ];

  for (const [measure, [lower, upper]] of Object.entries(STATSMODELS)) {
    const { interval } = found.map(({ distance }) => distance(measure as FairnessMeasure)).find((each) => each !== undefined) ?? {};
    expect(interval?.lower).toBeCloseTo(lower, 7);
    expect(interval?.upper).toBeCloseTo(upper, 7);
  }
});

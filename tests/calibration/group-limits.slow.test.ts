import { expect, test } from 'vitest';
import { fairnessReport } from '../../pipelines/core/evaluation/fairness-report.ts';
import { limitStanding } from '../../pipelines/core/evaluation/limit-standing.ts';
import { selectRows } from '../../pipelines/core/evaluation/select-rows.ts';
import type { FairnessMeasure } from '../../pipelines/core/schema/fairness-policy.ts';
import { groupedDefinition, groupedRows } from '../fakes/grouped-rows.ts';

const STREAMS = 40;
const [DAYS, DAY_ROWS, POOLED] = [60, 100, 7];
const OPEN_AFTER = 3;

/**
 * The true distances of groups a and c in `groupedRows`, which are the limits here, the hardest place to keep still: right calls 1 − ¾ · .1 less 1 − ¾ · .35; mean errors 0 and −6; mean absolute errors 5 and
 * (26² + 14²)/80 = 10.9. Two groups, so that no allowance for choosing among many widens the interval.
 */
const TRUTH = {
  multiclass: { accuracyDifference: 0.1875 },
  regression: { meanErrorDifference: 6, absoluteErrorDifference: 5.9, absoluteErrorRatio: 5 / 10.9 },
} as const;

/** Looks every day at the seven newest days, as production does; an incident opens at the third alert in a row. */
function watchStream(task: keyof typeof TRUTH, seed: number) {
  const definition = groupedDefinition(task);
  const rows = groupedRows(task, { seed, rows: DAYS * DAY_ROWS });
  const limits = Object.entries(TRUTH[task]) as [FairnessMeasure, number][];
  const counts = new Map(limits.map(([measure]) => [measure, { alerts: 0, inRow: 0, incidents: 0 }]));
  for (let day = POOLED; day <= DAYS; day += 1) {
    const pooled = Array.from({ length: POOLED * DAY_ROWS }, (_, index) => (day - POOLED) * DAY_ROWS + index);
    const seen = selectRows(
      rows,
      pooled.filter((row) => rows.categorical['group']?.[row] !== 'b'),
    );
    const [report] = fairnessReport({
      definition: { ...definition, monitoring: withSmallGroups(definition.monitoring) },
      rows: seen,
      challenger: seen,
      champion: null,
      seed: 1,
    });
    for (const [measure, limit] of limits) {
      const found = report?.disparities.find((each) => each.measure === measure)?.challenger;
      const count = counts.get(measure);
      if (found === undefined || count === undefined) continue;
      const alerts = limitStanding(measure, found, limit) === 'beyond for sure';
      count.inRow = alerts ? count.inRow + 1 : 0;
      count.alerts += Number(alerts);
      count.incidents += Number(count.inRow === OPEN_AFTER);
    }
  }
  return counts;
}

function withSmallGroups(monitoring: ReturnType<typeof groupedDefinition>['monitoring']) {
  return { ...monitoring, fairness: { ...monitoring.fairness, minimumRows: 50 } };
}

test.each(['multiclass', 'regression'] as const)(
  'a %s model whose groups lie exactly at the limit opens at most one incident in 90 daily looks',
  (task) => {
    const totals = new Map<FairnessMeasure, { alerts: number; incidents: number }>();
    for (let stream = 1; stream <= STREAMS; stream += 1)
      for (const [measure, { alerts, incidents }] of watchStream(task, 1000 + stream * 7919)) {
        const sum = totals.get(measure) ?? { alerts: 0, incidents: 0 };
        totals.set(measure, { alerts: sum.alerts + alerts, incidents: sum.incidents + incidents });
      }

    const looks = STREAMS * (DAYS - POOLED + 1);
    for (const [measure, { alerts, incidents }] of totals) {
      console.log(`${measure} at its limit: ${alerts} alerts and ${incidents} incidents in ${looks} daily looks`);
      expect((incidents * 90) / looks, `${measure}: incidents in 90 looks`).toBeLessThanOrEqual(1);
      // One-sided, so 2.5 % of windows; overlapping ones come in runs.
      expect(alerts / looks, `${measure}: share of windows that alert`).toBeLessThan(0.06);
    }
    expect(totals.size).toBe(Object.keys(TRUTH[task]).length);
  },
);

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pearson } from '../../pipelines/core/statistics/distances/pearson.ts';
import { domainClassifier } from '../../pipelines/core/statistics/multivariate/domain-classifier.ts';
import { takeRows } from '../../pipelines/core/statistics/multivariate/feature-table.ts';
import { rankFeatures } from '../../pipelines/core/statistics/multivariate/rank-features.ts';
import { CAR_LOAN_FEATURES, CHUNK, carLoans } from './car-loan-rows.ts';
import { expectClose } from './expect-close.ts';
import { oraclePath, oraclesPresent } from './read-oracle.ts';

function csv(name: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(oraclePath(`expected/${name}`), 'utf8')
    .trim()
    .split(/\r?\n/);
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [head.split(',')[index] ?? '', cell])));
}

const numbers = (rows: readonly Record<string, string>[], column: string) => rows.map((row) => Number(row[column]));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const ids = (from: number, step: number) => Uint32Array.from({ length: CHUNK }, (_, row) => from + row * step);

describe.skipIf(!oraclesPresent())('the car loans of NannyML', () => {
  test('domain classifier: near .5 before the drift and .9135 after it, within .03, by a tenth of the reference rows', async () => {
    const all = await carLoans();
    const published = csv('published/carloan_domain_classifier__cell5.csv');
    const sample = { table: takeRows(all, ids(3, 10)), hashes: ids(3, 10) };

    for (const chunk of [4, 5]) {
      const rows = ids(50_000 + chunk * CHUNK, 1);
      const before = process.cpuUsage();
      const found = domainClassifier(sample, { table: takeRows(all, rows), hashes: rows });
      const importance = found?.importance() ?? [];
      const { user, system } = process.cpuUsage(before);

      // Of one core, so that a busy machine does not count: NannyML takes 19 s a chunk on two.
      expect((user + system) / 1e6, 'seconds for a chunk').toBeLessThan(2);
      const theirs = Number(published[chunk]?.['domain_classifier_auroc.value']);
      expect(Math.abs((found?.area ?? 0) - theirs), `${found?.area} against ${theirs}`).toBeLessThan(0.03);
      const drifted = published[chunk]?.['domain_classifier_auroc.alert'] === 'True';
      expect((found?.pValue ?? 1) < 1e-6).toBe(drifted);
      if (!drifted) continue;
      const [first] = rankFeatures(
        CAR_LOAN_FEATURES.map((name, index) => ({ name, effect: importance[index] ?? 0, importance: null, lossChange: null })),
      );
      expect(first?.name).toBe('car_value');
    }
  });

  test('the correlation ranker of NannyML, from its own drift and metric series', () => {
    const drift = csv('computed/carloan_univariate.csv');
    const series = {
      // Estimated ROC AUC over all 20 chunks, and realised recall over the last ten.
      'published/carloan_ranking__cell10.csv': { metric: numbers(csv('computed/carloan_cbpe_std.csv'), 'roc_auc_value'), from: 0 },
      'published/carloan_ranking__cell12.csv': { metric: numbers(csv('computed/carloan_realized.csv'), 'recall_value'), from: 10 },
    };

    for (const [name, { metric, from }] of Object.entries(series)) {
      const usual = mean(metric.slice(0, 10));
      const changes = metric.slice(from).map((value) => Math.abs(value - usual));
      const expected = csv(name);
      const found = expected.map(({ column_name: column = '' }) => ({
        column,
        ...pearson(numbers(drift, `${column}_jensen_shannon_value`).slice(from), changes),
      }));
      for (const [index, { correlation, pValue }] of found.entries()) {
        expectClose(correlation, Number(expected[index]?.['pearsonr_correlation']), 1e-5);
        expectClose(pValue, Number(expected[index]?.['pearsonr_pvalue']), 1e-5);
      }
      const order = [...found].sort((a, b) => (b.correlation ?? 0) - (a.correlation ?? 0)).map(({ column }) => column);
      expect(order).toEqual(expected.map(({ column_name: column }) => column));
    }
  });

  test('counting alerts, as their other ranker does, ties features that drift to different degrees; effects do not', () => {
    const alerts = csv('computed/carloan_rank_alertcount_js.csv');
    const last = csv('computed/carloan_univariate.csv').at(-1) ?? {};
    const effectOf = (name: string) => Number(last[`${name}_jensen_shannon_value`]);
    const drifted = alerts.filter(({ number_of_alerts: count }) => Number(count) === 5).map(({ column_name: name = '' }) => name);

    const ranked = rankFeatures(drifted.map((name) => ({ name, effect: effectOf(name), importance: null, lossChange: null })));

    expect(drifted).toEqual(['y_pred_proba', 'salary_range', 'repaid_loan_on_prev_car', 'loan_length']);
    expect(new Set(ranked.map(({ score }) => score)).size).toBe(drifted.length);
    expect(ranked.map(({ score }) => score)).toEqual(drifted.map(effectOf).sort((a, b) => b - a));
  });
});

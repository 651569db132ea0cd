import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { calibrateCube } from '../../pipelines/core/profile/calibrate-cube.ts';
import { estimateFromCounts } from '../../pipelines/core/profile/estimate-from-counts.ts';
import { cubeOf } from '../../pipelines/core/profile/label-cube.ts';
import { SCORE_GRID } from '../../pipelines/core/profile/learn-grid.ts';
import { numericProfile } from '../../pipelines/core/profile/numeric-profile.ts';
import { bandCoverage, type EstimatedAndRealised } from '../../pipelines/core/statistics/estimation/band-coverage.ts';
import { normalInterval } from '../../pipelines/core/statistics/intervals/normal-interval.ts';
import { realisedClassification } from '../../pipelines/core/statistics/metrics/realised-classification.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';
import { numbersOf, type OracleRow } from './realised-oracle-rows.ts';

const LOG = fileURLToPath(new URL('../../../shared/data/acs-employment-ma/log.csv.gz', import.meta.url));
const CHUNK = 5000;
const SET = 'cbpe_nannyml_MAE_estimated_vs_realized';
const METRICS = { rocAuc: 'roc_auc', f1: 'f1', accuracy: 'accuracy' } as const;

function present(): boolean {
  if (!oraclesPresent()) return false;
  if (!existsSync(LOG)) console.warn('NOT TESTED: ../shared/data is absent, so estimates are not compared on the employment log.');
  return existsSync(LOG);
}

async function rowsWhere(condition: string): Promise<OracleRow[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const result = await connection.runAndReadAll(`select score, label from read_csv('${LOG}') where ${condition} order by ts, id`);
  connection.closeSync();
  return result.getRowObjects();
}

describe.skipIf(!present())('employment in Massachusetts, 2016 to 2018, estimated from counts by the reference of 2015', () => {
  test('mean error against NannyML, and how often the bands held what the labels showed', async () => {
    const window = { start: '2015-01-01T00:00:00Z', end: '2016-01-01T00:00:00Z' };
    const reference = await rowsWhere("ts < '2016-01-01'");
    const later = await rowsWhere("ts >= '2016-01-01'");
    const calibration = calibrateCube(
      cubeOf({ scores: numbersOf(reference, 'score'), labels: numbersOf(reference, 'label'), window, modelVersion: null }),
    );
    const metrics = Object.keys(METRICS) as (keyof typeof METRICS)[];
    // Mean |estimated − realised| of NannyML on 42 chunks of the same log.
    const theirs = readOracle<{ [SET]: Record<string, Record<string, number>> }>('unit/peer_measurements.json')[SET][
      'employment_MA_42x5000'
    ];
    const chunks = Math.floor(later.length / CHUNK);
    const found = metrics.map((metric) => ({ metric, error: 0, bands: [] as EstimatedAndRealised[] }));

    for (let chunk = 0; chunk < chunks && calibration !== null; chunk += 1) {
      const rows = later.slice(chunk * CHUNK, (chunk + 1) * CHUNK);
      const scores = numbersOf(rows, 'score');
      const realised = realisedClassification({
        scores,
        labels: numbersOf(rows, 'label'),
        called: Uint8Array.from(scores, (score) => Number(score >= 0.5)),
      });
      const estimates = estimateFromCounts({ calibration, scores: numericProfile(scores, SCORE_GRID) }).metrics;
      for (const each of found) {
        const { value, standardError } = estimates.find(({ metric }) => metric === each.metric) ?? {};
        const actual = realised.find(({ metric }) => metric === each.metric)?.value ?? Number.NaN;
        if (typeof value !== 'number' || typeof standardError !== 'number') continue;
        each.error += Math.abs(value - actual) / chunks;
        each.bands.push({ ...normalInterval({ value, standardError }), realised: actual });
      }
    }

    for (const { metric, error, bands } of found) {
      const { covered, interval } = bandCoverage(bands);
      const limit = theirs?.[METRICS[metric]] ?? Number.NaN;
      console.log(
        `${metric}: mean |estimated − realised| ${error.toFixed(5)} (NannyML ${limit}); bands held ${covered} of ${bands.length} (${((interval?.lower ?? 0) * 100).toFixed(0)} to ${((interval?.upper ?? 0) * 100).toFixed(0)} %)`,
      );
      expect(bands.length).toBeGreaterThan(30);
      expect(error).toBeLessThan(1.5 * limit);
    }
  });
});

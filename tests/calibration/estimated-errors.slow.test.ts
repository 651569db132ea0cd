import { describe, expect, test } from 'vitest';
import { estimateLosses } from '../../pipelines/core/profile/estimate-losses.ts';
import { everyRow } from '../../pipelines/core/profile/sample-table.ts';
import type { MetricName } from '../../pipelines/core/schema/metric.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import { estimateBand } from '../../pipelines/core/signals/estimate-band.ts';
import { bandCoverage, type EstimatedAndRealised } from '../../pipelines/core/statistics/estimation/band-coverage.ts';
import { type LossWorld, lossDefinition, lossReference, lossRows } from '../fakes/loss-world.ts';
import { uniform } from '../fakes/watched-world.ts';

const REFERENCES = 40;
const WINDOWS_EACH = 25;
const METRICS: readonly MetricName[] = ['meanAbsoluteError', 'rootMeanSquaredError'];

interface Setting extends LossWorld {
  readonly name: string;
  /** Share of far rows in the windows that are estimated: other than in the reference, the inputs have moved. */
  readonly moved: number;
}

const plain = { rows: 200, days: 10, far: 0.3, weather: 0, heavyTails: false };
const settings: readonly Setting[] = [
  { name: 'as in the reference', ...plain, moved: 0.3 },
  { name: 'inputs moved to where errors are large', ...plain, moved: 0.6 },
  { name: 'inputs moved, heavy tails', ...plain, moved: 0.6, heavyTails: true },
  { name: 'inputs moved, the errors of a day hang together', ...plain, moved: 0.6, weather: 0.2 },
];

interface Tally {
  readonly pairs: EstimatedAndRealised[];
  error: number;
}

function realised(metric: MetricName, { scores, labels }: RowTable): number {
  const errors = scores.map((score, row) => Math.abs(score - (labels[row] ?? Number.NaN)));
  if (metric === 'meanAbsoluteError') return errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
}

function coverages(setting: Setting): Map<MetricName, Tally> {
  const next = uniform(Math.round(1000 * setting.moved) + (setting.heavyTails ? 7 : 0) + Math.round(100 * setting.weather));
  const definition = lossDefinition(setting.rows);
  const found = new Map(METRICS.map((metric): [MetricName, Tally] => [metric, { pairs: [], error: 0 }]));
  for (let repeat = 0; repeat < REFERENCES; repeat += 1) {
    const reference = lossReference(setting, next);
    for (let day = 0; day < WINDOWS_EACH; day += 1) {
      const rows = lossRows(setting, next, { from: setting.days + day, days: 1, far: setting.moved });
      for (const { metric, value, standardError } of estimateLosses(reference, rows, everyRow(rows))) {
        const tally = found.get(metric);
        if (tally === undefined || value === null || standardError === null) continue;
        const { interval } = estimateBand({ definition, reference: reference as ReferenceProfile }, { metric, value, standardError });
        const truth = realised(metric, rows);
        tally.pairs.push({ ...interval, realised: truth });
        tally.error += Math.abs(value - truth);
      }
    }
  }
  return found;
}

describe('bands of errors estimated by a loss model, without concept drift', () => {
  test.each(settings)('$name', (setting) => {
    const found = coverages(setting);

    for (const [metric, { pairs, error }] of found) {
      const { bands, share, interval } = bandCoverage(pairs);
      const percent = (part: number | undefined | null) => ((part ?? 0) * 100).toFixed(1);
      console.log(
        `${setting.name}, ${metric}: ${bands} bands, ${percent(share)} % (${percent(interval?.lower)} to ${percent(interval?.upper)}), mean |estimated − realised| ${(error / bands).toFixed(3)}`,
      );
      expect(bands).toBe(REFERENCES * WINDOWS_EACH);
      expect(interval?.upper, `${metric} covers at least 93 %`).toBeGreaterThan(0.93);
      expect(interval?.lower, `${metric} covers at most 97 %`).toBeLessThan(0.97);
    }
  });
});

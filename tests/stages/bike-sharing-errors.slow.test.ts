import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { openModelRepository } from '../../pipelines/adapters/files/open-model-repository.ts';
import { openTrainingRuntime } from '../../pipelines/cli/open-training-runtime.ts';
import { numericProfile } from '../../pipelines/core/profile/numeric-profile.ts';
import { specifyInitialTraining } from '../../pipelines/core/registry/specify-training.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import { SCORE_COLUMN, type WindowProfile } from '../../pipelines/core/schema/window-profile.ts';
import { estimatedPerformance } from '../../pipelines/core/signals/estimated-performance.ts';
import { bandCoverage, type EstimatedAndRealised } from '../../pipelines/core/statistics/estimation/band-coverage.ts';
import { shelve, trainAndJudge } from '../../pipelines/stages/backtest-workshop.ts';
import { openMemoryRepository } from '../../pipelines/stages/memory-repository.ts';

const DATA = resolve(import.meta.dirname, '../../../shared/data');
const START = '2011-01-01T00:00:00Z';
const DAY = 86_400;
const HELD_OUT = 28;

/** A new version every four weeks, each held against the four weeks after it: real windows, real weather, real growth. */
test.skipIf(!existsSync(join(DATA, 'bike-sharing', 'log.csv.gz')))(
  'how often bands of estimated errors hold the weeks of a real log',
  { timeout: 120_000 },
  async () => {
    const definition = await openModelRepository(resolve(import.meta.dirname, '../bench/real-logs')).definition('bike-sharing');
    const log = await openDuckDbLog({ definition, dataRoot: DATA, memoryLimit: '512MB' });
    const workshop = { definition, log, runtime: await openTrainingRuntime(definition), stopwatch: () => 0, note: () => undefined };
    const trusted: EstimatedAndRealised[] = [];
    const explained: EstimatedAndRealised[] = [];
    let doubted = 0;

    for (let day = 120; day + HELD_OUT + 28 <= 731; day += 28) {
      const heldOut = { start: addSeconds(START, day * DAY), end: addSeconds(START, (day + HELD_OUT) * DAY) };
      const asOf = addSeconds(heldOut.end, DAY);
      const range = { start: START, end: heldOut.start };
      const repository = openMemoryRepository(definition);
      const spec = specifyInitialTraining({ definition, version: 'v1', decision: 'test', asOf, range, heldOut });
      const { files } = await trainAndJudge(workshop, repository, spec);
      const predictor = await shelve(workshop, repository, { version: 'v1', files });
      const reference = ReferenceProfile.parse(JSON.parse(new TextDecoder().decode(files['reference.json'])));
      const grid = reference.grids[SCORE_COLUMN];
      if (grid === undefined) throw new RangeError('a regression has a grid of its answers');
      for (let week = 0; week < 4; week += 1) {
        const window = { start: addSeconds(heldOut.end, 7 * week * DAY), end: addSeconds(heldOut.end, 7 * (week + 1) * DAY) };
        const rows = await log.rows({ range: window, asOf: addSeconds(window.end, DAY), limit: 20_000, labelledOnly: false });
        const answers = await predictor.predict(rows);
        const pooledRows = { ...rows, ...answers, versions: rows.ids.map(() => 'v1') };
        const columns = { [SCORE_COLUMN]: numericProfile(answers.scores, grid) };
        const profile: WindowProfile = { ...reference.profile, window, rows: rows.ids.length, versions: { v1: rows.ids.length }, columns };
        const [signal] = estimatedPerformance({ definition, reference, profile, pooledRows, trailingCubes: [], cycle: [] }, []);
        const errors = answers.scores.map((score, row) => Math.abs(score - (rows.labels[row] ?? Number.NaN)));
        const realised = errors.reduce((sum, error) => sum + error, 0) / errors.length;
        if (signal?.interval == null || signal.status === 'insufficient-data') doubted += 1;
        else {
          trusted.push({ ...signal.interval, realised });
          const interval = signal.estimates?.metrics.find(({ metric }) => metric === 'rSquared')?.interval;
          if (interval != null) explained.push({ ...interval, realised: rSquaredOf(rows.labels, answers.scores) });
        }
      }
      predictor.dispose();
    }
    log.close();

    const { covered, bands, interval } = bandCoverage(trusted);
    const worse = trusted.filter(({ upper, realised }) => realised > upper).length;
    const percent = (part: number | undefined) => ((part ?? 0) * 100).toFixed(0);
    console.log(
      `bike-sharing: bands of the mean absolute error held ${covered} of ${bands} weeks (${percent(interval?.lower)} to ${percent(interval?.upper)} %), ${worse} were worse than their band; ${doubted} more were not trusted`,
    );
    const ofR = bandCoverage(explained);
    console.log(
      `bike-sharing: bands of R² held ${ofR.covered} of ${ofR.bands} weeks (${percent(ofR.interval?.lower)} to ${percent(ofR.interval?.upper)} %)`,
    );
    expect(ofR.bands).toBe(bands);
    expect(ofR.interval?.upper).toBeGreaterThan(0.95);
    expect(bands + doubted).toBe(80);
    expect(bands).toBeGreaterThan(30);
    expect(interval?.upper).toBeGreaterThan(0.95);
  },
);

function rSquaredOf(labels: Float64Array, answers: Float64Array): number {
  const mean = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const around = labels.reduce((sum, label) => sum + (label - mean) ** 2, 0);
  return 1 - labels.reduce((sum, label, row) => sum + (label - (answers[row] ?? 0)) ** 2, 0) / around;
}

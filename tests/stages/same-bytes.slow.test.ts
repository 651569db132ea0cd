import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { canonicalLine } from '../../pipelines/core/digest/canonical-json.ts';
import { digestText } from '../../pipelines/core/digest/sha256.ts';
import { buildReference } from '../../pipelines/core/profile/build-reference.ts';
import { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { windowsBetween } from '../../pipelines/core/schema/window.ts';
import { watchModel } from '../../pipelines/stages/watch.ts';
import { MemoryArtifacts } from '../fakes/memory-artifacts.ts';
import { versionOf, watchedState } from '../fakes/policy-world.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const present = existsSync(DATA);
if (!present) console.warn('SKIPPED: the real logs of ../shared/data are not here; whether threads change a report was not looked at');

const WEEK = 7 * 86_400;
const RANGE = { start: '2015-01-05T00:00:00Z', end: '2015-06-29T00:00:00Z' };
const AS_OF = '2015-10-05T00:00:00Z';
const path = 'acs-employment-ma/log.csv.gz';
const columns = [
  { name: 'AGEP', kind: 'numeric' },
  { name: 'SCHL', kind: 'numeric' },
  { name: 'RELP', kind: 'categorical' },
  { name: 'ESP', kind: 'categorical' },
  { name: 'SEX', kind: 'categorical', role: 'protected' },
];
const DEFINITION = ModelDefinition.parse({
  schemaVersion: 1,
  name: 'employment',
  task: 'binary',
  objective: 'Tell who is employed.',
  owner: 'testers',
  stakeholders: ['testers'],
  successMetrics: [{ metric: 'rocAuc', target: 0.8, why: 'test' }],
  columns: columns.map((column) => ({ ...column, required: false })),
  logs: { format: 'csv', path, columns: { id: 'id', timestamp: 'ts', score: 'score' } },
  labels: { format: 'csv', path, columns: { id: 'id', label: 'label' }, positive: '1', negative: '0', delay: 'P1D' },
  monitoring: { window: 'P7D', performanceWindows: 4, sampleRows: 3000 },
  gate: { rules: [] },
});

/** Everything that a watch of a quarter leaves behind, as one digest. */
async function watchQuarter(threads: number): Promise<{ digest: string; signals: number; profiles: number }> {
  const log = await openDuckDbLog({ definition: DEFINITION, dataRoot: DATA, threads });
  try {
    const weeks = windowsBetween(RANGE, WEEK);
    const grids = await log.learnGrids(RANGE, AS_OF);
    const [windows, cubes] = [await log.profile(weeks, grids, AS_OF), await log.cubes(weeks, AS_OF)];
    const reference = buildReference({ definition: DEFINITION, version: 'v1', range: RANGE, windowSeconds: WEEK, windows, grids, cubes });
    const artifacts = new MemoryArtifacts();
    const deployment = { schemaVersion: 1 as const, model: 'employment', production: 'v1', fallback: null };
    const championVersion = versionOf('v1', RANGE.start);
    const world = { definition: DEFINITION, deployment, reference, championVersion, state: watchedState(), log, labels: log, artifacts };
    const { report, summaries } = await watchModel({ ...world, asOf: AS_OF });
    const signals = report.windows.reduce((sum, window) => sum + window.signals.length, 0);
    return { digest: digestText(canonicalLine({ reference, report, summaries })), signals, profiles: summaries.length };
  } finally {
    log.close();
  }
}

test.skipIf(!present)('a watch leaves the same bytes however many threads read, and at every run', { timeout: 300_000 }, async () => {
  const first = await watchQuarter(1);
  const others = [await watchQuarter(1), await watchQuarter(2), await watchQuarter(4)];

  expect(first.profiles).toBe(14);
  expect(first.signals).toBeGreaterThan(14 * 10);
  expect(others.map(({ digest }) => digest)).toEqual([first.digest, first.digest, first.digest]);
});

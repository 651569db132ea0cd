import { beforeAll, describe, expect, test } from 'vitest';
import { specifyInitialTraining } from '../../pipelines/core/registry/specify-training.ts';
import type { PredictionLog } from '../../pipelines/ports/prediction-log.ts';
import { checkServing, servingLoader, servingReader } from '../../pipelines/stages/check-serving.ts';
import { makeVersion } from '../../pipelines/stages/make-version.ts';
import { IncomeRuntime } from '../fakes/income-runtime.ts';
import { MemoryLog } from '../fakes/memory-log.ts';
import { MemoryRepository } from '../fakes/memory-repository.ts';
import { bytesOf, day, driftingLog, gatedDefinition } from '../fakes/version-world.ts';

const runtime = new IncomeRuntime();
const definition = gatedDefinition({
  logs: { format: 'csv', path: 'p.csv', columns: { id: 'id', timestamp: 'ts', score: 'score', modelVersion: 'version' } },
});
const log = driftingLog();
const window = { start: day(22), end: day(23) };
const asOf = day(24);

/** The day's rows as v1 answers them; `served` changes the income that the service saw, not the one that was logged. */
async function servedLog(
  repository: MemoryRepository,
  served: (income: number, row: number) => number = (income) => income,
): Promise<MemoryLog> {
  const { predictor } = await servingLoader(repository, 'loan', (model) => runtime.load(model))('v1');
  const rows = await log.rows({ range: window, asOf, limit: 1000, labelledOnly: false });
  const income = Float64Array.from(rows.numeric['income'] ?? [], served);
  const { scores } = await predictor.predict({ ...rows, numeric: { ...rows.numeric, income } });
  const own = new MemoryLog();
  own.add(
    log.rowsHeld
      .filter(({ at }) => at >= window.start && at < window.end)
      .map((row) => ({ ...row, version: 'v1', score: scores[rows.ids.indexOf(row.id)] ?? Number.NaN })),
  );
  return own;
}

describe('checkServing', () => {
  let repository: MemoryRepository;

  beforeAll(async () => {
    const ranges = { range: { start: day(0), end: day(14) }, heldOut: { start: day(14), end: day(21) } };
    const spec = specifyInitialTraining({ definition, version: 'v1', decision: 'd1', asOf: day(22), ...ranges });
    const empty = new MemoryRepository(definition);
    const task = { definition, specBytes: bytesOf(spec), repository: empty, log, runtime, stopwatch: () => 0, note: () => {} };
    repository = empty.withVersion('v1', (await makeVersion(task)).files);
  });

  const check = (own: PredictionLog, from = repository) =>
    checkServing({ definition, log: own, champion: 'v1', window, asOf, load: servingLoader(from, 'loan', (model) => runtime.load(model)) });

  test('finds nothing where the logged features are those that were served', async () => {
    const { check: found, encodings } = await check(await servedLog(repository));

    expect(found).toMatchObject({ rows: 160, mismatched: 0, versionsNamed: true, problem: null });
    expect(found.largest).toBeLessThan(1e-6);
    expect(encodings.map(({ column }) => column)).toContain('income');
  });

  test('counts the rows whose service saw another income than the log', async () => {
    const own = await servedLog(repository, (income, row) => (row % 4 === 0 ? income * 1.5 : income));

    const { check: found } = await check(own);

    expect(found.rows).toBe(160);
    expect(found.mismatched).toBe(40);
  });

  test('leaves out rows of another version, and says that a log names none', async () => {
    const own = await servedLog(repository);
    const others = new MemoryLog();
    others.add(
      own.rowsHeld.map((row, index) => ({ ...row, version: index % 2 === 0 ? 'v0' : 'v1', score: index % 2 === 0 ? 0.123 : row.score })),
    );
    const nameless = new MemoryLog();
    nameless.add(own.rowsHeld.map((row) => ({ ...row, version: null })));

    expect((await check(others)).check).toMatchObject({ rows: 80, mismatched: 0 });
    expect((await check(nameless)).check).toMatchObject({ rows: 160, versionsNamed: false });
  });

  test('a version whose bytes are missing is an outcome', async () => {
    const { check: found, encodings } = await check(await servedLog(repository), new MemoryRepository(definition));

    expect(found.problem).toContain('missing');
    expect(encodings).toEqual([]);
  });

  test('only the newest window is answered again, and nothing is read without one', async () => {
    const own = await servedLog(repository);
    const deployment = { schemaVersion: 1 as const, model: 'loan', production: 'v1', fallback: null };
    const serving = servingLoader(repository, 'loan', (model) => runtime.load(model));
    const input = { definition, deployment, log: own, asOf, serving };

    const part = await servingReader(input, window);
    const none = await servingReader(input, undefined);

    expect(part(window).serving?.rows).toBe(160);
    expect(part({ start: day(21), end: day(22) })).toMatchObject({ serving: null });
    expect(none(window)).toEqual({});
  });
});

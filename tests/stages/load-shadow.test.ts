import { beforeAll, describe, expect, test } from 'vitest';
import { specifyInitialTraining } from '../../pipelines/core/registry/specify-training.ts';
import { shadowLoader } from '../../pipelines/stages/load-shadow.ts';
import { makeVersion } from '../../pipelines/stages/make-version.ts';
import { IncomeRuntime } from '../fakes/income-runtime.ts';
import { MemoryRepository } from '../fakes/memory-repository.ts';
import { bytesOf, day, driftingLog, gatedDefinition } from '../fakes/version-world.ts';

const runtime = new IncomeRuntime();
const log = driftingLog();
const rows = await log.rows({ range: { start: day(14), end: day(21) }, asOf: day(30), limit: 100, labelledOnly: true });

describe('shadowLoader', () => {
  let repository: MemoryRepository;

  beforeAll(async () => {
    const definition = gatedDefinition();
    const ranges = { range: { start: day(0), end: day(14) }, heldOut: { start: day(14), end: day(21) } };
    const spec = specifyInitialTraining({ definition, version: 'v1', decision: 'd1', asOf: day(22), ...ranges });
    const empty = new MemoryRepository(definition);
    const task = { definition, specBytes: bytesOf(spec), repository: empty, log, runtime, stopwatch: () => 0, note: () => {} };
    repository = empty.withVersion('v1', (await makeVersion(task)).files);
  });

  function loaderOf(from: MemoryRepository) {
    return shadowLoader(from, 'loan', (model) => runtime.load(model));
  }

  test('scores with the bytes of the version', async () => {
    const predictor = await loaderOf(repository)('v1');

    const { scores } = await predictor.predict(rows);

    expect(new Set(scores).size).toBeGreaterThan(3);
    expect(scores.every((score) => score > 0 && score < 1)).toBe(true);
  });

  test('reads nothing before a version is asked for', async () => {
    const asked: string[] = [];
    const watched: MemoryRepository = Object.assign(Object.create(repository) as MemoryRepository, {
      versionFile: (model: string, version: string, file: string) => {
        asked.push(file);
        return repository.versionFile(model, version, file);
      },
    });

    const load = loaderOf(watched);
    const before = asked.length;
    await load('v1');

    expect(before).toBe(0);
    expect(asked).toContain('weights.bin');
  });

  test('refuses a version that is not there, and bytes that the manifest does not bind', async () => {
    const forged = repository.withFile('v1', 'weights.bin', new Uint8Array(new Float32Array(10).fill(0.5).buffer));

    await expect(loaderOf(repository)('v7')).rejects.toMatchObject({ code: 'VERSION_FILE_MISSING' });
    await expect(loaderOf(forged)('v1')).rejects.toMatchObject({ code: 'VERSION_FILE_INVALID' });
  });
});

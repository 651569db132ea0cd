import { beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../pipelines/core/errors/user-error.ts';
import { historyStartOf } from '../../pipelines/core/registry/spec-checks.ts';
import { specifyInitialTraining, specifyRecalibration } from '../../pipelines/core/registry/specify-training.ts';
import type { VersionFiles } from '../../pipelines/core/registry/version-manifest.ts';
import { versionManifest } from '../../pipelines/core/registry/version-manifest.ts';
import { EvaluationReport } from '../../pipelines/core/schema/evaluation-report.ts';
import { ModelArtifact } from '../../pipelines/core/schema/model-artifact.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import type { TrainingSpec } from '../../pipelines/core/schema/training-spec.ts';
import type { MemoryLog } from '../fakes/memory-log.ts';
import type { MemoryRepository as Repository } from '../fakes/memory-repository.ts';
import { MemoryRepository } from '../fakes/memory-repository.ts';
import { bytesOf, day, driftingLog, gate, gatedDefinition, START, textOf, trainVersion } from '../fakes/version-world.ts';

const json = (files: VersionFiles | undefined, name: string): unknown => JSON.parse(textOf(files?.[name]));

const definitionWith = (minimumImprovement: number): ModelDefinition =>
  gatedDefinition({
    monitoring: { minimumLabels: 200, performance: { metric: 'logLoss', toleratedDrop: 0.01 } },
    gate: {
      rules: [
        { kind: 'relative', metric: 'rocAuc', minimumImprovement: 0.01 },
        { kind: 'relative', metric: 'logLoss', minimumImprovement },
      ],
      bootstrapReplicates: 100,
    },
  });

/** A base where v1 serves. */
async function served(log: MemoryLog, definition: ModelDefinition): Promise<Repository> {
  const empty = new MemoryRepository(definition);
  const ranges = { range: { start: START, end: day(21) }, heldOut: { start: day(21), end: day(28) } };
  const v1 = specifyInitialTraining({ definition, version: 'v1', decision: 'by hand', asOf: day(29), ...ranges });
  return empty.withVersion('v1', await trainVersion(log, empty, v1)).withProduction('v1');
}

function recalibrationOf(base: Repository): TrainingSpec {
  return specifyRecalibration({
    definition: base.held,
    champion: ModelVersion.parse(json(base.folders['v1'], 'version.json')),
    version: 'v2',
    decision: 'd2',
    asOf: day(56),
    historyStart: START,
    labelledUntil: day(55),
  });
}

describe('a recalibrated version', () => {
  const log = driftingLog(120);
  let base: Repository;
  let head: Repository;
  let spec: TrainingSpec;

  beforeAll(async () => {
    base = await served(log, definitionWith(-0.01));
    spec = recalibrationOf(base);
    head = base.withVersion('v2', await trainVersion(log, base, spec)).withProduction('v2');
  });

  test('keeps the weights of the champion byte for byte and puts a curve over its scores', () => {
    const [before, after] = [base.folders['v1'], head.folders['v2']];

    const { calibration, ...bare } = ModelArtifact.parse(json(after, 'model.json'));

    expect(after?.['weights.bin']).toEqual(before?.['weights.bin']);
    expect(bare).toEqual(json(before, 'model.json'));
    expect(calibration).toBeDefined();
  });

  test('is fitted before the rows that judge it, and leaves AUC as it is while log loss gains', () => {
    const report = EvaluationReport.parse(json(head.folders['v2'], 'evaluation-report.json'));
    const gained = (metric: string) => report.comparisons.find((each) => each.metric === metric);

    expect(spec.challengers).toEqual([{ name: 'recalibrated', range: { start: day(34), end: day(48) } }]);
    expect(report.challengers.map(({ name, trainedOn }) => [name, trainedOn?.range])).toEqual([
      ['recalibrated', { start: day(34), end: day(48) }],
    ]);
    expect(gained('rocAuc')).toMatchObject({ improvement: 0, interval: { lower: 0, upper: 0 } });
    expect(gained('logLoss')?.interval?.lower).toBeGreaterThan(0.01);
  });

  test('says in its card whose weights it keeps', () => {
    const card = textOf(head.folders['v2']?.['model-card.md']);

    expect(card).toContain('Recalibrated: the weights are those of v1, byte for byte; only a curve over its scores is new');
    expect(card).not.toContain('Settings: epochs');
  });

  test('leaves its successors the history that its champion learnt from', () => {
    expect(historyStartOf(spec)).toBe(START);
  });

  test('is made again by the gate, which passes it though its rule asks AUC for a gain', async () => {
    const { verdict } = await gate({ base, head }, log);

    expect(verdict.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(verdict.verdict).toBe('pass');
    expect(verdict.checks.find(({ metric, name }) => metric === 'logLoss' && name.includes('gained'))?.expected).toBe(1e-4);
  });

  test('with a curve that its rows do not give is refused', async () => {
    const files = head.folders['v2'] ?? {};
    const { calibration: _, ...bare } = ModelArtifact.parse(json(files, 'model.json'));
    const bent = { ...bare, calibration: { method: 'logistic', slope: 0.9, intercept: -0.4 } };
    const forged = { ...files, 'model.json': bytesOf(bent) };
    const whole = { ...forged, 'version.json': bytesOf(versionManifest(spec, forged)) };

    const { verdict } = await gate({ base, head: base.withVersion('v2', whole).withProduction('v2') }, log);

    expect(verdict.verdict).toBe('fail');
    expect(verdict.checks.find(({ passed, name }) => !passed && name.includes('training by the spec'))).toBeDefined();
  });

  test('of other bytes than the champion’s is not made', async () => {
    const forged = { ...spec, recalibrate: { artifact: `sha256:${'0'.repeat(64)}`, historyStart: START } };

    await expect(trainVersion(log, base, forged)).rejects.toThrow(UserError);
  });
});

test('a curve that brings nothing is refused, though a rule of model.yml would let it pass', async () => {
  const log = driftingLog(0);
  const base = await served(log, definitionWith(-0.05));
  const head = base.withVersion('v2', await trainVersion(log, base, recalibrationOf(base))).withProduction('v2');

  const { verdict } = await gate({ base, head }, log);

  expect(verdict.verdict).toBe('fail');
  expect(verdict.checks.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual(['Log-loss gained on the champion, lower bound']);
});

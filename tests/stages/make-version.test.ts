import { beforeAll, describe, expect, test } from 'vitest';
import { verifyVersion } from '../../pipelines/core/registry/verify-version.ts';
import { EvaluationReport } from '../../pipelines/core/schema/evaluation-report.ts';
import { ModelArtifact } from '../../pipelines/core/schema/model-artifact.ts';
import { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import { TrainingSpec } from '../../pipelines/core/schema/training-spec.ts';
import type { MemoryRepository } from '../fakes/memory-repository.ts';
import { bytesOf, day, driftingLog, gatedDefinition, retrainedBranches, START, textOf, trainVersion } from '../fakes/version-world.ts';

const log = driftingLog();
const definition = gatedDefinition();
let head: MemoryRepository;
let base: MemoryRepository;

beforeAll(async () => {
  ({ base, head } = await retrainedBranches(log, definition));
});

function fileOf(version: string, name: string): Uint8Array {
  return head.folders[version]?.[name] ?? new Uint8Array();
}

const json = (version: string, name: string): unknown => JSON.parse(textOf(fileOf(version, name)));
const reportOf = (version: string) => EvaluationReport.parse(json(version, 'evaluation-report.json'));

describe('a made version', () => {
  test('consists of seven files, all bound by its manifest', () => {
    const manifest = ModelVersion.parse(json('v2', 'version.json'));

    const problems = verifyVersion(manifest, head.folders['v2'] ?? {});

    expect(Object.keys(head.folders['v2'] ?? {}).sort()).toEqual([
      'evaluation-report.json',
      'model-card.md',
      'model.json',
      'reference.json',
      'training-spec.json',
      'version.json',
      'weights.bin',
    ]);
    expect(problems).toEqual([]);
    expect(manifest).toMatchObject({ version: 'v2', parent: 'v1', createdAt: day(56), trainedUntil: day(48) });
  });

  test('judges champion and challengers on the newest labelled week, which nobody was trained on', () => {
    const report = reportOf('v2');

    const contenders = [report.baseline, ...(report.champion === null ? [] : [report.champion]), ...report.challengers];
    expect(report.heldOut.range).toEqual({ start: day(48), end: day(55) });
    expect(report.heldOut.rows).toBe(7 * 160);
    expect(contenders.map(({ name }) => name)).toEqual(['baseline', 'champion', 'all-history', 'recent-window']);
    expect(contenders.every(({ trainedOn }) => trainedOn !== null && trainedOn.range.end <= report.heldOut.range.start)).toBe(true);
    expect(contenders.every(({ metrics }) => metrics.every(({ sampleSize }) => sampleSize === report.heldOut.rows))).toBe(true);
  });

  test('gains on the champion where the level has shifted', () => {
    const report = reportOf('v2');

    const gain = report.comparisons.find(({ challenger, metric }) => challenger === report.selected && metric === 'logLoss');
    expect(gain?.interval?.lower).toBeGreaterThan(0);
    expect(gain?.interval?.level).toBeCloseTo(0.975);
  });

  test('takes as reference the held-out range as it scores it itself', () => {
    const reference = ReferenceProfile.parse(json('v2', 'reference.json'));
    const report = reportOf('v2');
    const selected = report.challengers.find(({ name }) => name === report.selected);

    const [promised, measured] = [reference.promise, selected?.metrics ?? []].map((metrics) =>
      metrics.find(({ metric }) => metric === 'accuracy'),
    );

    expect(reference.range).toEqual(report.heldOut.range);
    expect(reference.profile.versions).toEqual({ v2: 7 * 160 });
    expect(reference.labels.labelled).toBe(7 * 160);
    expect(promised?.value).toBe(measured?.value);
    expect(reference.grids).toEqual(ReferenceProfile.parse(json('v1', 'reference.json')).grids);
  });

  test('has a model card with the nine headings and the measured figures', () => {
    const card = textOf(fileOf('v2', 'model-card.md'));

    expect([...card.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
      'Model Details',
      'Intended Use',
      'Factors',
      'Metrics',
      'Evaluation Data',
      'Training Data',
      'Quantitative Analyses',
      'Ethical Considerations',
      'Caveats and Recommendations',
    ]);
    const area = reportOf('v2').champion?.metrics.find(({ metric }) => metric === 'rocAuc')?.value ?? Number.NaN;
    expect(card).toContain(`| champion v1 | rocAuc | ${area.toFixed(4)} |`);
  });

  test('has the same artifact when made again', async () => {
    const spec = TrainingSpec.parse(json('v2', 'training-spec.json'));

    const again = await trainVersion(log, base, spec);

    expect(again['weights.bin']).toEqual(fileOf('v2', 'weights.bin'));
    expect(again['reference.json']).toEqual(fileOf('v2', 'reference.json'));
    expect(ModelArtifact.parse(JSON.parse(textOf(again['model.json'])))).toEqual(json('v2', 'model.json'));
  });

  test('does not see labels that arrive after the moment of its spec', async () => {
    const spec = TrainingSpec.parse(json('v2', 'training-spec.json'));
    const late = driftingLog();
    late.rowsHeld.splice(
      0,
      late.rowsHeld.length,
      ...late.rowsHeld.map((row, index) => (index % 2 === 0 ? row : { ...row, labelAfter: 90 * 86_400 })),
    );

    const files = await trainVersion(late, base, spec);

    const report = EvaluationReport.parse(JSON.parse(textOf(files['evaluation-report.json'])));
    expect(report.heldOut.rows).toBe((7 * 160) / 2);
  });

  test('keeps the training spec byte by byte', () => {
    const spec = TrainingSpec.parse(json('v2', 'training-spec.json'));

    expect(fileOf('v2', 'training-spec.json')).toEqual(bytesOf(spec));
  });
});

describe('a training spec is refused', () => {
  test.each([
    [
      'when a challenger would see held-out rows',
      { challengers: [{ name: 'all-history', range: { start: START, end: day(50) } }] },
      'TRAINING_SPEC_INVALID',
    ],
    ['for another model', { model: 'mortgage' }, 'TRAINING_SPEC_INVALID'],
    ['when its champion is not there', { champion: 'v9' }, 'VERSION_FILE_MISSING'],
    ['with a key that nobody knows', { surprise: 1 }, 'VERSION_FILE_INVALID'],
  ])('%s', async (_, changes, code) => {
    const spec = { ...(json('v2', 'training-spec.json') as TrainingSpec), ...changes };

    await expect(trainVersion(log, base, spec as TrainingSpec)).rejects.toMatchObject({ code });
  });
});

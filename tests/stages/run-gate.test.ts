import { beforeAll, describe, expect, test } from 'vitest';
import { digestText } from '../../pipelines/core/digest/sha256.ts';
import { versionManifest } from '../../pipelines/core/registry/version-manifest.ts';
import type { Digest } from '../../pipelines/core/schema/digest.ts';
import { GateVerdict } from '../../pipelines/core/schema/gate-verdict.ts';
import { ModelVersion } from '../../pipelines/core/schema/model-version.ts';
import { TrainingSpec } from '../../pipelines/core/schema/training-spec.ts';
import type { GateTask } from '../../pipelines/stages/gate-task.ts';
import { loansOf, MemoryLog } from '../fakes/memory-log.ts';
import type { MemoryRepository } from '../fakes/memory-repository.ts';
import {
  bytesOf,
  day,
  driftingLog,
  gate,
  gatedDefinition,
  retrainedBranches,
  START,
  textOf,
  trainVersion,
} from '../fakes/version-world.ts';

const log = driftingLog();
const definition = gatedDefinition();
let base: MemoryRepository;
let head: MemoryRepository;

beforeAll(async () => {
  ({ base, head } = await retrainedBranches(log, definition));
});

async function verdictOf(branches: Pick<GateTask, 'base' | 'head'>, changes: Partial<GateTask> = {}): Promise<GateVerdict> {
  return (await gate(branches, log, changes)).verdict;
}

const failures = ({ checks }: GateVerdict) => checks.filter(({ passed }) => !passed).map(({ name }) => name);
const fileOf = (name: string) => head.folders['v2']?.[name] ?? new Uint8Array();
const specOf = () => TrainingSpec.parse(JSON.parse(textOf(fileOf('training-spec.json'))));

/** The head branch with files of v2 replaced and version.json made to fit, as someone who wants to deceive would. */
function forged(files: Readonly<Record<string, Uint8Array>>): MemoryRepository {
  const all = { ...head.folders['v2'], ...files };
  const spec = TrainingSpec.parse(JSON.parse(textOf(all['training-spec.json'])));
  return head.withVersion('v2', { ...all, 'version.json': bytesOf(versionManifest(spec, all)) });
}

/** The committed evaluation report with changes. */
function reportWith(changes: Readonly<Record<string, unknown>>): Uint8Array {
  return bytesOf({ ...JSON.parse(textOf(fileOf('evaluation-report.json'))), ...changes });
}

describe('the gate', () => {
  test('passes a challenger that gains, and binds the verdict to what was judged', async () => {
    const { verdict, report } = await gate({ base, head }, log);

    expect(failures(verdict)).toEqual([]);
    expect(verdict.verdict).toBe('pass');
    expect(verdict.judgedAt).toBe(day(56));
    expect(verdict.evidence.data).toBe(report?.heldOut.digest);
    expect(verdict.evidence.challenger).not.toBe(verdict.evidence.champion);
  });

  test('measures what training measured', async () => {
    const { report } = await gate({ base, head }, log);

    const committed = JSON.parse(textOf(fileOf('evaluation-report.json')));
    expect(report?.champion?.metrics).toEqual(committed.champion.metrics);
    const metricsOf = (contenders: readonly { readonly metrics: unknown }[]) => contenders.map(({ metrics }) => metrics);
    expect(metricsOf(report?.challengers ?? [])).toEqual(metricsOf(committed.challengers));
    expect(report?.comparisons).toEqual(committed.comparisons);
  });

  test('gives the same verdict twice, and other evidence for other code', async () => {
    const first = await verdictOf({ base, head });

    const [again, other] = [await verdictOf({ base, head }), await verdictOf({ base, head }, { code: `sha256:${'1'.repeat(64)}` })];

    expect(again).toEqual(first);
    expect(other.evidenceDigest).not.toBe(first.evidenceDigest);
  });

  test('fails the champion put forward as its own challenger: no gain', async () => {
    const copied = { 'model.json': base.folders['v1']?.['model.json'], 'weights.bin': base.folders['v1']?.['weights.bin'] } as Record<
      string,
      Uint8Array
    >;

    const verdict = await verdictOf({ base, head: forged(copied) });

    expect(verdict.verdict).toBe('fail');
    expect(failures(verdict)).toContain('the challenger is another model than the champion');
  });

  test('does not believe a report that boasts', async () => {
    const boast = {
      challengers: JSON.parse(textOf(fileOf('evaluation-report.json')).replaceAll(/"value": 0\.\d+/g, '"value": 0.99')).challengers,
    };
    const weak = new Float32Array(fileOf('weights.bin').byteLength / 4).fill(0);

    const { verdict, report } = await gate(
      { base, head: forged({ 'weights.bin': new Uint8Array(weak.buffer), 'evaluation-report.json': reportWith(boast) }) },
      log,
    );

    expect(verdict.verdict).toBe('fail');
    expect(report?.challengers[0]?.metrics[0]?.value).toBe(0.5);
    expect(failures(verdict)).toContain('AUC of the challenger');
  });
});

describe('the gate fails', () => {
  const lazySpec = (changes: Partial<TrainingSpec>) => forged({ 'training-spec.json': bytesOf({ ...specOf(), ...changes }) });

  test.each<[string, () => Pick<GateTask, 'base' | 'head'> & { changes?: Partial<GateTask> }, string]>([
    [
      'a flipped bit of the weights',
      () => ({
        base,
        head: head.withFile(
          'v2',
          'weights.bin',
          fileOf('weights.bin').map((byte, at) => (at === 0 ? byte ^ 1 : byte)),
        ),
      }),
      'the bytes are those that version.json binds',
    ],
    [
      'a changed model card',
      () => ({ base, head: head.withFile('v2', 'model-card.md', bytesOf('better')) }),
      'the bytes are those that version.json binds',
    ],
    [
      'a champion whose bytes were changed',
      () => ({
        base: base
          .withFile('v1', 'reference.json', (base.folders['v1']?.['reference.json'] ?? new Uint8Array()).slice())
          .withFile('v1', 'model-card.md', bytesOf('worse')),
        head,
      }),
      'the bytes of v1 on the base branch are intact',
    ],
    [
      'rules loosened on the branch',
      () => ({
        base,
        head: head.withDefinition(gatedDefinition({ gate: { rules: [{ kind: 'absolute', metric: 'rocAuc', operator: '>=', value: 0 }] } })),
      }),
      'model.yml is that of the base branch',
    ],
    [
      'another changed file',
      () => ({ base, head, changes: { changedFiles: ['models/loan/deployment.yml', 'package.json'] } }),
      'nothing else is changed',
    ],
    [
      'a training policy of its own',
      () => ({ base, head: lazySpec({ training: { ...definition.training, seed: 99 } }) }),
      'features and training policy are those of model.yml',
    ],
    [
      'old held-out rows',
      () => ({
        base,
        head: lazySpec({
          heldOut: { start: day(40), end: day(47) },
          challengers: [{ name: 'all-history', range: { start: START, end: day(40) } }],
        }),
      }),
      'the held-out rows are the newest labelled ones',
    ],
    ['a spec that is older than what it holds out', () => ({ base, head, changes: { judgedAt: day(64) } }), 'the spec is recent'],
    ['a spec from the future', () => ({ base, head, changes: { judgedAt: day(55) } }), 'the spec is not from the future'],
    [
      'another champion than the one that serves',
      () => ({ base, head: lazySpec({ champion: null }) }),
      'the spec challenges the champion that serves',
    ],
    [
      'a report on other held-out rows',
      () => ({
        base,
        head: forged({
          'evaluation-report.json': reportWith({
            heldOut: { ...JSON.parse(textOf(fileOf('evaluation-report.json'))).heldOut, digest: `sha256:${'2'.repeat(64)}` },
          }),
        }),
      }),
      'the held-out rows are those of the training run',
    ],
    [
      'training that saw held-out rows',
      () => ({
        base,
        head: lazySpec({
          challengers: [
            { name: 'all-history', range: { start: START, end: day(52) } },
            { name: 'recent-window', range: { start: day(34), end: day(52) } },
          ],
        }),
      }),
      `${'recent-window'} did not train on the held-out rows`,
    ],
  ])('%s', async (_, given, expected) => {
    const { changes, ...branches } = given();

    const verdict = await verdictOf(branches, changes);

    expect(verdict.verdict).toBe('fail');
    expect(failures(verdict).map((name) => name.replace('all-history', 'recent-window'))).toContain(expected);
  });
});

describe('the gate asks a person', () => {
  test('about a first version: there is no champion to compare with', async () => {
    const first = base.withProduction('v1');
    const nothing = new (first.constructor as typeof MemoryRepository)(definition);

    const verdict = await verdictOf({ base: nothing, head: first }, { judgedAt: day(30) });

    expect(verdict.verdict).toBe('needs-human');
    expect(failures(verdict)).toEqual([
      'the ranges of a first version are chosen by the base',
      'Log-loss gained on the champion, lower bound',
    ]);
  });

  test('when there are too few labels', async () => {
    const strict = gatedDefinition({ gate: { ...definition.gate, minimumLabels: 100_000 } });

    const verdict = await verdictOf({ base: base.withDefinition(strict), head: head.withDefinition(strict) });

    expect(verdict.verdict).toBe('needs-human');
    expect(failures(verdict)).toEqual(['labelled rows']);
  });
});

describe('a rollback', () => {
  const served = (...digests: readonly Digest[]) => ({ history: { promoted: async () => digests } });
  const digestOfV1 = () => ModelVersion.parse(JSON.parse(textOf(base.folders['v1']?.['version.json']))).artifactDigest;

  test('to a version that served passes without beating the champion', async () => {
    const branches = { base: head, head: head.withProduction('v1') };

    const { verdict, report } = await gate(branches, log, served(digestOfV1()));

    expect(verdict).toMatchObject({ verdict: 'pass', version: 'v1' });
    expect(GateVerdict.parse(verdict)).toEqual(verdict);
    expect(report).toBeNull();
  });

  test.each<[string, Partial<GateTask>]>([
    ['never served', served()],
    ['served with other bytes', served(digestText('other'))],
    ['may have served: the history is not there', {}],
  ])('to a version that %s fails', async (_, changes) => {
    const verdict = await verdictOf({ base: head, head: head.withProduction('v1') }, changes);

    expect(verdict.verdict).toBe('fail');
    expect(failures(verdict)).toEqual(['v1 was in production before']);
  });

  test('to other bytes fails', async () => {
    const swapped = head.withProduction('v1').withFile('v1', 'weights.bin', fileOf('weights.bin'));

    const verdict = await verdictOf({ base: head, head: swapped });

    expect(verdict.verdict).toBe('fail');
    expect(failures(verdict)).toContain('the version is the one on the base branch');
  });
});

test('nothing to judge when the branch deploys what serves already', async () => {
  await expect(gate({ base, head: base }, log)).rejects.toMatchObject({ code: 'GATE_NOTHING_TO_JUDGE' });
});

test('a challenger that brings no gain fails', async () => {
  const steady = new MemoryLog();
  for (let count = 0; count < 56; count += 1) steady.add(loansOf(day(count), { rows: 160, skill: 0.5 }));
  const branches = await retrainedBranches(steady, definition);

  const { verdict } = await gate(branches, steady);

  expect(verdict.verdict).toBe('fail');
  expect(failures(verdict)).toEqual(['Log-loss gained on the champion, lower bound']);
});

test('trained again by the same spec, a version passes again with the same challenger digest', async () => {
  const again = head.withVersion('v2', await trainVersion(log, base, specOf()));

  const [first, second] = [await verdictOf({ base, head }), await verdictOf({ base, head: again })];

  expect(second.evidence).toEqual(first.evidence);
});

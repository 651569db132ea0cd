import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeDigest } from '../../../pipelines/cli/code-digest.ts';
import type { Command } from '../../../pipelines/cli/command.ts';
import { gateCommand } from '../../../pipelines/cli/gate.ts';
import { trainCommand } from '../../../pipelines/cli/train.ts';
import { specifyInitialTraining, specifyTraining } from '../../../pipelines/core/registry/specify-training.ts';
import { GateVerdict } from '../../../pipelines/core/schema/gate-verdict.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { ModelVersion } from '../../../pipelines/core/schema/model-version.ts';
import type { TrainingSpec } from '../../../pipelines/core/schema/training-spec.ts';
import { bytesOf, day, driftingLog, gatedDefinition, START } from '../../fakes/version-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-train-'));
const [data, base, head] = ['data', 'base', 'head'].map((name) => join(folder, name)) as [string, string, string];
const timed = gatedDefinition({
  labels: {
    format: 'csv',
    path: 'labels.csv',
    columns: { id: 'id', label: 'bad', timestamp: 'at' },
    positive: '1',
    negative: '0',
    delay: 'P1D',
  },
});

beforeAll(async () => {
  mkdirSync(data, { recursive: true });
  const rows = driftingLog().rowsHeld;
  writeFileSync(
    join(data, 'predictions.csv'),
    ['id,ts,score,income,purpose', ...rows.map((row) => [row.id, row.at, row.score, row.income, row.purpose ?? ''].join())].join('\n'),
  );
  writeFileSync(
    join(data, 'labels.csv'),
    ['id,bad,at', ...rows.map((row) => [row.id, row.label, addSeconds(row.at, row.labelAfter)].join())].join('\n'),
  );
  mkdirSync(join(base, 'models/loan'), { recursive: true });
  writeFileSync(join(base, 'models/loan/model.yml'), JSON.stringify(timed));
  await train(
    base,
    specifyInitialTraining({
      definition: timed,
      version: 'v1',
      decision: 'd1',
      asOf: day(29),
      range: { start: START, end: day(21) },
      heldOut: { start: day(21), end: day(28) },
    }),
  );
  deploy(base, 'v1');
  cpSync(base, head, { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly code: number;
  readonly printed: string[];
}

async function run(
  command: Command,
  positionals: readonly string[],
  options: Readonly<Record<string, string | boolean>>,
  environment = { HOLDFAST_DATA_ROOT: data },
): Promise<Run> {
  const printed: string[] = [];
  const code = await command.run({
    positionals,
    options,
    environment,
    workingDirectory: folder,
    print: (line) => printed.push(line),
    note: () => {},
  });
  return { code, printed };
}

async function train(root: string, spec: TrainingSpec): Promise<Run> {
  const out = join(root, 'models/loan/versions', spec.version);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'training-spec.json'), bytesOf(spec));
  return run(trainCommand, ['loan'], { spec: join(out, 'training-spec.json'), out, root: base });
}

function deploy(root: string, version: string): void {
  writeFileSync(join(root, 'models/loan/deployment.yml'), `schemaVersion: 1\nmodel: loan\nproduction: ${version}\n`);
}

function nextSpec(): TrainingSpec {
  const champion = ModelVersion.parse(JSON.parse(readFileSync(join(base, 'models/loan/versions/v1/version.json'), 'utf8')));
  return specifyTraining({
    definition: timed,
    champion,
    version: 'v2',
    decision: 'd2',
    asOf: day(56),
    historyStart: START,
    labelledUntil: day(55),
  });
}

const judge = (options: Readonly<Record<string, string>> = {}) =>
  run(gateCommand, [], { head, base, out: join(folder, 'verdict.json'), ...options });

describe('train and gate, on files', () => {
  test('a branch that changes no deployment has nothing to judge and passes', async () => {
    const { code, printed } = await judge();

    expect(code).toBe(0);
    expect(printed.join()).toContain('nothing to judge');
  });

  test('a branch whose training spec has no version yet is not green', async () => {
    const waiting = join(head, 'models/loan/versions/v9');
    mkdirSync(waiting, { recursive: true });
    writeFileSync(join(waiting, 'training-spec.json'), '{}');

    const { code, printed } = await judge();

    rmSync(waiting, { recursive: true });
    expect(code).toBe(1);
    expect(printed.join()).toContain('loan v9 has a training spec and is not trained yet');
  });

  test('training prints the baseline first; the gate passes the version and writes its verdict', async () => {
    const trained = await train(head, nextSpec());
    deploy(head, 'v2');

    const judged = await judge();

    const verdict = GateVerdict.parse(JSON.parse(readFileSync(join(folder, 'verdict.json'), 'utf8')));
    expect(trained.printed[1]).toMatch(/^ {2}baseline +rocAuc 0\.5000/);
    expect(judged.printed.filter((line) => line.includes('FAIL'))).toEqual([]);
    expect(judged.code).toBe(0);
    expect(verdict.evidence.code).toBe(await codeDigest());
  });

  test('the gate fails a branch that changes other files', async () => {
    writeFileSync(join(folder, 'changed.txt'), 'models/loan/deployment.yml\n.github/workflows/gate.yml\n');

    const { code, printed } = await judge({ changed: 'changed.txt' });

    expect(code).toBe(1);
    expect(printed.filter((line) => line.includes('FAIL')).join()).toContain('gate.yml');
  });

  test.each([
    [
      'without the place of the logs',
      () =>
        run(
          trainCommand,
          ['loan'],
          { spec: join(head, 'models/loan/versions/v2/training-spec.json'), out: 'x', root: base },
          { HOLDFAST_DATA_ROOT: '' },
        ),
      'DATA_ROOT_UNKNOWN',
    ],
    ['without a spec', () => run(trainCommand, ['loan'], { spec: 'nowhere.json', out: 'x', root: base }), 'TRAINING_SPEC_MISSING'],
    ['without --out', () => run(trainCommand, ['loan'], { spec: 'x' }), 'OPTION_MISSING'],
    ['with a path as model', () => run(trainCommand, ['../loan'], {}), 'MODEL_NAME_INVALID'],
    ['with a moment that is none', () => judge({ 'as-of': 'yesterday' }), 'AS_OF_INVALID'],
  ])('%s they say what is missing', async (_, start, code) => {
    await expect(start()).rejects.toMatchObject({ code });
  });
});

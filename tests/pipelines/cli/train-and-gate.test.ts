import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeDigest } from '../../../pipelines/cli/code-digest.ts';
import { trainCommand } from '../../../pipelines/cli/train.ts';
import { GateVerdict } from '../../../pipelines/core/schema/gate-verdict.ts';
import { failuresOf, GateFolders } from '../../fakes/gate-folders.ts';

const folders = new GateFolders();
const { base, head } = folders;
beforeAll(() => folders.open());
afterAll(() => folders.close());

describe('train and gate, on files', () => {
  test('a branch whose training spec has no version yet is not green', async () => {
    const waiting = join(head, 'models/loan/versions/v9');
    mkdirSync(waiting, { recursive: true });
    writeFileSync(join(waiting, 'training-spec.json'), '{}');

    const { code, printed } = await folders.judge();

    rmSync(waiting, { recursive: true });
    expect(code).toBe(1);
    expect(printed.join()).toContain('loan v9 has a training spec and is not trained yet');
  });

  test('training prints the baseline first; the gate passes the version and writes its verdict', async () => {
    const trained = await folders.train(head, folders.nextSpec());
    folders.deploy(head, 'v2');

    const judged = await folders.judge();

    const verdict = GateVerdict.parse(folders.verdict());
    expect(trained.printed[1]).toMatch(/^ {2}baseline +(?:rocAuc|AUC) 0\.50/);
    expect(failuresOf(judged)).toEqual([]);
    expect(judged.code).toBe(0);
    expect(verdict.evidence.code).toBe(await codeDigest());
    expect(readFileSync(join(folders.root, 'verdict.json'), 'utf8')).not.toContain('otherwise');
  });

  test('the gate fails a branch that changes other files', async () => {
    writeFileSync(join(folders.root, 'changed.txt'), 'models/loan/deployment.yml\n.github/workflows/gate.yml\n');

    const judged = await folders.judge({ changed: 'changed.txt' });

    expect(judged.code).toBe(1);
    expect(failuresOf(judged).join()).toContain('gate.yml');
  });

  test.each([
    [
      'without the place of the logs',
      () =>
        folders.run(
          trainCommand,
          ['loan'],
          { spec: join(head, 'models/loan/versions/v2/training-spec.json'), out: 'x', root: base },
          { HOLDFAST_DATA_ROOT: '' },
        ),
      'DATA_ROOT_UNKNOWN',
    ],
    ['without a spec', () => folders.run(trainCommand, ['loan'], { spec: 'nowhere.json', out: 'x', root: base }), 'TRAINING_SPEC_MISSING'],
    ['without --out', () => folders.run(trainCommand, ['loan'], { spec: 'x' }), 'OPTION_MISSING'],
    ['with a path as model', () => folders.run(trainCommand, ['../loan'], {}), 'MODEL_NAME_INVALID'],
    ['with a moment that is none', () => folders.judge({ 'as-of': 'yesterday' }), 'BAD_INSTANT'],
  ])('%s they say what is missing', async (_, start, code) => {
    await expect(start()).rejects.toMatchObject({ code });
  });
});

import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failuresOf, GateFolders } from '../../fakes/gate-folders.ts';

const folders = new GateFolders();
beforeAll(() => folders.open());
beforeEach(() => folders.branchOff());
afterAll(() => folders.close());

const model = (name: string) => join(folders.head, 'models/loan', name);

describe('a branch that deploys nothing', () => {
  test('passes when it leaves models alone', async () => {
    writeFileSync(join(folders.head, 'README.md'), 'x');

    const judged = await folders.judge();

    expect(judged.code).toBe(0);
    expect(judged.printed.join()).toContain('nothing to judge');
  });

  test.each<[string, () => void, string]>([
    [
      'other weights of the champion, with fitting digests',
      () => {
        folders.negateWeights('v1');
        folders.rebind('v1');
      },
      'models/loan/versions/v1/weights.bin',
    ],
    ['other weights of the champion', () => folders.negateWeights('v1'), 'models/loan/versions/v1/weights.bin'],
    ['a file beside the champion', () => writeFileSync(folders.path('head', 'v1', 'notes.md'), 'x'), 'versions/v1/notes.md'],
    ['no champion any more', () => rmSync(folders.path('head', 'v1', ''), { recursive: true }), 'versions/v1/evaluation-report.json'],
    ['no deployment any more', () => rmSync(model('deployment.yml')), 'models/loan/deployment.yml'],
    ['no definition any more', () => rmSync(model('model.yml')), 'models/loan/model.yml'],
    ['an unknown key in model.yml', () => writeFileSync(model('model.yml'), JSON.stringify({ ...folders.definition, ownr: 'x' })), 'ownr'],
    ['half a deployment', () => writeFileSync(model('deployment.yml'), 'schemaVersion: 1\n'), 'deployment.yml'],
    ['a version that nobody deploys', () => folders.copyVersion(folders.path('base', 'v1', ''), 'v9'), 'v9'],
    [
      'a link in place of the weights',
      () => {
        rmSync(folders.path('head', 'v1', 'weights.bin'));
        symlinkSync(folders.path('base', 'v1', 'weights.bin'), folders.path('head', 'v1', 'weights.bin'));
      },
      'weights.bin',
    ],
  ])('fails with %s', async (_, tamper, named) => {
    tamper();

    const judged = await folders.judge();

    expect(judged.code).toBe(1);
    expect(failuresOf(judged).join()).toContain(named);
  });
});

describe('with the list of what the branch changes', () => {
  test('a branch that is merely behind its base is not blamed for it', async () => {
    folders.copyVersion(folders.path('base', 'v1', ''), 'v9');
    folders.deploy(folders.head, 'v9');
    const [ahead, behind] = [folders.head, folders.base];
    writeFileSync(join(folders.root, 'changed.txt'), 'README.md\0');

    const judged = await folders.judge({ head: behind, base: ahead, changed: 'changed.txt' });

    expect(judged.code).toBe(0);
    expect(judged.printed.join()).toContain('nothing to judge');
  });

  test('a change of a version is found by it', async () => {
    folders.negateWeights('v1');
    writeFileSync(join(folders.root, 'changed.txt'), 'README.md\0models/loan/versions/v1/weights.bin\0');

    const judged = await folders.judge({ changed: 'changed.txt' });

    expect(judged.code).toBe(1);
    expect(failuresOf(judged).join()).toContain('models/loan/versions/v1/weights.bin');
  });
});

describe('what is not there is an error, never a pass', () => {
  test.each<[string, () => Readonly<Record<string, string>>]>([
    ['no head', () => ({ head: join(folders.root, 'nowhere') })],
    ['no base', () => ({ base: join(folders.root, 'nowhere') })],
    ['a head without models', () => ({ head: folders.data })],
    ['a base without models', () => ({ base: folders.data })],
  ])('%s', async (_, options) => {
    await expect(folders.judge(options())).rejects.toMatchObject({ code: 'GATE_FOLDER_MISSING' });
  });
});

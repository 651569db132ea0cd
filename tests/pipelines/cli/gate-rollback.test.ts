import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GateVerdict } from '../../../pipelines/core/schema/gate-verdict.ts';
import { failuresOf, GateFolders } from '../../fakes/gate-folders.ts';

const folders = new GateFolders();
beforeAll(async () => {
  await folders.open();
  // v2 goes into production; v9 comes by a commit that deploys nothing, as it could before the gate refused such branches.
  folders.copyVersion(folders.path('base', 'v1', ''), 'v2');
  folders.renameVersion('v2');
  folders.negateWeights('v2');
  folders.rebind('v2');
  folders.deploy(folders.head, 'v2');
  folders.merge();
  folders.copyVersion(folders.path('base', 'v2', ''), 'v9');
  folders.renameVersion('v9');
  folders.merge();
});
beforeEach(() => folders.branchOff());
afterAll(() => folders.close());

describe('a rollback', () => {
  test('to a version that was in production passes', async () => {
    folders.deploy(folders.head, 'v1');

    const judged = await folders.judge();

    expect(failuresOf(judged)).toEqual([]);
    expect(judged.code).toBe(0);
    expect(GateVerdict.parse(folders.verdict())).toMatchObject({ version: 'v1', verdict: 'pass' });
  });

  test('to a version that never was in production fails', async () => {
    folders.deploy(folders.head, 'v9');

    const judged = await folders.judge();

    expect(judged.code).toBe(1);
    expect(failuresOf(judged).join()).toContain('v9 was in production before');
  });

  test('to a version whose bytes on the base are not those that served fails', async () => {
    cpSync(folders.path('base', 'v9', ''), folders.path('base', 'v1', ''), { recursive: true });
    folders.branchOff();
    folders.renameVersion('v1');
    folders.deploy(folders.head, 'v1');
    cpSync(folders.path('head', 'v1', ''), folders.path('base', 'v1', ''), { recursive: true });

    const judged = await folders.judge();

    folders.git('checkout', '--quiet', '--', 'models');
    expect(judged.code).toBe(1);
    expect(failuresOf(judged).join()).toContain('v1 was in production before');
  });

  test.each([
    ['without history', () => rmSync(join(folders.base, '.git'), { recursive: true })],
    ['with one commit of it', () => folders.git('clone', '--quiet', '--depth=1', `file://${folders.base}`, join(folders.root, 'shallow'))],
  ])('of a base %s fails: nobody knows what served', async (name, cut) => {
    cpSync(join(folders.base, '.git'), join(folders.root, 'kept'), { recursive: true });
    folders.deploy(folders.head, 'v1');
    cut();

    const judged = await folders.judge(name === 'without history' ? {} : { base: join(folders.root, 'shallow') });

    cpSync(join(folders.root, 'kept'), join(folders.base, '.git'), { recursive: true });
    expect(judged.code).toBe(1);
    expect(failuresOf(judged).join()).toContain('all of its history');
  });
});

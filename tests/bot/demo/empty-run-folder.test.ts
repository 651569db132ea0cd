import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptyRunFolder } from '../../../bot/demo/empty-run-folder.ts';

let parent = '';

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'holdfast-run-'));
});

afterEach(() => {
  rmSync(parent, { recursive: true });
});

describe('the folder of a run', () => {
  test('is made where there is none, and emptied of an earlier run', async () => {
    const folder = join(parent, 'run');

    await emptyRunFolder(folder);
    writeFileSync(join(folder, 'run.log'), 'old');
    await emptyRunFolder(folder);

    expect(readdirSync(folder)).toEqual(['.holdfast-run']);
  });

  test('may be an empty folder', async () => {
    await emptyRunFolder(parent);

    expect(readdirSync(parent)).toEqual(['.holdfast-run']);
  });

  test("is never somebody's folder: nothing in it is touched", async () => {
    mkdirSync(join(parent, 'thesis'));
    writeFileSync(join(parent, 'thesis', 'chapter-1.md'), 'years of work');

    await expect(emptyRunFolder(parent)).rejects.toMatchObject({ code: 'RUN_FOLDER_NOT_OURS' });

    expect(readFileSync(join(parent, 'thesis', 'chapter-1.md'), 'utf8')).toBe('years of work');
  });
});

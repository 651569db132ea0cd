import { describe, expect, it } from 'vitest';
import type { LogFile } from '../../../pipelines/adapters/duckdb/log-file.ts';
import { openSoundParts } from '../../../pipelines/adapters/duckdb/sound-parts.ts';

const MAY = file('may', 100, 199);
const JUNE = file('june', 200, 299);
const BOTH = { files: [MAY, JUNE], range: { start: 100, end: 300 } };

describe('openSoundParts', () => {
  it('knows what lies inside a sound part, while the question is still open too', async () => {
    const parts = openSoundParts();
    const asked = parts.ask(BOTH, async () => true);

    const inside = await Promise.all([
      parts.covers({ files: [JUNE], range: { start: 250, end: 260 } }),
      parts.covers({ files: [MAY], range: { start: 0, end: 200 } }),
      parts.covers(BOTH),
    ]);

    expect(await asked).toBe(true);
    expect(inside).toEqual([true, true, true]);
  });

  it('knows nothing of other files, nor of rows outside the range', async () => {
    const parts = openSoundParts();
    await parts.ask({ files: [MAY, JUNE], range: { start: 150, end: 250 } }, async () => true);

    const outside = await Promise.all([
      parts.covers({ files: [JUNE], range: { start: 200, end: 300 } }),
      parts.covers({ files: [MAY], range: { start: 100, end: 200 } }),
      parts.covers({ files: [file('july', 160, 170)], range: { start: 150, end: 250 } }),
    ]);

    expect(outside).toEqual([false, false, false]);
  });

  it('takes no part of an unsound or failed one for sound', async () => {
    const parts = openSoundParts();
    await parts.ask(BOTH, async () => false);
    await expect(parts.ask(BOTH, () => Promise.reject(new Error('disk')))).rejects.toThrow('disk');

    expect(await parts.covers({ files: [MAY], range: BOTH.range })).toBe(false);
  });
});

function file(key: string, first: number, last: number): LogFile {
  return { path: key, key, rows: 1, first, last, select: '*', integers: {}, complete: [], constants: {}, problems: [] };
}

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

interface LockEntry {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

/** Optional dependencies that some entry names and no entry holds: `npm ci` fails on them, on this or another platform. */
function gapsOf(lock: Lock): string[] {
  const held = new Set(Object.keys(lock.packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)));
  return Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !held.has(name))
      .map((name) => `${path} -> ${name}`),
  );
}

async function readLock(): Promise<Lock> {
  return JSON.parse(await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8')) as Lock;
}

describe('package-lock.json', () => {
  it('holds every optional dependency that it names', async () => {
    const lock = await readLock();

    expect(Object.keys(lock.packages).length).toBeGreaterThan(300);
    expect(gapsOf(lock)).toEqual([]);
  });

  it('finds a planted gap', () => {
    expect(gapsOf({ packages: { 'node_modules/a': { optionalDependencies: { 'a-darwin': '1.0.0' } } } })).toEqual([
      'node_modules/a -> a-darwin',
    ]);
  });

  it('names no host', async () => {
    const lock = await readLock();

    const named = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined && entry.link !== true);

    expect(named.map(([path]) => path)).toEqual([]);
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NOTHING_NEW, ONE_WINDOW_NEW, watchArguments, writeWatchedRepository } from './write-watched-repository.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ROUNDS = 15;

/** One ratio of the benchmark: what was measured, against what, and the goal that the project has set itself. */
export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  readonly against: string;
  readonly ratio: number;
  readonly goal: number;
}

interface Contender {
  readonly what: string;
  readonly args: readonly string[];
  readonly goal: number;
}

/** Wall time of real commands against an empty Node process, taken in turn: medians of 15 rounds, after one round to warm the compile cache. */
export async function commandStartBench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    await writeWatchedRepository(folder);
    const empty = join(folder, 'empty.mjs');
    writeFileSync(empty, '');
    return compared([empty], contenders(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function contenders(folder: string): readonly Contender[] {
  const holdfast = fileURLToPath(new URL('../../bot/holdfast.js', import.meta.url));
  const floor = fileURLToPath(new URL('command-floor.js', import.meta.url));
  const data = join(folder, 'data');
  // The goals of watch are what it took in the worst of several runs: they guard what is there, they are not where it should be.
  return [
    { what: 'holdfast --help', args: [holdfast, '--help'], goal: 1.6 },
    { what: 'the log engine alone: load, open, one query', args: [floor, data], goal: 4 },
    { what: 'the same, with zod and yaml loaded', args: [floor, data, 'packages'], goal: 6 },
    { what: 'holdfast watch, nothing new', args: [holdfast, ...watchArguments(folder, NOTHING_NEW)], goal: 16 },
    { what: 'holdfast watch, one new window', args: [holdfast, ...watchArguments(folder, ONE_WINDOW_NEW)], goal: 20 },
  ];
}

function compared(empty: readonly string[], commands: readonly Contender[]): readonly BenchRow[] {
  const bases: number[] = [];
  const times = commands.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    const taken = [empty, ...commands.map(({ args }) => args)].map(milliseconds);
    if (round === 0) continue;
    bases.push(taken[0] ?? Number.NaN);
    for (const [index, own] of times.entries()) own.push(taken[index + 1] ?? Number.NaN);
  }
  const base = median(bases);
  return commands.map(({ what, goal }, index) => {
    const own = median(times[index] ?? []);
    return { what, measured: `${own.toFixed(0)} ms`, against: `an empty Node process, ${base.toFixed(0)} ms`, ratio: own / base, goal };
  });
}

function milliseconds(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr.toString('utf8')}`);
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

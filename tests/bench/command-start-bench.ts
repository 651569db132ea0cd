import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

/** Wall time of commands against an empty Node process, taken in turn: medians of 15 rounds, after one round to warm the compile cache. */
export function commandStartBench(): readonly BenchRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  const empty = join(folder, 'empty.mjs');
  writeFileSync(empty, '');
  const commands = { empty: [empty], help: ['bot/holdfast.js', '--help'], engine: ['bot/holdfast.js', 'doctor', '--engine'] };
  const times: Record<keyof typeof commands, number[]> = { empty: [], help: [], engine: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of ['empty', 'help', 'engine'] as const) {
      const taken = milliseconds(commands[name]);
      if (round > 0) times[name].push(taken);
    }
  }
  rmSync(folder, { recursive: true });
  const base = median(times.empty);
  const against = `an empty Node process, ${base.toFixed(0)} ms`;
  return [
    { what: 'holdfast --help', measured: `${median(times.help).toFixed(0)} ms`, against, ratio: median(times.help) / base, goal: 1.6 },
    {
      what: 'a command with the log engine',
      measured: `${median(times.engine).toFixed(0)} ms`,
      against,
      ratio: median(times.engine) / base,
      goal: 4,
    },
  ];
}

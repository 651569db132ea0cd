import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openEngine } from '../../pipelines/adapters/duckdb/engine.ts';
import { openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import type { BenchRow } from './command-start-bench.ts';
import { AS_OF, DAYS, flightDefinition, GRIDS, writeFlights } from './flights-log.ts';

const ROUNDS = 5;
// One thread on both sides: threads that wait for one another burn time that belongs to neither.
const THREADS = 1;
const MEMORY = '256MB';
const SCAN = `SELECT max(epoch(ts)) AS ts, sum(strlen(id)) AS id, sum(strlen(model_version)) AS version, sum(hour) AS hour, sum(weekday) AS weekday,
  sum(distance) AS distance, sum(score) AS score, sum(strlen(origin)) AS origin, sum(strlen(destination)) AS destination, count(*) AS n`;

/**
 * Profiles of all flights: processor time of profiling every daily window of every column (footers, check of ids and all) against a plain scan
 * of the same columns and files, in turn in one process, medians of 5 rounds; the newest week against all weeks; and memory in processes of
 * their own.
 */
export async function profileBench(): Promise<readonly BenchRow[]> {
  const dataRoot = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const rows = await writeFlights(dataRoot);
    return [...(await timings(dataRoot, rows)), ...(await memory(dataRoot))];
  } finally {
    rmSync(dataRoot, { recursive: true });
  }
}

async function timings(dataRoot: string, rows: number): Promise<readonly BenchRow[]> {
  const taken: Record<'scan' | 'all' | 'week', number[]> = { scan: [], all: [], week: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const seconds = {
      scan: await scanSeconds(dataRoot),
      all: await profileSeconds(dataRoot, DAYS),
      week: await profileSeconds(dataRoot, DAYS.slice(-7)),
    };
    for (const name of ['scan', 'all', 'week'] as const) if (round > 0) taken[name].push(seconds[name]);
  }
  const [scan, all, week] = [median(taken.scan), median(taken.all), median(taken.week)];
  return [
    {
      what: `profile of ${DAYS.length} windows, ${rows.toLocaleString('en')} rows`,
      measured: `${all.toFixed(2)} s of processor`,
      against: `a scan of the same columns, ${scan.toFixed(2)} s`,
      ratio: all / scan,
      goal: 3,
    },
    {
      what: 'profile of the newest week',
      measured: `${week.toFixed(3)} s`,
      against: `all weeks, ${all.toFixed(2)} s`,
      ratio: week / all,
      goal: 0.1,
    },
  ];
}

async function scanSeconds(dataRoot: string): Promise<number> {
  const engine = await openEngine({ dataRoot, memoryLimit: MEMORY, threads: THREADS });
  const files = `${engine.dataRoot}/flight-delay/predictions/*.parquet`;
  const seconds = await processorSeconds(() => engine.query(`${SCAN} FROM read_parquet('${files}')`));
  engine.close();
  return seconds;
}

async function profileSeconds(dataRoot: string, windows: typeof DAYS): Promise<number> {
  const log = await openDuckDbLog({ definition: flightDefinition(), dataRoot, memoryLimit: MEMORY, threads: THREADS });
  const seconds = await processorSeconds(() => log.profile(windows, GRIDS, AS_OF));
  log.close();
  return seconds;
}

async function processorSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function memory(dataRoot: string): Promise<readonly BenchRow[]> {
  const tasks = [
    { task: 'profile', what: 'memory of profiling all windows', megabytes: 256 },
    { task: 'labels', what: 'memory of joining all labels', megabytes: 450 },
  ];
  const rows: BenchRow[] = [];
  for (const { task, what, megabytes } of tasks) {
    const used = await peakMegabytes(dataRoot, task);
    const against = `${megabytes} MB`;
    rows.push({ what, measured: `${used.toFixed(0)} MB`, against, ratio: used / megabytes, goal: 1 });
  }
  return rows;
}

async function peakMegabytes(dataRoot: string, task: string): Promise<number> {
  const script = fileURLToPath(new URL('profile-memory.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, dataRoot, task]);
  return Number(JSON.parse(stdout).megabytes);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

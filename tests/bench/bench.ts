import { type BenchRow, commandStartBench } from './command-start-bench.ts';
import { profileBench } from './profile-bench.ts';

const HELP = `npm run bench [-- --json | --only commands | --only profiles | --only real-logs [--log <name>] [--starts <n>] | --only hindsight [--log <name>]]

Speed as ratios: both sides of each are measured in this run, on this machine. real-logs: policies side by side on the real logs of ../shared/data,
all with the same trainer; --starts replays each that often, each time beginning a run later; hindsight: the best that any schedule of promotions could have reached on them. Both only when they are asked for, since they take
minutes. Nothing here is a test.`;

/** Prints every ratio of the benchmark beside its goal. */
async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    console.log(HELP);
    return;
  }
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
  if (only === 'real-logs') {
    const { realLogsBench } = await import('./real-logs-bench.ts');
    const starts = args.includes('--starts') ? Number(args[args.indexOf('--starts') + 1]) : 1;
    if (!Number.isInteger(starts) || starts < 1) throw new RangeError('--starts takes a whole number from 1 on');
    const results = await realLogsBench({ asked: args.includes('--log') ? args[args.indexOf('--log') + 1] : undefined, starts });
    if (args.includes('--json')) console.log(JSON.stringify(results, null, 2));
    return;
  }
  if (only === 'hindsight') {
    const { hindsightBench } = await import('./hindsight-bench.ts');
    await hindsightBench(args.includes('--log') ? args[args.indexOf('--log') + 1] : undefined);
    return;
  }
  const rows: BenchRow[] = [];
  if (only !== 'profiles') rows.push(...(await commandStartBench()));
  if (only !== 'commands') {
    console.error('writing all flights as the simulator writes them, then profiling them; this takes about two minutes ...');
    rows.push(...(await profileBench()));
  }
  if (args.includes('--json')) console.log(JSON.stringify(rows, null, 2));
  else for (const row of rows) console.log(lineOf(row));
}

function lineOf({ what, measured, against, ratio, goal }: BenchRow): string {
  const met = ratio <= goal ? 'within' : 'OVER';
  return `${what}: ${measured} against ${against}: ${ratio.toPrecision(3)} times, ${met} the goal of ${goal}`;
}

await main(process.argv.slice(2));

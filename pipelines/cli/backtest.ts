import { UserError } from '../core/errors/user-error.ts';
import { Duration } from '../core/schema/duration.ts';
import type { BacktestPlan } from '../stages/backtest-result.ts';
import type { Command, CommandContext } from './command.ts';
import { dataRoot, modelName } from './folder-options.ts';
import { readPlaces } from './places.ts';
import { askedSplit, completeSplit, SPLIT_OPTIONS } from './split-options.ts';

/** `holdfast backtest <model>`: replays the policy over the past log, without GitHub, against never and always retraining. */
export const backtestCommand: Command = {
  name: 'backtest',
  summary: 'Replay the policy over past logs: what would have been opened, retrained and promoted, and what would it have been worth?',
  usage: '<model>',
  options: {
    root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' },
    'data-root': { type: 'string', value: '<folder>', description: 'where the logs lie (default: HOLDFAST_DATA_ROOT)' },
    ...SPLIT_OPTIONS,
    'as-of': { type: 'string', value: '<instant>', description: 'rows and labels after this are not used (default: now)' },
    every: { type: 'string', value: '<duration>', description: 'how often the watcher runs (default: P7D)' },
    'always-every': { type: 'string', value: '<duration>', description: 'how often the strategy `always` retrains (default: P28D)' },
    json: { type: 'boolean', description: 'print the result as JSON' },
  },
  async run(context) {
    const model = modelName(context.positionals[0]);
    const [asked, rhythm, places] = [askedSplit(context), readRhythm(context), readPlaces(context)];
    const [{ openModelRepository }, { openDuckDbLog }, { openTfjsRuntime }, { backtest }, { phraseBacktest }] = await Promise.all([
      import('../adapters/files/open-model-repository.ts'),
      import('../adapters/duckdb/open-duckdb-log.ts'),
      import('../adapters/tfjs/open-tfjs-runtime.ts'),
      import('../stages/backtest.ts'),
      import('../stages/phrase-backtest.ts'),
    ]);
    const definition = await openModelRepository(places.root).definition(model);
    const log = await openDuckDbLog({ definition, dataRoot: dataRoot(context) });
    try {
      const { earliest, ...split } = await completeSplit(asked, { log, definition, asOf: places.asOf });
      context.note(`version 1 trains on ${earliest} to ${split.trainUntil}; the replay begins at ${split.referenceUntil}`);
      const plan: BacktestPlan = { ...split, ...rhythm, asOf: places.asOf };
      const runtime = await openTfjsRuntime();
      const result = await backtest({ definition, log, runtime, stopwatch: () => performance.now(), note: context.note }, plan);
      if (context.options['json'] === true) context.print(JSON.stringify(result, null, 2));
      else for (const line of phraseBacktest(result)) context.print(line);
      return 0;
    } finally {
      log.close();
    }
  },
};

function readRhythm(context: CommandContext): Pick<BacktestPlan, 'every' | 'alwaysEvery'> {
  return { every: durationOption(context, 'every', 'P7D'), alwaysEvery: durationOption(context, 'always-every', 'P28D') };
}

function durationOption({ options }: CommandContext, name: string, fallback: Duration): Duration {
  const parsed = Duration.safeParse(options[name] ?? fallback);
  if (parsed.success) return parsed.data;
  throw new UserError({
    code: 'BAD_ARGUMENTS',
    message: `--${name} ${String(options[name])} is no duration`,
    hint: 'write it as P7D or PT12H',
  });
}

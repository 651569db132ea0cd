import { UserError } from '../core/errors/user-error.ts';
import { Duration } from '../core/schema/duration.ts';
import type { BacktestPlan } from '../stages/backtest-result.ts';
import type { Command, CommandContext } from './command.ts';
import { dataRoot } from './folder-options.ts';
import { readInstant, readPlaces } from './places.ts';

/** `holdfast backtest <model>`: replays the policy over the past log, without GitHub, against never and always retraining. */
export const backtestCommand: Command = {
  name: 'backtest',
  summary: 'Replay the policy over past logs: what would have been opened, retrained and promoted, and what would it have been worth?',
  usage: '<model> --train-until <instant> --reference-until <instant>',
  options: {
    root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' },
    'data-root': { type: 'string', value: '<folder>', description: 'where the logs lie (default: HOLDFAST_DATA_ROOT)' },
    'train-until': { type: 'string', value: '<instant>', description: 'version 1 is trained on the rows before this' },
    'reference-until': {
      type: 'string',
      value: '<instant>',
      description: 'the rows from there to this are its reference; the replay begins here',
    },
    'as-of': { type: 'string', value: '<instant>', description: 'rows and labels after this are not used (default: now)' },
    every: { type: 'string', value: '<duration>', description: 'how often the watcher runs (default: P7D)' },
    'always-every': { type: 'string', value: '<duration>', description: 'how often the strategy `always` retrains (default: P28D)' },
    json: { type: 'boolean', description: 'print the result as JSON' },
  },
  async run(context) {
    const plan = readPlan(context);
    const [model] = context.positionals;
    if (model === undefined) throw missing('the name of a model');
    const [{ openModelRepository }, { openDuckDbLog }, { openTfjsRuntime }, { backtest }, { phraseBacktest }] = await Promise.all([
      import('../adapters/files/open-model-repository.ts'),
      import('../adapters/duckdb/open-duckdb-log.ts'),
      import('../adapters/tfjs/open-tfjs-runtime.ts'),
      import('../stages/backtest.ts'),
      import('../stages/phrase-backtest.ts'),
    ]);
    const places = readPlaces(context);
    const definition = await openModelRepository(places.root).definition(model);
    const log = await openDuckDbLog({ definition, dataRoot: dataRoot(context) });
    try {
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

function readPlan(context: CommandContext): BacktestPlan {
  const trainUntil = instantOption(context, 'train-until');
  const referenceUntil = instantOption(context, 'reference-until');
  if (referenceUntil <= trainUntil) {
    throw new UserError({
      code: 'BAD_ARGUMENTS',
      message: `--reference-until ${referenceUntil} is not after --train-until ${trainUntil}`,
      hint: 'leave a week or more between them: those rows become the reference of version 1',
    });
  }
  const every = durationOption(context, 'every', 'P7D');
  return {
    trainUntil,
    referenceUntil,
    every,
    alwaysEvery: durationOption(context, 'always-every', 'P28D'),
    asOf: readPlaces(context).asOf,
  };
}

function instantOption({ options }: CommandContext, name: string): string {
  const text = options[name];
  if (typeof text !== 'string') throw missing(`--${name}`);
  return readInstant(text, `--${name}`);
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

function missing(what: string): UserError {
  return new UserError({ code: 'BAD_ARGUMENTS', message: `expected: ${what}`, hint: '`holdfast backtest --help` shows the options' });
}

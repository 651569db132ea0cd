import { UserError } from '../core/errors/user-error.ts';
import { Duration, durationOf, durationSeconds } from '../core/schema/duration.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { BacktestPlan } from '../stages/backtest-result.ts';
import type { Workshop } from '../stages/backtest-workshop.ts';
import { AGAINST_OPTION, readAgainst } from './against-option.ts';
import type { Command, CommandContext } from './command.ts';
import { dataRoot, modelName } from './folder-options.ts';
import { readPlaces } from './places.ts';
import { POLICY_OPTIONS } from './policy-options.ts';
import { askedSplit, completeSplit, SPLIT_OPTIONS } from './split-options.ts';

/** `holdfast backtest <model>`: replays the policy over the past log, without GitHub, against never and always retraining, other rules (`--against`) and other policies; `--tune` proposes thresholds. */
export const backtestCommand: Command = {
  name: 'backtest',
  summary:
    'Replay policies over past logs side by side: what would have been opened, retrained and promoted, and what would it have been worth?',
  usage: '<model>',
  options: {
    root: { type: 'string', value: '<folder>', description: 'root of the repository (default: here)' },
    'data-root': { type: 'string', value: '<folder>', description: 'where the logs lie (default: HOLDFAST_DATA_ROOT)' },
    ...SPLIT_OPTIONS,
    'as-of': { type: 'string', value: '<instant>', description: 'rows and labels after this are not used (default: now)' },
    every: {
      type: 'string',
      value: '<duration>',
      description: 'how often the watcher runs (default: P7D, or a window where that is longer)',
    },
    'always-every': {
      type: 'string',
      value: '<duration>',
      description: 'how often the timers retrain, and the drift rule at most (default: P28D, or two windows where that is longer)',
    },
    ...AGAINST_OPTION,
    ...POLICY_OPTIONS,
    json: { type: 'boolean', description: 'print the result as JSON' },
  },
  async run(context) {
    const model = modelName(context.positionals[0]);
    const [asked, rhythm, places] = [askedSplit(context), readRhythm(context), readPlaces(context)];
    const [{ openModelRepository }, { openDuckDbLog }, { openTrainingRuntime }] = await Promise.all([
      import('../adapters/files/open-model-repository.ts'),
      import('../adapters/duckdb/open-duckdb-log.ts'),
      import('./open-training-runtime.ts'),
    ]);
    const definition = await openModelRepository(places.root).definition(model);
    const log = await openDuckDbLog({ definition, dataRoot: dataRoot(context) });
    try {
      const { earliest, notes, ...split } = await completeSplit(asked, { log, definition, asOf: places.asOf });
      for (const line of notes) context.note(line);
      context.note(`version 1 trains on ${earliest} to ${split.trainUntil}; the replay begins at ${split.referenceUntil}`);
      const plan: BacktestPlan = { ...split, ...usualRhythm(definition), ...rhythm, asOf: places.asOf };
      const runtime = await openTrainingRuntime(definition);
      const workshop = { definition, log, runtime, stopwatch: () => performance.now(), note: context.note };
      const lines = context.options['tune'] === true ? await tuned(context, workshop, plan) : await compared(context, workshop, plan);
      for (const line of lines) context.print(line);
      return 0;
    } finally {
      log.close();
    }
  },
};

/** The policies side by side, as lines of text or of JSON. */
async function compared(context: CommandContext, workshop: Workshop, plan: BacktestPlan): Promise<string[]> {
  const [{ backtest }, { phraseBacktest }, { readPolicies }] = await Promise.all([
    import('../stages/backtest.ts'),
    import('../stages/phrase-backtest.ts'),
    import('./policy-options.ts'),
  ]);
  const { definition } = workshop;
  const rivals = readAgainst(context, plan);
  const policies = await readPolicies(context, definition);
  const result = await backtest(workshop, plan, [{ kind: 'policy', name: 'policy', definition }, ...policies, ...rivals]);
  return context.options['json'] === true ? [JSON.stringify(result, null, 2)] : phraseBacktest(result);
}

/** Thresholds chosen on the past period and judged on the later one. */
async function tuned(context: CommandContext, workshop: Workshop, plan: BacktestPlan): Promise<string[]> {
  const [{ tuneBacktest }, { phraseTuning }, { tuneUntil }] = await Promise.all([
    import('../stages/tune-backtest.ts'),
    import('../stages/phrase-tuning.ts'),
    import('./policy-options.ts'),
  ]);
  const coverage = await workshop.log.coverage(plan.asOf);
  const end = coverage === null || coverage.watermark > plan.asOf ? plan.asOf : coverage.watermark;
  const result = await tuneBacktest(workshop, plan, tuneUntil(context, { start: plan.referenceUntil, end }));
  return context.options['json'] === true ? [JSON.stringify(result, null, 2)] : phraseTuning(result);
}

/** How often things happen unless somebody says so: nothing new is to be seen more often than windows end. */
function usualRhythm({ monitoring }: ModelDefinition): Pick<BacktestPlan, 'every' | 'alwaysEvery'> {
  const window = durationSeconds(monitoring.window);
  const atLeast = (days: number, seconds: number) => durationOf(Math.max(days * 86_400, seconds));
  return { every: atLeast(7, window), alwaysEvery: atLeast(28, 2 * window) };
}

function readRhythm(context: CommandContext): Partial<Pick<BacktestPlan, 'every' | 'alwaysEvery'>> {
  const [every, alwaysEvery] = [durationOption(context, 'every'), durationOption(context, 'always-every')];
  return { ...(every === null ? {} : { every }), ...(alwaysEvery === null ? {} : { alwaysEvery }) };
}

function durationOption({ options }: CommandContext, name: string): Duration | null {
  if (options[name] === undefined) return null;
  const parsed = Duration.safeParse(options[name]);
  if (parsed.success) return parsed.data;
  throw new UserError({
    code: 'BAD_ARGUMENTS',
    message: `--${name} ${String(options[name])} is no duration`,
    hint: 'write it as P7D or PT12H',
  });
}

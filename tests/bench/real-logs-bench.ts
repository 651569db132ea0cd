import { openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { openModelRepository } from '../../pipelines/adapters/files/open-model-repository.ts';
import { openTrainingRuntime } from '../../pipelines/cli/open-training-runtime.ts';
import { durationSeconds } from '../../pipelines/core/schema/duration.ts';
import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import { HIGHER_IS_BETTER } from '../../pipelines/core/schema/metric.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import { backtest } from '../../pipelines/stages/backtest.ts';
import type { BacktestPlan, BacktestResult, Contestant, StrategySummary } from '../../pipelines/stages/backtest-result.ts';
import { DATA, MODELS, type RealLog, realLogs } from './real-logs.ts';

/** Policies in a row, with the trainer of the definition: what a person may set up in an afternoon, and ours. */
function contestantsOf(definition: ModelDefinition, { alwaysEvery }: BacktestPlan): Contestant[] {
  return [
    { kind: 'never', name: 'never' },
    { kind: 'always', name: 'always, all history', every: alwaysEvery, challenger: 'all-history' },
    { kind: 'always', name: 'always, recent window', every: alwaysEvery, challenger: 'recent-window' },
    { kind: 'drift-rule', name: 'naive PSI > .25', every: alwaysEvery, level: 0.25 },
    { kind: 'policy', name: 'ours', definition },
  ];
}

/** Which replays are asked for. */
export interface RealLogsRequest {
  /** Name of a log; left out: all. */
  readonly asked?: string | undefined;
  /**
   * How many replays of each log, each beginning a run later than the one before: when a policy looks decides which weeks it is judged by and trained on, so that one replay says
   * little of what the next would.
   */
  readonly starts: number;
}

/** Replays every real log (or the one that is named) and prints a table for each. Logs that are absent, or whose task has no trainer yet, are skipped loudly. */
export async function realLogsBench({ asked, starts }: RealLogsRequest): Promise<BacktestResult[]> {
  const results: BacktestResult[] = [];
  for (const log of realLogs(asked)) {
    try {
      const own: BacktestResult[] = [];
      for (let start = 0; start < starts; start += 1) own.push(await replay({ ...log, plan: startingLater(log.plan, start) }));
      if (own.length > 1) console.log(acrossStarts(own));
      results.push(...own);
    } catch (error) {
      console.warn(`SKIPPED: ${log.name} could not be replayed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return results;
}

function startingLater(plan: BacktestPlan, runs: number): BacktestPlan {
  return { ...plan, referenceUntil: addSeconds(plan.referenceUntil, runs * durationSeconds(plan.every)) };
}

async function replay({ name, plan, silent }: RealLog): Promise<BacktestResult> {
  const definition = await openModelRepository(MODELS).definition(name);
  const log = await openDuckDbLog({ definition, dataRoot: DATA, memoryLimit: '512MB' });
  try {
    const runtime = await openTrainingRuntime(definition);
    const started = performance.now();
    const quiet = { definition, log, runtime, stopwatch: () => performance.now(), note: () => undefined };
    const result = await backtest(quiet, plan, contestantsOf(definition, plan));
    for (const line of tableOf(result, { silent, seconds: (performance.now() - started) / 1000 })) console.log(line);
    return result;
  } finally {
    log.close();
  }
}

function tableOf(result: BacktestResult, { silent, seconds }: { silent: boolean; seconds: number }): string[] {
  const { model, metric, range, summaries, currency } = result;
  const head = ['policy', `mean ${metric}`, 'incidents', 'proposed', 'promoted', currency === null ? 'money' : `money, ${currency}`];
  const rows = summaries.map(({ strategy, meanMetric, incidents, trainings, promotions, moneyAfterTraining }) => [
    strategy,
    meanMetric === null ? '-' : meanMetric.toFixed(4),
    String(incidents),
    String(trainings),
    String(promotions),
    moneyAfterTraining === null ? '-' : moneyAfterTraining.toFixed(0),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  const title = `${model}, ${range.start.slice(0, 10)} to ${range.end.slice(0, 10)} (${seconds.toFixed(0)} s)`;
  return ['', title, line(head), ...rows.map(line), goalLine(result, silent)];
}

/** What the issue asks for, and what was reached. */
function goalLine({ summaries, metric }: BacktestResult, silent: boolean): string {
  const ours = summaries.find(({ strategy }) => strategy === 'ours');
  if (ours === undefined) return '';
  if (silent) {
    const met = ours.promotions === 0 && ours.incidents <= 1;
    return `${met ? 'MET' : 'MISSED'}: no promotion and at most one incident are the goal; ${ours.promotions} and ${ours.incidents} it was`;
  }
  const reached = reachedBy({ summaries, metric }, ours);
  if (reached === null) return '';
  const { share, best } = reached;
  const met = share >= 0.95 && ours.promotions * 3 <= best.promotions;
  return `${met ? 'MET' : 'MISSED'}: ${(share * 100).toFixed(0)} % of the gain of "${best.strategy}" with ${ours.promotions} of its ${best.promotions} promotions; the goal is 95 % with a third`;
}

/** The better timer, and which share of its gain on never retraining a contestant has. */
function reachedBy({ summaries, metric }: Pick<BacktestResult, 'summaries' | 'metric'>, contestant: StrategySummary) {
  const never = summaries.find(({ strategy }) => strategy === 'never')?.meanMetric ?? Number.NaN;
  const sign = HIGHER_IS_BETTER[metric] ? 1 : -1;
  const gain = (mean: number | null) => sign * ((mean ?? Number.NaN) - never);
  const timers = summaries.filter(({ strategy }) => strategy.startsWith('always'));
  const [best] = timers.toSorted((a, b) => gain(b.meanMetric) - gain(a.meanMetric));
  return best === undefined ? null : { best, share: gain(contestant.meanMetric) / gain(best.meanMetric) };
}

function acrossStarts(results: readonly BacktestResult[]): string {
  const figures = results.flatMap((result) => {
    const ours = result.summaries.find(({ strategy }) => strategy === 'ours');
    const reached = ours === undefined ? null : reachedBy(result, ours);
    return ours === undefined || reached === null
      ? []
      : [{ share: 100 * reached.share, promotions: ours.promotions, of: reached.best.promotions, incidents: ours.incidents }];
  });
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const shares = figures.map(({ share }) => share);
  const promotions = mean(figures.map((each) => each.promotions)).toFixed(1);
  const of = mean(figures.map((each) => each.of)).toFixed(1);
  const range = `${Math.min(...shares).toFixed(0)} to ${Math.max(...shares).toFixed(0)}`;
  const incidents = mean(figures.map((each) => each.incidents)).toFixed(1);
  return `Over ${figures.length} starts: ${mean(shares).toFixed(0)} % of the gain (${range}) with ${promotions} of ${of} promotions and ${incidents} incidents in the mean`;
}

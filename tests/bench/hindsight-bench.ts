import { openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { openModelRepository } from '../../pipelines/adapters/files/open-model-repository.ts';
import { openTrainingRuntime } from '../../pipelines/cli/open-training-runtime.ts';
import { specifyInitialTraining, specifyTraining } from '../../pipelines/core/registry/specify-training.ts';
import { durationSeconds } from '../../pipelines/core/schema/duration.ts';
import { addSeconds, type Instant } from '../../pipelines/core/schema/instant.ts';
import { HIGHER_IS_BETTER } from '../../pipelines/core/schema/metric.ts';
import type { Window } from '../../pipelines/core/schema/window.ts';
import { judgeStrategies } from '../../pipelines/stages/backtest-hindsight.ts';
import type { BacktestResult } from '../../pipelines/stages/backtest-result.ts';
import { shelve, trainAndJudge, type Workshop } from '../../pipelines/stages/backtest-workshop.ts';
import { frozenGrids } from '../../pipelines/stages/frozen-grids.ts';
import { openMemoryRepository } from '../../pipelines/stages/memory-repository.ts';
import type { Player } from '../../pipelines/stages/policy-player.ts';
import { readVersion } from '../../pipelines/stages/read-version.ts';
import { rememberingLog } from '../../pipelines/stages/remembering-log.ts';
import { neverPlayer } from '../../pipelines/stages/schedule-player.ts';
import { openServingLine } from '../../pipelines/stages/serving-line.ts';
import { trainChallengers } from '../../pipelines/stages/train-challengers.ts';
import { bestSchedule, type Deployable } from './best-schedule.ts';
import { DATA, MODELS, type RealLog, realLogs } from './real-logs.ts';

/**
 * What could be reached at all: every challenger that a timer could train, scored on every window, and the best schedule of a third of the timer's promotions by
 * somebody who knows the future. A goal above it is out of reach for every policy that chooses among these challengers at these dates.
 */
export async function hindsightBench(asked: string | undefined): Promise<void> {
  for (const real of realLogs(asked).filter(({ silent }) => !silent)) {
    const definition = await openModelRepository(MODELS).definition(real.name);
    const log = await openDuckDbLog({ definition, dataRoot: DATA, memoryLimit: '512MB' });
    try {
      const runtime = await openTrainingRuntime(definition);
      const note = (line: string) => console.error(line);
      for (const line of await account(real, { definition, log: rememberingLog(log), runtime, stopwatch: () => performance.now(), note }))
        console.log(line);
    } finally {
      log.close();
    }
  }
}

async function account({ name, plan }: RealLog, workshop: Workshop): Promise<string[]> {
  const coverage = await workshop.log.coverage(plan.asOf);
  if (coverage === null) throw new RangeError(`${name} holds no row`);
  const windowSeconds = durationSeconds(workshop.definition.monitoring.window);
  const range = { start: plan.referenceUntil, end: addSeconds(coverage.watermark, windowSeconds) };
  const trained = await trainAll(workshop, { range, historyStart: coverage.earliest, plan });
  const judged = await judgeStrategies({ workshop, plan, range, players: trained.players, events: new Map() });
  const models = deployables(judged, trained.from);
  const labelled = judged.windows.reduce((sum, each) => sum + (each.outcomes['v1']?.metric === null ? 0 : each.labelled), 0);
  const never = models[0].worth.reduce((sum, each) => sum + each, 0) / labelled;
  const timers = ['all-history', 'recent-window'].map((kind) => timerOf(models, kind));
  const gains = timers.map(({ worth }) => worth / labelled - never);
  const gain = Math.max(...gains);
  const dates = new Set(trained.from.values()).size - 1;
  const shareOf = (worth: number) => `${((100 * (worth / labelled - never)) / gain).toFixed(1)} %`;
  const sign = HIGHER_IS_BETTER[judged.metric] ? 1 : -1;
  const meanOf = (worth: number) => ((sign * worth) / labelled).toFixed(4);
  const most = Math.floor(dates / 3);
  const lines = Array.from({ length: most }, (_, index) => {
    const { worth, promoted } = bestSchedule(models, index + 1);
    return `  ${index + 1} promotions at most: ${meanOf(worth)}, ${shareOf(worth)} (${promoted.join(', ')})`;
  });
  return [`\n${name}: ${judged.metric} of never ${(sign * never).toFixed(4)}; ${dates} dates, a third is ${most}`, ...lines];
}

interface Trained {
  readonly players: ReadonlyMap<string, Player>;
  /** By name: when it could have been deployed. */
  readonly from: ReadonlyMap<string, Instant>;
}

/** Version 1, and every challenger of every date. */
async function trainAll(
  workshop: Workshop,
  of: { readonly range: Window; readonly historyStart: Instant; readonly plan: RealLog['plan'] },
): Promise<Trained> {
  const { definition, log, runtime, note } = workshop;
  const { range, historyStart, plan } = of;
  const repository = openMemoryRepository(definition);
  const delay = durationSeconds(definition.labels.delay);
  const players = new Map<string, Player>();
  const from = new Map<string, Instant>();
  const initial = specifyInitialTraining({
    definition,
    version: 'v1',
    decision: 'hindsight',
    asOf: addSeconds(range.start, delay),
    range: { start: historyStart, end: plan.trainUntil },
    heldOut: { start: plan.trainUntil, end: range.start },
  });
  const { files } = await trainAndJudge(workshop, repository, initial);
  const add = (name: string, at: Instant, predictor: Awaited<ReturnType<typeof shelve>>) => {
    from.set(name, at);
    players.set(name, neverPlayer({ workshop, repository, line: openServingLine({ version: name, from: plan.trainUntil, predictor }) }));
  };
  add('v1', range.start, await shelve(workshop, repository, { version: 'v1', files }));
  const champion = await readVersion(repository, definition.name, 'v1');
  const step = durationSeconds(plan.alwaysEvery);
  for (let at = addSeconds(range.start, step); at < range.end; at = addSeconds(at, step)) {
    const labelledUntil = addSeconds(at, -delay);
    const request = {
      definition,
      champion: champion.manifest,
      version: 'v2',
      decision: 'hindsight',
      asOf: at,
      historyStart,
      labelledUntil,
    };
    const spec = specifyTraining(request);
    const grids = await frozenGrids(log, { definition, spec, champion });
    for (const { name, model } of await trainChallengers({ definition, spec, log, runtime, grids, note: () => undefined }))
      add(`${at.slice(0, 10)} ${name}`, at, await runtime.load(model));
    note(`${definition.name}: challengers of ${at.slice(0, 10)} are trained`);
  }
  return { players, from };
}

/** Metric times labelled rows of each window, higher is better. */
function deployables({ windows, metric }: BacktestResult, from: ReadonlyMap<string, Instant>): [Deployable, ...Deployable[]] {
  const sign = HIGHER_IS_BETTER[metric] ? 1 : -1;
  const [first, ...others] = [...from].map(([name, at]): Deployable => {
    const later = windows.findIndex(({ window }) => window.start >= at);
    const worth = windows.map(({ outcomes, labelled }) => sign * (outcomes[name]?.metric ?? 0) * labelled);
    return { name, from: later === -1 ? windows.length : later, worth };
  });
  if (first === undefined) throw new RangeError('no version was trained');
  return [first, ...others];
}

/** What retraining at every date brings, with challengers of one kind (the other where a date has only one). */
function timerOf(models: readonly [Deployable, ...Deployable[]], kind: string): { readonly worth: number } {
  const [first, ...later] = models;
  const dates = [...new Set(later.map(({ from }) => from))].sort((a, b) => a - b);
  const serving = dates.map(
    (date) => later.find((model) => model.from === date && model.name.endsWith(kind)) ?? later.find(({ from }) => from === date),
  );
  const worth = first.worth.map(
    (own, window) => serving.findLast((model) => model !== undefined && model.from <= window)?.worth[window] ?? own,
  );
  return { worth: worth.reduce((sum, each) => sum + each, 0) };
}

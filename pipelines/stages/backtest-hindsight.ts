import { cubeMetrics } from '../core/profile/cube-metrics.ts';
import { mergeCubes } from '../core/profile/label-cube.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { LabelCube } from '../core/schema/label-cube.ts';
import type { MetricName } from '../core/schema/metric.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import { type Window, windowsBetween } from '../core/schema/window.ts';
import {
  type BacktestPlan,
  type BacktestResult,
  type BacktestWindow,
  STRATEGIES,
  type Strategy,
  type StrategySummary,
  type WindowOutcome,
} from './backtest-result.ts';
import type { Workshop } from './backtest-workshop.ts';
import type { Player } from './policy-player.ts';
import { openReplayedLog } from './replayed-log.ts';

interface Hindsight {
  readonly workshop: Workshop;
  readonly plan: BacktestPlan;
  readonly range: Window;
  readonly players: Readonly<Record<Strategy, Player>>;
  /** What the policy did, by the instant of the run. */
  readonly events: ReadonlyMap<Instant, readonly string[]>;
}

const WINDOWS_AT_ONCE = 28;

/** Measures every window for every strategy, with all labels that have arrived by the plan's asOf. */
export async function judgeStrategies(hindsight: Hindsight): Promise<BacktestResult> {
  const { workshop, plan, range, players } = hindsight;
  const { definition } = workshop;
  const windows = windowsBetween(range, durationSeconds(definition.monitoring.window));
  const cubes = {
    policy: await cubesByStart(hindsight, 'policy', windows),
    never: await cubesByStart(hindsight, 'never', windows),
    always: await cubesByStart(hindsight, 'always', windows),
  };
  const told = windows.map((window): BacktestWindow => {
    const outcome = (strategy: Strategy): WindowOutcome => ({
      version: players[strategy].line.at(window.start),
      ...figuresOf(definition, cubes[strategy].get(window.start)),
    });
    return {
      window,
      labelled: cubes.never.get(window.start)?.labelled ?? 0,
      outcomes: { policy: outcome('policy'), never: outcome('never'), always: outcome('always') },
      events: eventsOf(hindsight, window),
    };
  });
  return {
    model: definition.name,
    metric: definition.monitoring.performance.metric,
    currency: definition.businessValue?.currency ?? null,
    trainedUntil: plan.trainUntil,
    range,
    alwaysEvery: plan.alwaysEvery,
    windows: told,
    summaries: STRATEGIES.map((strategy) => summarise({ definition, windows: told, strategy, player: players[strategy] })),
  };
}

async function cubesByStart(
  { workshop, plan, players }: Hindsight,
  strategy: Strategy,
  windows: readonly Window[],
): Promise<Map<Instant, LabelCube>> {
  const { definition, log } = workshop;
  const replayed = openReplayedLog({ definition, log, labels: log, line: players[strategy].line });
  const byStart = new Map<Instant, LabelCube>();
  for (let first = 0; first < windows.length; first += WINDOWS_AT_ONCE) {
    for (const cube of await replayed.cubes(windows.slice(first, first + WINDOWS_AT_ONCE), plan.asOf)) {
      const other = byStart.get(cube.window.start);
      byStart.set(cube.window.start, other === undefined ? cube : mergeCubes([other, cube]));
    }
  }
  return byStart;
}

/** Too few labels for the definition's own minimum give no metric; money is a sum and needs none. */
function figuresOf(definition: ModelDefinition, cube: LabelCube | undefined): Omit<WindowOutcome, 'version'> {
  if (cube === undefined) return { metric: null, money: null };
  const metrics = cubeMetrics(cube, definition.businessValue);
  const value = (name: MetricName) => metrics.find(({ metric }) => metric === name)?.value ?? null;
  const perPrediction = value('valuePerPrediction');
  return {
    metric: cube.labelled < definition.monitoring.minimumLabels ? null : value(definition.monitoring.performance.metric),
    money: perPrediction === null ? null : perPrediction * cube.labelled,
  };
}

/** What the runs decided whose moment falls into a window: after its start, at its end at the latest. */
function eventsOf({ events }: Hindsight, window: Window): string[] {
  return [...events].filter(([at]) => at > window.start && at <= window.end).flatMap(([, told]) => told);
}

function summarise(of: {
  readonly definition: ModelDefinition;
  readonly windows: readonly BacktestWindow[];
  readonly strategy: Strategy;
  readonly player: Player;
}): StrategySummary {
  const { definition, windows, strategy, player } = of;
  const measured = windows.flatMap(({ outcomes, labelled }) => {
    const { metric } = outcomes[strategy];
    return metric === null ? [] : [{ metric, labelled }];
  });
  const weight = measured.reduce((sum, { labelled }) => sum + labelled, 0);
  const paid = windows.flatMap(({ outcomes }) => outcomes[strategy].money ?? []);
  const money = paid.length === 0 ? null : paid.reduce((sum, one) => sum + one, 0);
  return {
    strategy,
    trainings: player.trainings(),
    promotions: player.promotions(),
    meanMetric: weight === 0 ? null : measured.reduce((sum, { metric, labelled }) => sum + metric * labelled, 0) / weight,
    money,
    moneyAfterTraining: money === null ? null : money - player.trainings() * definition.retraining.cost,
  };
}

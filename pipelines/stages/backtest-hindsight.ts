import { cubeMetric } from '../core/profile/cube-metrics.ts';
import { mergeCubes } from '../core/profile/label-cube.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { LabelCube } from '../core/schema/label-cube.ts';
import type { MetricName } from '../core/schema/metric.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import { type Window, windowsBetween } from '../core/schema/window.ts';
import type { BacktestPlan, BacktestResult, BacktestWindow, StrategySummary, WindowOutcome } from './backtest-result.ts';
import type { Workshop } from './backtest-workshop.ts';
import type { Player } from './policy-player.ts';
import { openReplayedLog } from './replayed-log.ts';

interface Hindsight {
  readonly workshop: Workshop;
  readonly plan: BacktestPlan;
  readonly range: Window;
  /** By name of the contestant, in the order in which they are told. */
  readonly players: ReadonlyMap<string, Player>;
  /** What the policies did, by the instant of the run. */
  readonly events: ReadonlyMap<Instant, readonly string[]>;
}

const WINDOWS_AT_ONCE = 28;

/** Measures every window for every strategy, with all labels that have arrived by the plan's asOf. */
export async function judgeStrategies(hindsight: Hindsight): Promise<BacktestResult> {
  const { workshop, plan, range, players } = hindsight;
  const { definition } = workshop;
  const windows = windowsBetween(range, durationSeconds(definition.monitoring.window));
  const outcomes: [string, WindowOutcome[]][] = [];
  let labelled: number[] = [];
  for (const [name, player] of players) {
    const cubes = await cubesByStart(hindsight, player, windows);
    labelled = windows.map(({ start }) => cubes.get(start)?.labelled ?? 0);
    const outcomeOf = ({ start }: Window) => ({ version: player.line.at(start), ...figuresOf(definition, cubes.get(start)) });
    outcomes.push([name, windows.map(outcomeOf)]);
  }
  const told = windows.map(
    (window, index): BacktestWindow => ({
      window,
      labelled: labelled[index] ?? 0,
      outcomes: Object.fromEntries(outcomes.flatMap(([name, all]) => (all[index] === undefined ? [] : [[name, all[index]]]))),
      events: eventsOf(hindsight, window),
    }),
  );
  return {
    model: definition.name,
    metric: definition.monitoring.performance.metric,
    currency: definition.businessValue?.currency ?? null,
    trainedUntil: plan.trainUntil,
    range,
    windows: told,
    summaries: [...players].map(([strategy, player]) => summarise({ definition, windows: told, strategy, player })),
  };
}

async function cubesByStart({ workshop, plan }: Hindsight, player: Player, windows: readonly Window[]): Promise<Map<Instant, LabelCube>> {
  const { definition, log } = workshop;
  const replayed = openReplayedLog({ definition, log, labels: log, line: player.line });
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
  const value = (name: MetricName) => cubeMetric(cube, definition, name)?.value ?? null;
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
  readonly strategy: string;
  readonly player: Player;
}): StrategySummary {
  const { definition, windows, strategy, player } = of;
  const measured = windows.flatMap(({ outcomes, labelled }) => {
    const metric = outcomes[strategy]?.metric ?? null;
    return metric === null ? [] : [{ metric, labelled }];
  });
  const weight = measured.reduce((sum, { labelled }) => sum + labelled, 0);
  const paid = windows.flatMap(({ outcomes }) => outcomes[strategy]?.money ?? []);
  const money = paid.length === 0 ? null : paid.reduce((sum, one) => sum + one, 0);
  return {
    strategy,
    incidents: player.incidents(),
    trainings: player.trainings(),
    promotions: player.promotions(),
    ...(player.estimates === undefined ? {} : { estimates: player.estimates() }),
    meanMetric: weight === 0 ? null : measured.reduce((sum, { metric, labelled }) => sum + metric * labelled, 0) / weight,
    money,
    moneyAfterTraining: money === null ? null : money - player.trainings() * definition.retraining.cost,
  };
}

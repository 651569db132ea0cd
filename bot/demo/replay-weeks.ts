import type { MetricName } from '../../pipelines/core/schema/metric.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { TrainingRuntime } from '../../pipelines/ports/training-runtime.ts';
import type { ProductionSimulator } from '../simulator/production-simulator.ts';
import type { DemoClock } from './demo-clock.ts';
import type { DemoOptions } from './demo-options.ts';
import type { Example } from './example.ts';
import { loadServingModel } from './load-serving-model.ts';
import { readProposals } from './read-proposals.ts';
import { readState } from './read-state.ts';
import { settle } from './settle.ts';
import type { World } from './start-world.ts';
import { waitForPerson } from './wait-for-person.ts';
import { weekAccount } from './week-account.ts';

export const FIRST_MONITORED_WEEK = 7;

export interface Replay {
  readonly example: Example;
  /** The metric that production is watched by. */
  readonly metric: MetricName;
  readonly options: DemoOptions;
  readonly world: World;
  readonly simulator: ProductionSimulator;
  readonly runtime: TrainingRuntime;
  readonly clock: DemoClock;
  readonly print: (line: string) => void;
}

/**
 * Week by week: production writes its log, scored by whatever deployment.yml names on main; the clock moves to the end of the week; the App looks;
 * everything that follows from it comes to rest. Returns the state at the end.
 */
export async function replayWeeks(replay: Replay): Promise<ModelState> {
  const { options, world, simulator } = replay;
  const { model, things } = replay.example;
  let state = await readState(world.sandbox.repositoryPath, model);
  for (const { number, window } of simulator.weeks.slice(FIRST_MONITORED_WEEK - 1, options.weeks)) {
    const serving = await loadServingModel(world.sandbox.repositoryPath, model, replay.runtime);
    const { rows } = await simulator.writeWeek(number, serving);
    serving.predictor.dispose();
    replay.clock.setAsOf(window.end);
    await world.tellGate(window.end);
    await world.app.sweep();
    const acts = await settle(world, !options.wait);
    if (options.wait) await waitForPerson(world, replay.print);
    const after = await readState(world.sandbox.repositoryPath, model);
    const verdicts = (await readProposals(world.sandbox.repositoryPath, after)).map(({ version, verdict }) => ({
      version,
      summary: verdict,
    }));
    const link = (kind: 'issues' | 'pull', issue: number) => `${world.sandbox.repositoryUrl}/${kind}/${issue}`;
    for (const line of weekAccount({
      week: number,
      weeks: options.weeks,
      window,
      rows,
      things,
      metric: replay.metric,
      version: serving.version,
      before: state,
      after,
      verdicts,
      link,
    }))
      replay.print(line);
    for (const { pullRequest, act, reason } of acts)
      if (act === 'refused') replay.print(`    ✕ merging #${pullRequest} was refused: ${reason}`);
    state = after;
  }
  return state;
}

import { UserError } from '../core/errors/user-error.ts';
import { specifyInitialTraining } from '../core/registry/specify-training.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import type { Window } from '../core/schema/window.ts';
import { judgeStrategies } from './backtest-hindsight.ts';
import { type BacktestPlan, type BacktestResult, STRATEGIES, type Strategy } from './backtest-result.ts';
import { shelve, trainAndJudge, type Workshop } from './backtest-workshop.ts';
import { openMemoryRepository } from './memory-repository.ts';
import { type Player, type PlayerSetting, policyPlayer } from './policy-player.ts';
import { alwaysPlayer, neverPlayer } from './schedule-player.ts';
import { openServingLine } from './serving-line.ts';

/**
 * What would the policy have done on a past log, and what would it have been worth against never and against always retraining?
 *
 * Trains version 1 as the definition says, then replays the log run by run. The log's own scores do not count: every window is scored by the
 * version that would have served, and labels are seen as they arrived. The three strategies are then judged with all labels that are in.
 * The replay assumes that labels do not depend on the predictions; where they do (a warned passenger rebooks), no replay can tell.
 */
export async function backtest(workshop: Workshop, plan: BacktestPlan): Promise<BacktestResult> {
  const { definition, log, note } = workshop;
  const coverage = await log.coverage(plan.asOf);
  if (coverage === null || coverage.watermark <= plan.referenceUntil) throw nothingToReplay(plan);
  const players = await openPlayers(workshop, plan, coverage.earliest);
  const events = new Map<Instant, readonly string[]>();
  const end = coverage.watermark < plan.asOf ? addSeconds(coverage.watermark, durationSeconds(definition.monitoring.window)) : plan.asOf;
  for (let asOf = nextRun(plan.referenceUntil, plan); asOf <= end; asOf = nextRun(asOf, plan)) {
    for (const strategy of STRATEGIES) {
      const told = await players[strategy].step(asOf);
      if (strategy === 'policy') events.set(asOf, told);
    }
    note(`replayed until ${asOf}: policy ${players.policy.line.at(asOf)}, always ${players.always.line.at(asOf)}`);
  }
  const range: Window = { start: plan.referenceUntil, end };
  const judged = await judgeStrategies({ workshop, plan, range, players, events });
  for (const strategy of STRATEGIES) players[strategy].line.dispose();
  return judged;
}

function nextRun(asOf: Instant, { every }: BacktestPlan): Instant {
  return addSeconds(asOf, durationSeconds(every));
}

/** Version 1, once for each strategy: every strategy has a registry and a line of its own. */
async function openPlayers(workshop: Workshop, plan: BacktestPlan, earliest: Instant): Promise<Record<Strategy, Player>> {
  const { definition, note } = workshop;
  const spec = specifyInitialTraining({
    definition,
    version: 'v1',
    decision: 'backtest',
    asOf: addSeconds(plan.referenceUntil, durationSeconds(definition.labels.delay)),
    range: { start: earliest, end: plan.trainUntil },
    heldOut: { start: plan.trainUntil, end: plan.referenceUntil },
  });
  note(`training v1 on ${earliest} to ${plan.trainUntil}`);
  const { files } = await trainAndJudge(workshop, openMemoryRepository(definition), spec);
  const setting = async (): Promise<PlayerSetting> => {
    const repository = openMemoryRepository(definition);
    const predictor = await shelve(workshop, repository, { version: 'v1', files });
    repository.deploy({ schemaVersion: 1, model: definition.name, production: 'v1', fallback: null });
    return { workshop, repository, line: openServingLine({ version: 'v1', from: plan.trainUntil, predictor }) };
  };
  const timer = { seconds: durationSeconds(plan.alwaysEvery), from: plan.referenceUntil };
  return { policy: policyPlayer(await setting()), never: neverPlayer(await setting()), always: alwaysPlayer(await setting(), timer) };
}

function nothingToReplay({ referenceUntil, asOf }: BacktestPlan): UserError {
  return new UserError({
    code: 'BACKTEST_RANGE_EMPTY',
    message: `the log holds nothing between ${referenceUntil} and ${asOf} to replay`,
    hint: 'choose an earlier --reference-until, or a later --as-of',
  });
}

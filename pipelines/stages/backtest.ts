import { UserError } from '../core/errors/user-error.ts';
import { specifyInitialTraining } from '../core/registry/specify-training.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import type { Window } from '../core/schema/window.ts';
import { judgeStrategies } from './backtest-hindsight.ts';
import { type BacktestPlan, type BacktestResult, type Contestant, usualContestants } from './backtest-result.ts';
import { shelve, trainAndJudge, type Workshop } from './backtest-workshop.ts';
import { driftRulePlayer } from './drift-rule-player.ts';
import { openMemoryRepository } from './memory-repository.ts';
import { type Player, type PlayerSetting, policyPlayer } from './policy-player.ts';
import { rememberingLog } from './remembering-log.ts';
import { rememberingRuntime } from './remembering-runtime.ts';
import { alwaysPlayer, neverPlayer } from './schedule-player.ts';
import { openServingLine } from './serving-line.ts';

/**
 * What would the policy have done on a past log, and what would it have been worth against never and against always retraining?
 *
 * Trains version 1 as the definition says, then replays the log run by run. The log's own scores do not count: every window is scored by the
 * version that would have served, and labels are seen as they arrived. The contestants are then judged with all labels that are in.
 * All begin with the same version 1; what they read and train alike is read and trained once.
 * The replay assumes that labels do not depend on the predictions; where they do (a warned passenger rebooks), no replay can tell.
 */
export async function backtest(
  given: Workshop,
  plan: BacktestPlan,
  contestants: readonly Contestant[] = usualContestants(given.definition, plan),
): Promise<BacktestResult> {
  const workshop: Workshop = { ...given, log: rememberingLog(given.log), runtime: rememberingRuntime(given.runtime) };
  const { definition, log, note } = workshop;
  const coverage = await log.coverage(plan.asOf);
  if (coverage === null || coverage.watermark <= plan.referenceUntil) throw nothingToReplay(plan);
  const players = await openPlayers({ workshop, plan, contestants }, coverage.earliest);
  const policies = contestants.filter(({ kind }) => kind === 'policy').length;
  const events = new Map<Instant, readonly string[]>();
  const end = coverage.watermark < plan.asOf ? addSeconds(coverage.watermark, durationSeconds(definition.monitoring.window)) : plan.asOf;
  for (let asOf = nextRun(plan.referenceUntil, plan); asOf <= end; asOf = nextRun(asOf, plan)) {
    const told: string[] = [];
    for (const { name, kind } of contestants) {
      const lines = (await players.get(name)?.step(asOf)) ?? [];
      if (kind === 'policy') told.push(...(policies === 1 ? lines : lines.map((line) => `${name}: ${line}`)));
    }
    events.set(asOf, told);
    note(`replayed until ${asOf}: ${[...players].map(([name, { line }]) => `${name} ${line.at(asOf)}`).join(', ')}`);
  }
  const range: Window = { start: plan.referenceUntil, end };
  const judged = await judgeStrategies({ workshop, plan, range, players, events });
  for (const { line } of players.values()) line.dispose();
  return judged;
}

function nextRun(asOf: Instant, { every }: BacktestPlan): Instant {
  return addSeconds(asOf, durationSeconds(every));
}

interface Replay {
  readonly workshop: Workshop;
  readonly plan: BacktestPlan;
  readonly contestants: readonly Contestant[];
}

/** Version 1, once for each contestant: each has a registry and a line of its own. */
async function openPlayers({ workshop, plan, contestants }: Replay, earliest: Instant): Promise<Map<string, Player>> {
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
  const players = new Map<string, Player>();
  for (const contestant of contestants) {
    const own = contestant.kind === 'policy' ? { ...workshop, definition: contestant.definition } : workshop;
    const repository = openMemoryRepository(own.definition);
    const predictor = await shelve(own, repository, { version: 'v1', files });
    repository.deploy({ schemaVersion: 1, model: definition.name, production: 'v1', fallback: null });
    const setting = { workshop: own, repository, line: openServingLine({ version: 'v1', from: plan.trainUntil, predictor }) };
    players.set(contestant.name, playerOf(contestant, setting, plan));
  }
  return players;
}

function playerOf(contestant: Contestant, setting: PlayerSetting, { referenceUntil }: BacktestPlan): Player {
  switch (contestant.kind) {
    case 'policy':
      return policyPlayer(setting);
    case 'never':
      return neverPlayer(setting);
    case 'always':
      return alwaysPlayer(setting, { ...contestant, seconds: durationSeconds(contestant.every), from: referenceUntil });
    case 'drift-rule':
      return driftRulePlayer(setting, { level: contestant.level, seconds: durationSeconds(contestant.every), from: referenceUntil });
  }
}

function nothingToReplay({ referenceUntil, asOf }: BacktestPlan): UserError {
  return new UserError({
    code: 'BACKTEST_RANGE_EMPTY',
    message: `the log holds nothing between ${referenceUntil} and ${asOf} to replay`,
    hint: 'choose an earlier --reference-until, or a later --as-of',
  });
}

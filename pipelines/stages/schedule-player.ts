import { UserError } from '../core/errors/user-error.ts';
import { heldOutRange } from '../core/registry/held-out-range.ts';
import { nextVersion } from '../core/registry/next-version.ts';
import { specifyTraining } from '../core/registry/specify-training.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import { shelve, trainAndJudge } from './backtest-workshop.ts';
import type { Player, PlayerSetting } from './policy-player.ts';
import { readReference } from './read-reference.ts';

/** Never retrains: the first version serves for ever. */
export function neverPlayer({ line }: PlayerSetting): Player {
  return { line, step: async () => [], incidents: () => 0, trainings: () => 0, promotions: () => 0 };
}

/** A timer: retrains every `seconds`, first that long after `from`. */
export interface Timer {
  readonly seconds: number;
  readonly from: Instant;
}

/** Retrains by the timer and deploys the named challenger, or the better one, without asking the gate. */
export function alwaysPlayer(setting: PlayerSetting, timer: Timer & { readonly challenger?: 'all-history' | 'recent-window' }): Player {
  const blind = openBlindTrainer(setting, timer.challenger);
  let due = addSeconds(timer.from, timer.seconds);
  return {
    line: setting.line,
    incidents: () => 0,
    trainings: blind.trainings,
    promotions: blind.trainings,
    async step(asOf) {
      if (asOf < due) return [];
      due = addSeconds(asOf, timer.seconds);
      return (await blind.retrain(asOf)) ? [`retrained: ${setting.line.at(asOf)}`] : [];
    },
  };
}

/** Trains and deploys without a gate. */
export interface BlindTrainer {
  /** Whether there was a window to hold out, and so a new version. */
  retrain(asOf: Instant): Promise<boolean>;
  trainings(): number;
  serving(): string;
}

/** Opens a trainer that begins with v1. `challenger`: the only one to train, where the spec has it. */
export function openBlindTrainer({ workshop, repository, line }: PlayerSetting, challenger?: string): BlindTrainer {
  const { definition, log } = workshop;
  let trainings = 0;
  let serving = 'v1';
  return {
    trainings: () => trainings,
    serving: () => serving,
    async retrain(asOf) {
      const coverage = await log.coverage(asOf);
      if (coverage === null) return false;
      const { championVersion } = await readReference(repository, definition.name, serving);
      const labelledUntil = addSeconds(asOf, -durationSeconds(definition.labels.delay));
      const range = { definition, historyStart: coverage.earliest, labelledUntil };
      if (!canHoldOut({ ...range, notBefore: championVersion.trainedUntil })) return false;
      const version = nextVersion(await repository.versions(definition.name));
      const full = specifyTraining({ ...range, champion: championVersion, version, decision: 'always', asOf });
      const named = full.challengers.filter(({ name }) => name === challenger);
      const spec = named.length === 0 ? full : { ...full, challengers: named };
      const { files } = await trainAndJudge(workshop, repository, spec);
      line.promote({ version, from: asOf, predictor: await shelve(workshop, repository, { version, files }) });
      serving = version;
      trainings += 1;
      return true;
    },
  };
}

function canHoldOut(request: Parameters<typeof heldOutRange>[0]): boolean {
  try {
    heldOutRange(request);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

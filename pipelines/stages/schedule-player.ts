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
  return { line, step: async () => [], trainings: () => 0, promotions: () => 0 };
}

/** Retrains every `every` and deploys the better challenger without asking the gate: what a timer does. */
export function alwaysPlayer(
  { workshop, repository, line }: PlayerSetting,
  every: { readonly seconds: number; readonly from: Instant },
): Player {
  const { definition, log } = workshop;
  let due = addSeconds(every.from, every.seconds);
  let trainings = 0;
  let serving = 'v1';
  return {
    line,
    trainings: () => trainings,
    promotions: () => trainings,
    async step(asOf) {
      const coverage = await log.coverage(asOf);
      if (asOf < due || coverage === null) return [];
      due = addSeconds(asOf, every.seconds);
      const { championVersion } = await readReference(repository, definition.name, serving);
      const labelledUntil = addSeconds(asOf, -durationSeconds(definition.labels.delay));
      const range = { definition, historyStart: coverage.earliest, labelledUntil };
      if (!canHoldOut({ ...range, notBefore: championVersion.trainedUntil })) return [];
      const version = nextVersion(await repository.versions(definition.name));
      const spec = specifyTraining({ ...range, champion: championVersion, version, decision: 'always', asOf });
      const { files } = await trainAndJudge(workshop, repository, spec);
      line.promote({ version, from: asOf, predictor: await shelve(workshop, repository, { version, files }) });
      serving = version;
      trainings += 1;
      return [`always: ${version}`];
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

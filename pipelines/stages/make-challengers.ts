import { UserError } from '../core/errors/user-error.ts';
import type { TrainingRuntime } from '../ports/training-runtime.ts';
import type { StoredVersion } from './read-version.ts';
import { recalibrateChampion } from './recalibration.ts';
import { type TrainedNow, type TrainingTask, trainChallengers } from './train-challengers.ts';

export interface ChallengerTask extends TrainingTask {
  readonly runtime: TrainingRuntime;
  /** The version that the spec challenges; null for a first version. */
  readonly champion: StoredVersion | null;
}

/**
 * The challengers that a spec asks for: trained, or the champion with a curve over its scores. The one way from a spec to bytes: a training run and the gate that makes it
 * again both go it. Throws a UserError (TRAINING_SPEC_INVALID) when the champion is not the one to be recalibrated.
 */
export async function makeChallengers(task: ChallengerTask): Promise<TrainedNow[]> {
  const { spec, champion } = task;
  if (spec.recalibrate === undefined) return trainChallengers(task);
  const [asked] = spec.challengers;
  const found = champion?.manifest.artifactDigest ?? null;
  if (asked === undefined || champion === null || champion.problems.length > 0 || found !== spec.recalibrate.artifact) {
    throw new UserError({
      code: 'TRAINING_SPEC_INVALID',
      message: `training-spec.json: it recalibrates ${spec.recalibrate.artifact}, but ${spec.champion ?? 'no champion'} has ${found ?? 'no bytes'}`,
      hint: 'let the bot write the training spec again',
    });
  }
  const { challenger } = await recalibrateChampion({ ...task, champion, range: asked.range });
  return [challenger];
}

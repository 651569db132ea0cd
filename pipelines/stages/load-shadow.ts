import { UserError } from '../core/errors/user-error.ts';
import type { VersionName } from '../core/schema/identifiers.ts';
import type { ModelRepository } from '../ports/model-repository.ts';
import type { Predictor, TrainingRuntime } from '../ports/training-runtime.ts';
import { readVersion } from './read-version.ts';

/** Loads a version that does not serve, to score with it in the shadow. Throws a UserError when its bytes are missing or not what they should be. */
export type LoadShadow = (version: VersionName) => Promise<Predictor>;

/** Loads from the version folders of one repository. Nothing is read before it is asked for. */
export function shadowLoader(repository: ModelRepository, model: string, load: TrainingRuntime['load']): LoadShadow {
  return async (version) => {
    const stored = await readVersion(repository, model, version);
    const [problem] = stored.problems;
    if (problem === undefined) return load(stored.model);
    throw new UserError({
      code: 'VERSION_FILE_INVALID',
      message: `models/${model}/versions/${version}: ${problem}`,
      hint: 'restore it from git, or train the version again',
    });
  };
}

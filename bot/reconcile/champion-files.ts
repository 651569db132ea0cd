import { historyStartOf } from '../../pipelines/core/registry/spec-checks.ts';
import type { Deployment } from '../../pipelines/core/schema/deployment.ts';
import type { Instant } from '../../pipelines/core/schema/instant.ts';
import { TrainingSpec } from '../../pipelines/core/schema/training-spec.ts';
import type { ModelRepository } from '../../pipelines/ports/model-repository.ts';
import { parseJson } from '../../pipelines/stages/parse-json.ts';
import { readReference, type WatchedVersion } from '../../pipelines/stages/read-reference.ts';

/** What the repository says about the version that serves. */
export interface ChampionFiles extends WatchedVersion {
  /** Where the history that challengers may learn from begins: where the champion's did. Read from its spec, so that no log is needed. */
  readonly historyStart: Instant;
}

/** Reads the champion's version folder. Throws a UserError (VERSION_FILE_MISSING, VERSION_FILE_INVALID) that names the file at fault. */
export async function readChampion(repository: ModelRepository, { model, production }: Deployment): Promise<ChampionFiles> {
  const watched = await readReference(repository, model, production);
  const file = 'training-spec.json';
  const bytes = (await repository.versionFile(model, production, file)) ?? undefined;
  const spec = parseJson(TrainingSpec, bytes, `models/${model}/versions/${production}/${file}`);
  return { ...watched, historyStart: historyStartOf(spec) };
}

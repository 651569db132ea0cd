import { SCORE_GRID } from '../core/profile/learn-grid.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { TrainingSpec } from '../core/schema/training-spec.ts';
import { SCORE_COLUMN } from '../core/schema/window-profile.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import { parseJson } from './parse-json.ts';
import type { Grids } from './read-dataset.ts';
import type { StoredVersion } from './read-version.ts';

/** Grids are frozen per model, so that windows before and after a promotion merge: the champion's, and learnt ones for columns that it did not have. */
export async function frozenGrids(
  log: PredictionLog,
  of: { readonly definition: ModelDefinition; readonly spec: TrainingSpec; readonly champion: StoredVersion | null },
): Promise<Grids> {
  const { definition, spec, champion } = of;
  if (champion === null) {
    const learnt = await log.learnGrids(spec.heldOut, spec.asOf);
    // Whatever predicted values before the first version says nothing of its range: its grid is learnt from its own (see `scoreGrid`).
    return definition.task === 'regression' ? { ...learnt, [SCORE_COLUMN]: SCORE_GRID } : learnt;
  }
  const { grids } = parseJson(ReferenceProfile, champion.files['reference.json'], `versions/${champion.manifest.version}/reference.json`);
  const numeric = definition.columns.filter(({ kind, role }) => kind !== 'categorical' && role !== 'ignored');
  const isComplete = numeric.every(({ name }) => name in grids);
  return isComplete ? grids : { ...(await log.learnGrids(spec.heldOut, spec.asOf)), ...grids };
}

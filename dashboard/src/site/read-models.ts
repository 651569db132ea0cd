import { join } from 'node:path';
import { Deployment } from '../../../pipelines/core/schema/deployment.ts';
import { EvaluationReport } from '../../../pipelines/core/schema/evaluation-report.ts';
import { versionNumber } from '../../../pipelines/core/schema/identifiers.ts';
import { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { ModelState } from '../../../pipelines/core/schema/model-state.ts';
import { ModelVersion } from '../../../pipelines/core/schema/model-version.ts';
import { ReferenceProfile } from '../../../pipelines/core/schema/reference-profile.ts';
import { TrainingSpec } from '../../../pipelines/core/schema/training-spec.ts';
import { calibrationLine } from '../../../pipelines/core/views/calibration-line.ts';
import type { ModelSource, VersionSource } from '../../../pipelines/core/views/site-source.ts';
import { namesIn, readChecked } from './read-checked.ts';

/** All models under a models/ folder, each with its state from a checkout of the state branch. */
export function readModels(modelsDir: string, stateDir: string): ModelSource[] {
  return namesIn(modelsDir).flatMap((name) => {
    const folder = join(modelsDir, name);
    const definition = readChecked(ModelDefinition, join(folder, 'model.yml'));
    if (definition === null) return [];
    const deployment = readChecked(Deployment, join(folder, 'deployment.yml'));
    const state = readChecked(ModelState, join(stateDir, 'state', 'v1', 'models', `${name}.json`));
    return [{ definition, deployment, state, versions: readVersions(join(folder, 'versions')) }];
  });
}

function readVersions(folder: string): VersionSource[] {
  const names = namesIn(folder).filter((name) => /^v[1-9]\d*$/.test(name));
  names.sort((a, b) => versionNumber(a) - versionNumber(b));
  return names.flatMap((name) => {
    const at = join(folder, name);
    const version = readChecked(ModelVersion, join(at, 'version.json'));
    if (version === null) return [];
    const spec = readChecked(TrainingSpec, join(at, 'training-spec.json'));
    const evaluation = readChecked(EvaluationReport, join(at, 'evaluation-report.json'));
    const profile = readChecked(ReferenceProfile, join(at, 'reference.json'));
    const reference =
      profile === null ? null : { range: profile.range, promise: profile.promise, lagCurve: profile.lagCurve, figures: profile.figures };
    const calibration = profile === null ? null : calibrationLine(profile);
    return [{ version, spec, evaluation, reference, calibration }];
  });
}

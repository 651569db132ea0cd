import type { z } from 'zod';
import { verifyVersion } from '../core/registry/verify-version.ts';
import { VERSION_FILES, type VersionFiles } from '../core/registry/version-manifest.ts';
import { EvaluationReport } from '../core/schema/evaluation-report.ts';
import { ModelArtifact } from '../core/schema/model-artifact.ts';
import { ModelVersion } from '../core/schema/model-version.ts';
import { TrainingSpec } from '../core/schema/training-spec.ts';
import type { ModelRepository } from '../ports/model-repository.ts';
import type { TrainedModel } from '../ports/training-runtime.ts';
import { parseJson } from './parse-json.ts';

/** A version as it lies in a repository. `problems` lists bytes that are not what version.json binds. */
export interface StoredVersion {
  readonly manifest: ModelVersion;
  readonly files: VersionFiles;
  readonly model: TrainedModel;
  readonly spec: TrainingSpec;
  readonly report: EvaluationReport;
  readonly problems: readonly string[];
}

/** Reads and checks a version folder. Throws a UserError when a file is missing (VERSION_FILE_MISSING) or not of its form (VERSION_FILE_INVALID). */
export async function readVersion(repository: ModelRepository, model: string, version: string): Promise<StoredVersion> {
  const folder = `models/${model}/versions/${version}`;
  const names = [...VERSION_FILES, 'version.json'];
  const read = await Promise.all(names.map(async (name) => [name, await repository.versionFile(model, version, name)] as const));
  const files = Object.fromEntries(read.flatMap(([name, bytes]) => (bytes === null ? [] : [[name, bytes] as const])));
  const json = <S extends z.ZodType>(schema: S, name: string): z.output<S> => parseJson(schema, files[name], `${folder}/${name}`);
  const manifest = json(ModelVersion, 'version.json');
  return {
    manifest,
    files,
    model: { artifact: json(ModelArtifact, 'model.json'), weights: files['weights.bin'] ?? new Uint8Array() },
    spec: json(TrainingSpec, 'training-spec.json'),
    report: json(EvaluationReport, 'evaluation-report.json'),
    problems: [...namesOf(manifest, model, version), ...verifyVersion(manifest, files)],
  };
}

function namesOf(manifest: ModelVersion, model: string, version: string): string[] {
  return manifest.model === model && manifest.version === version ? [] : [`version.json speaks of ${manifest.model} ${manifest.version}`];
}

import { digestBytes } from '../digest/sha256.ts';
import type { ModelVersion } from '../schema/model-version.ts';
import type { TrainingSpec } from '../schema/training-spec.ts';
import { artifactDigest } from './artifact-digest.ts';

/** Files of a version folder by name, without version.json. */
export type VersionFiles = Readonly<Record<string, Uint8Array>>;

/** Every file that a version consists of, besides version.json. */
export const VERSION_FILES = [
  'training-spec.json',
  'evaluation-report.json',
  'model-card.md',
  'model.json',
  'weights.bin',
  'reference.json',
] as const;

/** The manifest of a version: binds all its files by digest. Throws a RangeError when model.json or weights.bin is missing. */
export function versionManifest(spec: TrainingSpec, files: VersionFiles): ModelVersion {
  const [model, weights] = [files['model.json'], files['weights.bin']];
  if (model === undefined || weights === undefined) throw new RangeError('a version needs model.json and weights.bin');
  const ends = spec.challengers.map(({ range }) => range.end);
  return {
    schemaVersion: 1,
    model: spec.model,
    version: spec.version,
    parent: spec.champion,
    createdAt: spec.asOf,
    trainedUntil: ends.reduce((latest, end) => (end > latest ? end : latest)),
    artifactDigest: artifactDigest(model, weights),
    files: Object.fromEntries(otherFiles(files).map(([name, bytes]) => [name, digestBytes(bytes)])),
  };
}

function otherFiles(files: VersionFiles): [string, Uint8Array][] {
  return Object.entries(files).filter(([name]) => name !== 'model.json' && name !== 'weights.bin' && name !== 'version.json');
}

import { digestBytes } from '../digest/sha256.ts';
import type { ModelVersion } from '../schema/model-version.ts';
import { artifactDigest } from './artifact-digest.ts';
import { VERSION_FILES, type VersionFiles } from './version-manifest.ts';

/** Recomputes every digest of a version. Empty when all bytes are what the manifest binds; else one sentence per problem. */
export function verifyVersion(manifest: ModelVersion, files: VersionFiles): string[] {
  const [model, weights] = [files['model.json'], files['weights.bin']];
  const isWhole = model !== undefined && weights !== undefined;
  const artifact = isWhole && artifactDigest(model, weights) !== manifest.artifactDigest;
  const expected = new Set<string>([...VERSION_FILES, ...Object.keys(manifest.files)]);
  return [
    ...[...expected].filter((name) => files[name] === undefined).map((name) => `${name} is missing`),
    ...(artifact ? ['model.json and weights.bin are not the bytes that version.json binds'] : []),
    ...Object.entries(manifest.files).flatMap(([name, digest]) => changed(name, files[name], digest)),
    ...VERSION_FILES.filter((name) => !(name in manifest.files) && name !== 'model.json' && name !== 'weights.bin').map(
      (name) => `version.json does not bind ${name}`,
    ),
    ...Object.keys(files)
      .filter((name) => name !== 'version.json' && !expected.has(name))
      .map((name) => `${name} is not part of a version`),
  ];
}

function changed(name: string, bytes: Uint8Array | undefined, digest: string): string[] {
  return bytes === undefined || digestBytes(bytes) === digest ? [] : [`${name} is not the file that version.json binds`];
}

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StoredArtifact } from '../actions-service.ts';
import type { Artifact } from '../store/work-entities.ts';
import type { World } from '../store/world.ts';
import { readZip, writeZip, type ZipEntry } from './zip.ts';

/** Stores an artifact of a run on disk and records it; artifacts are immutable, so a second one of the same name is an error. */
export function storeArtifact(
  world: World,
  runId: number,
  artifact: { name: string; content: Uint8Array | { readonly folder: string } },
): StoredArtifact {
  if (findArtifact(world, runId, artifact.name) !== null) throw new Error(`run ${runId} already has an artifact named ${artifact.name}`);
  const bytes = artifact.content instanceof Uint8Array ? artifact.content : writeZip(filesBelow(artifact.content.folder, ''));
  const id = world.nextId();
  const folder = join(world.settings.root, 'artifacts');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${id}.zip`);
  writeFileSync(file, bytes);
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const row = world.artifacts.put({ id, runId, name: artifact.name, sizeInBytes: bytes.length, digest, file, createdAt: world.now() });
  return described(row);
}

export function findArtifact(world: World, runId: number, name: string): Artifact | null {
  return world.artifacts.find((artifact) => artifact.runId === runId && artifact.name === name);
}

export function described(artifact: Artifact): StoredArtifact {
  const { id, runId, name, sizeInBytes, digest } = artifact;
  return { id, runId, name, sizeInBytes, digest };
}

/** Writes the files of an archive below a folder. */
export function extractZip(archive: Uint8Array, folder: string): void {
  for (const entry of readZip(archive)) {
    const file = join(folder, entry.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, entry.bytes);
  }
}

/** Files of a folder; links are left out. */
function filesBelow(folder: string, prefix: string): readonly ZipEntry[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry): readonly ZipEntry[] => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(folder, path);
    return entry.isFile() ? [{ path, bytes: readFileSync(join(folder, path)) }] : [];
  });
}

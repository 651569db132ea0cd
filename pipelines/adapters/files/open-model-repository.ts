import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { VersionName, versionNumber } from '../../core/schema/identifiers.ts';
import type { ModelRepository } from '../../ports/model-repository.ts';
import { parseDeployment, readDefinition } from './read-definition.ts';

/** models/ of a working tree. `root` is the repository's root folder. */
export function openModelRepository(root: string): ModelRepository {
  const folder = (model: string, ...rest: readonly string[]) => join(root, 'models', basename(model), ...rest);
  return {
    async models() {
      const names = await folderNames(join(root, 'models'));
      const found = await Promise.all(names.map(async (name) => ((await bytes(folder(name, 'model.yml'))) === null ? [] : [name])));
      return found.flat().sort();
    },
    definition: (model) => readDefinition(folder(model, 'model.yml')),
    async deployment(model) {
      const file = folder(model, 'deployment.yml');
      const content = await bytes(file);
      return content === null ? null : parseDeployment({ text: content.toString('utf8'), file });
    },
    async versions(model) {
      const names = await folderNames(folder(model, 'versions'));
      return names.filter((name) => VersionName.safeParse(name).success).sort((a, b) => versionNumber(a) - versionNumber(b));
    },
    versionFile: (model, version, file) => bytes(folder(model, 'versions', basename(version), basename(file))),
  };
}

async function folderNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function bytes(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

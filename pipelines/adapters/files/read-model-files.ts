import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestBytes } from '../../core/digest/sha256.ts';
import { UserError } from '../../core/errors/user-error.ts';
import type { ModelFiles } from '../../ports/model-files.ts';

/** Every file under models/ of a checkout. Links are not followed. Throws a UserError (GATE_FOLDER_MISSING) when there is no folder models/. */
export async function readModelFiles(root: string): Promise<ModelFiles> {
  const found: Record<string, string> = {};
  const folder = await lstat(join(root, 'models')).catch(() => null);
  if (folder?.isDirectory() !== true) throw missing(root);
  await collect(root, 'models', found);
  return found;
}

async function collect(root: string, folder: string, found: Record<string, string>): Promise<void> {
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) await collect(root, path, found);
    else found[path] = entry.isFile() ? digestBytes(await readFile(join(root, path))) : 'link';
  }
}

function missing(root: string): UserError {
  return new UserError({
    code: 'GATE_FOLDER_MISSING',
    message: `${root} has no folder models/`,
    hint: 'pass checkouts of the branch and of its base as --head and --base',
  });
}

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../pipelines/core/errors/user-error.ts';

/** Says that a folder holds a run and nothing else. */
const MARK = '.holdfast-run';

/**
 * Makes the folder of a run and empties it of an earlier run. Throws a UserError (RUN_FOLDER_NOT_OURS) for a folder that holds anything and was not made by a run:
 * emptying it would delete somebody's files.
 */
export async function emptyRunFolder(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (entries.length > 0 && !entries.includes(MARK)) {
    throw new UserError({
      code: 'RUN_FOLDER_NOT_OURS',
      message: `${folder} is not empty, and no earlier run made it`,
      hint: 'name a folder that is empty or does not exist yet: a run empties its folder first',
    });
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, MARK), 'A run of npm start made this folder and will empty it.\n');
}

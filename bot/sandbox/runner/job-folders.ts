import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The folders of one job. Parallel jobs have different ones; a later job finds them empty. */
export interface JobFolders {
  readonly workspace: string;
  readonly temporary: string;
  readonly home: string;
}

/**
 * Empties and makes the folders of a slot. The same slot always has the same paths, so that Node's compile cache, which goes by
 * path, serves every job after the first.
 */
export async function makeJobFolders(slotFolder: string, repositoryName: string): Promise<JobFolders> {
  const folders = {
    workspace: join(slotFolder, 'work', repositoryName, repositoryName),
    temporary: join(slotFolder, 'temporary'),
    home: join(slotFolder, 'home'),
  };
  await rm(slotFolder, { recursive: true, force: true });
  await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true })));
  return folders;
}

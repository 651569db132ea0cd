import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Bytes of a file on a branch of a bare repository; null when it is not there. */
export async function readBranchFile(repository: string, branch: string, path: string): Promise<Uint8Array | null> {
  try {
    const { stdout } = await run('git', ['--git-dir', repository, 'cat-file', 'blob', `refs/heads/${branch}:${path}`], {
      encoding: 'buffer',
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch {
    return null;
  }
}

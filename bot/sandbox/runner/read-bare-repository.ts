import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LIMIT = 64 * 1024 * 1024;

async function git(folder: string, given: readonly string[]): Promise<string> {
  const { stdout } = await run('git', [...given], {
    cwd: folder,
    maxBuffer: LIMIT,
    env: { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1' },
  });
  return stdout;
}

/** A file of a commit: its path and the id of its bytes. */
export interface BlobEntry {
  readonly path: string;
  readonly oid: string;
}

/** The workflow files of a commit; empty when it has none. */
export async function listWorkflowFiles(bareFolder: string, commit: string): Promise<readonly BlobEntry[]> {
  const listing = await git(bareFolder, ['ls-tree', '-z', commit, '--', '.github/workflows/']);
  return listing
    .split('\0')
    .map((line) => /^\d+ blob (?<oid>[0-9a-f]+)\t(?<path>.+\.ya?ml)$/.exec(line)?.groups)
    .flatMap((groups) => (groups === undefined ? [] : [{ path: groups['path'] ?? '', oid: groups['oid'] ?? '' }]));
}

/** The text of a blob. */
export async function readBlob(bareFolder: string, oid: string): Promise<string> {
  return await git(bareFolder, ['cat-file', 'blob', oid]);
}

/** The commit that a ref stands at. Throws when there is no such ref. */
export async function readRef(bareFolder: string, ref: string): Promise<string> {
  return (await git(bareFolder, ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`])).trim();
}

/** Paths that differ between two commits, or all of `to` when `from` is the zero id of a new branch. */
export async function listChangedPaths(
  bareFolder: string,
  range: { readonly from: string; readonly to: string },
): Promise<readonly string[]> {
  const listing = /^0+$/.test(range.from)
    ? await git(bareFolder, ['ls-tree', '-r', '-z', '--name-only', range.to])
    : await git(bareFolder, ['diff', '--name-only', '-z', '--no-renames', range.from, range.to]);
  return listing.split('\0').filter((path) => path !== '');
}

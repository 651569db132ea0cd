import { chmodSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signature } from './commit.ts';
import { renderCommit } from './commit.ts';
import { gitText } from './run-git.ts';
import { renderTree, type TreeEntry } from './tree.ts';
import { writeObject } from './write-object.ts';

const UPDATE_HOOK = `#!/bin/sh
# Refuses pushes to the protected branch by those who may not; pull request refs belong to the server.
case "$1" in
  refs/pull/*) echo "deny updating a hidden ref" >&2; exit 1 ;;
esac
if [ -n "$SANDBOX_REFUSED_REF" ] && [ "$1" = "$SANDBOX_REFUSED_REF" ]; then
  echo "GH006: Protected branch update failed for $1." >&2
  echo "Changes must be made through a pull request." >&2
  exit 1
fi
`;

export interface Seed {
  readonly path: string;
  readonly from: string;
  readonly exclude: (path: string) => boolean;
  readonly author: Signature;
}

/** Makes the bare repository with one commit on main that holds the files of a folder. Returns the commit. */
export async function seedRepository(seed: Seed): Promise<string> {
  mkdirSync(seed.path, { recursive: true });
  await gitText(seed.path, ['init', '--quiet', '--bare', '--initial-branch=main', '.']);
  // Nothing may be packed away while objects are written beside git.
  const settings = {
    'gc.auto': '0',
    'receive.autogc': 'false',
    'http.receivepack': 'true',
    'core.logAllRefUpdates': 'false',
    'receive.denyDeleteCurrent': 'ignore',
    'uploadpack.allowAnySHA1InWant': 'true',
  };
  writeFileSync(
    join(seed.path, 'config'),
    `${readFileSync(join(seed.path, 'config'), 'utf8')}${Object.entries(settings)
      .map(([key, value]) => section(key, value))
      .join('')}`,
  );
  const hook = join(seed.path, 'hooks', 'update');
  mkdirSync(join(seed.path, 'hooks'), { recursive: true });
  writeFileSync(hook, UPDATE_HOOK);
  chmodSync(hook, 0o755);
  const tree = writeFolder(seed, '') ?? writeObject(seed.path, 'tree', renderTree([]));
  const commit = renderCommit({ tree, parents: [], author: seed.author, committer: seed.author, message: 'First commit\n' });
  const sha = writeObject(seed.path, 'commit', commit);
  await gitText(seed.path, ['update-ref', 'refs/heads/main', sha]);
  return sha;
}

function section(key: string, value: string): string {
  const [name, setting] = key.split('.');
  return `[${name}]\n\t${setting} = ${value}\n`;
}

function writeFolder(seed: Seed, prefix: string): string | null {
  const entries: TreeEntry[] = [];
  for (const entry of readdirSync(join(seed.from, prefix), { withFileTypes: true })) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.name === '.git' || entry.name === 'node_modules' || seed.exclude(path)) continue;
    const written = entry.isDirectory() ? folderEntry(seed, path) : fileEntry(seed, path, entry.isSymbolicLink());
    if (written !== null) entries.push({ ...written, name: entry.name });
  }
  return entries.length === 0 ? null : writeObject(seed.path, 'tree', renderTree(entries));
}

function folderEntry(seed: Seed, path: string): Omit<TreeEntry, 'name'> | null {
  const oid = writeFolder(seed, path);
  return oid === null ? null : { mode: '040000', oid };
}

function fileEntry(seed: Seed, path: string, isLink: boolean): Omit<TreeEntry, 'name'> {
  const file = join(seed.from, path);
  if (isLink) return { mode: '120000', oid: writeObject(seed.path, 'blob', Buffer.from(readlinkSync(file))) };
  const mode = (statSync(file).mode & 0o111) === 0 ? '100644' : '100755';
  return { mode, oid: writeObject(seed.path, 'blob', readFileSync(file)) };
}

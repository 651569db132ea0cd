import type { ObjectReader } from './object-reader.ts';
import { parseTree, renderTree, type TreeEntry } from './tree.ts';
import { writeObject } from './write-object.ts';

/** What stands at a path afterwards; null removes it. */
export type TreeEdits = ReadonlyMap<string, { readonly mode: string; readonly oid: string } | null>;

/** A path of an edit is not usable, or what should be removed is not there. */
export class TreeEditError extends Error {}

/** Writes the tree that results from edits of paths in a base tree (null: the empty one) and returns its id. Removing the last file removes the folder. */
export async function editTree(
  git: { readonly path: string; readonly reader: ObjectReader },
  base: string | null,
  edits: TreeEdits,
): Promise<string> {
  for (const path of edits.keys()) {
    const bad = path.split('/').some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git');
    if (bad || path.includes('\0')) throw new TreeEditError(`tree.path contains a malformed path component: ${path}`);
  }
  const oid = await writeEdited(git, base, edits);
  return oid ?? writeObject(git.path, 'tree', renderTree([]));
}

async function writeEdited(git: { path: string; reader: ObjectReader }, base: string | null, edits: TreeEdits): Promise<string | null> {
  const object = base === null ? null : await git.reader.read(base);
  const entries = new Map<string, TreeEntry>((object === null ? [] : parseTree(object.content)).map((entry) => [entry.name, entry]));
  for (const [name, inner] of byFirstPart(edits)) {
    const whole = inner.get('');
    if (whole !== undefined) {
      if (whole === null && !entries.delete(name)) throw new TreeEditError(`path does not exist: ${name}`);
      if (whole !== null) entries.set(name, { name, mode: whole.mode, oid: whole.oid });
      continue;
    }
    const folder = entries.get(name);
    const below = await writeEdited(git, folder?.mode === '040000' ? folder.oid : null, inner);
    if (below === null) entries.delete(name);
    else entries.set(name, { name, mode: '040000', oid: below });
  }
  return entries.size === 0 ? null : writeObject(git.path, 'tree', renderTree([...entries.values()]));
}

/** Edits grouped by the first part of their path; the rest of the path is '' for the entry itself. */
function byFirstPart(edits: TreeEdits): Map<string, Map<string, { mode: string; oid: string } | null>> {
  const groups = new Map<string, Map<string, { mode: string; oid: string } | null>>();
  for (const [path, edit] of edits) {
    const slash = path.indexOf('/');
    const name = slash < 0 ? path : path.slice(0, slash);
    const group = groups.get(name) ?? new Map();
    group.set(slash < 0 ? '' : path.slice(slash + 1), edit);
    groups.set(name, group);
  }
  return groups;
}

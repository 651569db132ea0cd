import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Commit, parseCommit, renderCommit } from './commit.ts';
import { type GitObject, type ObjectReader, openObjectReader } from './object-reader.ts';
import { gitText, runGit } from './run-git.ts';
import { parseTree, type TreeEntry } from './tree.ts';
import { writeObject } from './write-object.ts';

export interface RefChange {
  readonly ref: string;
  /** null: must not exist; undefined: whatever it is. */
  readonly before: string | null | undefined;
  /** null: delete. */
  readonly after: string | null;
}

export interface Ref {
  readonly ref: string;
  readonly oid: string;
}

/** The bare repository: objects, refs by compare-and-swap, and git itself for what is git's (merges, diffs, ancestry). */
export interface GitStore {
  readonly path: string;
  readonly reader: ObjectReader;
  read(expression: string): Promise<GitObject | null>;
  commit(oid: string): Promise<Commit | null>;
  tree(oid: string): Promise<readonly TreeEntry[] | null>;
  writeCommit(commit: Commit): string;
  writeBlob(content: Uint8Array): string;
  /** Commit (or tag object) that a full ref name points to; null when there is none. */
  resolve(ref: string): Promise<string | null>;
  listRefs(prefix: string): Promise<readonly Ref[]>;
  /** All or none, each with its compare-and-swap. Returns null, or git's reason for refusing. */
  updateRefs(changes: readonly RefChange[]): Promise<string | null>;
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  mergeBase(a: string, b: string): Promise<string | null>;
  /** Tree of the three-way merge, or null when it conflicts. */
  mergeTree(base: string, head: string): Promise<string | null>;
  /** Commit ids reachable from `head` and not from `base`, newest first. */
  commitsBetween(base: string, head: string): Promise<readonly string[]>;
  text(args: readonly string[]): Promise<string>;
  close(): void;
}

const ABSENT = '0'.repeat(40);

export function openGitStore(path: string): GitStore {
  const reader = openObjectReader(path);
  const readAs = async (oid: string, type: string) => {
    const object = await reader.read(oid);
    return object?.type === type ? object.content : null;
  };
  return {
    path,
    reader,
    read: (expression) => reader.read(expression),
    commit: async (oid) => {
      const content = await readAs(oid, 'commit');
      return content === null ? null : parseCommit(content);
    },
    tree: async (oid) => {
      const content = await readAs(oid, 'tree');
      return content === null ? null : parseTree(content);
    },
    writeCommit: (commit) => writeObject(path, 'commit', renderCommit(commit)),
    writeBlob: (content) => writeObject(path, 'blob', content),
    resolve: async (ref) => resolveRef(path, ref),
    listRefs: (prefix) => listRefs(path, prefix),
    updateRefs: (changes) => updateRefs(path, changes),
    isAncestor: async (ancestor, descendant) => (await runGit(path, ['merge-base', '--is-ancestor', ancestor, descendant])).code === 0,
    mergeBase: async (a, b) => {
      const result = await runGit(path, ['merge-base', a, b]);
      return result.code === 0 ? result.stdout.toString('utf8').trim() : null;
    },
    mergeTree: async (base, head) => {
      const result = await runGit(path, ['merge-tree', '--write-tree', '--no-messages', base, head]);
      return result.code === 0 ? (result.stdout.toString('utf8').split('\n')[0] ?? null) : null;
    },
    commitsBetween: async (base, head) => {
      const text = await gitText(path, ['rev-list', '--topo-order', head, `^${base}`]);
      return text.split('\n').filter((line) => line !== '');
    },
    text: (args) => gitText(path, args),
    close: () => reader.close(),
  };
}

/** Loose ref files are read directly (no process); packed ones from their table. */
function resolveRef(path: string, ref: string): string | null {
  if (!isRefName(ref)) return null;
  const loose = readText(join(path, ref));
  if (loose !== null && /^[0-9a-f]{40}\s*$/.test(loose)) return loose.trim();
  const packed = readText(join(path, 'packed-refs')) ?? '';
  const line = packed.split('\n').find((one) => one.slice(41) === ref);
  return line === undefined ? null : line.slice(0, 40);
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (problem) {
    const code = (problem as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return null;
    throw problem;
  }
}

async function listRefs(path: string, prefix: string): Promise<readonly Ref[]> {
  const text = await gitText(path, ['for-each-ref', '--format=%(objectname) %(refname)']);
  const refs = text.split('\n').filter((line) => line !== '');
  return refs.map((line) => ({ oid: line.slice(0, 40), ref: line.slice(41) })).filter((one) => one.ref.startsWith(prefix));
}

async function updateRefs(path: string, changes: readonly RefChange[]): Promise<string | null> {
  const lines = changes.map((change) => {
    const before = change.before === undefined ? '' : ` ${change.before ?? ABSENT}`;
    return change.after === null ? `delete ${change.ref}${before}` : `update ${change.ref} ${change.after}${before}`;
  });
  const result = await runGit(path, ['update-ref', '--stdin', '--no-deref'], `start\n${lines.join('\n')}\nprepare\ncommit\n`);
  return result.code === 0 ? null : result.stderr.trim();
}

/** The rules of git-check-ref-format that matter here. */
export function isRefName(ref: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: git forbids them, so they are named here
  if (!/^refs\/[^\u0000-\u0020\u007f~^:?*[\\]+$/.test(ref)) return false;
  if (/\.\.|@\{|\/\/|\/$|\.$/.test(ref)) return false;
  return ref.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock') && !part.startsWith('-'));
}

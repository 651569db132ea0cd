import type { GitStore } from './git-store.ts';

export interface FileChange {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  readonly oid: string;
  readonly additions: number;
  readonly deletions: number;
  /** Unified diff without its header; null for binary files and over GitHub's 20,000 lines or 500 KB per file. */
  readonly patch: string | null;
}

const MAXIMUM_PATCH_BYTES = 500_000;

const STATUS: Readonly<Record<string, FileChange['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};

/** Files that differ between two trees or commits, with renames, as `git diff` sees them. */
export async function diffFiles(git: GitStore, from: string, to: string): Promise<readonly FileChange[]> {
  const raw = await git.text(['diff-tree', '-r', '-z', '-M', '--raw', '--numstat', '--no-commit-id', '--full-index', from, to]);
  const { entries, counts } = readRaw(raw.split('\0'));
  if (entries.length === 0) return [];
  const patches = splitPatches(await git.text(['-c', 'core.quotePath=false', 'diff-tree', '-r', '-M', '-p', '--no-commit-id', from, to]));
  // Both outputs list the files in the same order.
  return entries.map((entry, index) => {
    const count = counts.get(entry.path) ?? { additions: 0, deletions: 0 };
    const patch = patches[index] ?? null;
    return { ...entry, ...count, patch: patch === null || patch.length > MAXIMUM_PATCH_BYTES ? null : patch };
  });
}

type RawEntry = Pick<FileChange, 'path' | 'previousPath' | 'status' | 'oid'>;

function readRaw(fields: readonly string[]): { entries: RawEntry[]; counts: Map<string, { additions: number; deletions: number }> } {
  const entries: RawEntry[] = [];
  const counts = new Map<string, { additions: number; deletions: number }>();
  let at = 0;
  while (at < fields.length) {
    const field = fields[at] ?? '';
    const meta = /^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/.exec(field);
    const number = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(field);
    if (meta !== null) {
      const moved = meta[3] === 'R' || meta[3] === 'C';
      const path = fields[at + (moved ? 2 : 1)] ?? '';
      const oid = (meta[3] === 'D' ? meta[1] : meta[2]) ?? '';
      entries.push({ path, previousPath: moved ? (fields[at + 1] ?? null) : null, status: STATUS[meta[3] ?? 'M'] ?? 'modified', oid });
      at += moved ? 3 : 2;
      continue;
    }
    if (number !== null) {
      const moved = number[3] === '';
      const path = moved ? (fields[at + 2] ?? '') : (number[3] ?? '');
      counts.set(path, { additions: Number(number[1]) || 0, deletions: Number(number[2]) || 0 });
      at += moved ? 3 : 1;
      continue;
    }
    at += 1;
  }
  return { entries, counts };
}

/** One text per file, from its first hunk on; null for a file without hunks. */
function splitPatches(text: string): readonly (string | null)[] {
  const files = text.split(/^diff --git .*\n/m).slice(1);
  return files.map((file) => {
    const start = file.search(/^@@ /m);
    return start < 0 ? null : file.slice(start).replace(/\n$/, '');
  });
}

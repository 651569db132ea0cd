import type { StateChange, StateSnapshot, StateStore } from '../../pipelines/ports/state-store.ts';
import { callGitHub, callOrNull } from './call-github.ts';
import { commitOnBranch } from './commit-on-branch.ts';
import type { GitObjects } from './git-objects.ts';
import type { RepositoryAddress } from './repository-address.ts';
import { changedFiles, EVENTS_FILE, eventsPath, INDEX_FILE, MODEL_FILE, STATE_BRANCH, snapshotOf, verdictPath } from './state-files.ts';

/** A snapshot and what it was read from. */
interface BranchSnapshot {
  readonly snapshot: StateSnapshot;
  /** Texts that were read or written, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Blobs of all files of the commit that was read, by path. */
  readonly blobs: ReadonlyMap<string, string>;
}

/**
 * The state branch on GitHub. Reads cost one call while the branch has not moved; writes are one commit by compare-and-swap, and none
 * when no byte would change. The first commit has no parent: the branch shares no history with the code.
 */
export function openGitHubStateStore(address: RepositoryAddress, objects: GitObjects): StateStore {
  const known = new WeakMap<StateSnapshot, BranchSnapshot>();
  let newest: BranchSnapshot | null = null;
  const keep = (branch: BranchSnapshot) => {
    known.set(branch.snapshot, branch);
    newest = branch;
    return branch.snapshot;
  };
  return {
    async read() {
      const head = await objects.branchHead(STATE_BRANCH);
      if (newest !== null && newest.snapshot.head === head) return newest.snapshot;
      return keep(await readBranch(head, objects));
    },
    async verdict(base, name) {
      const path = verdictPath(name);
      const branch = known.get(base) ?? (await readBranch(base.head, objects));
      const held = branch.files.get(path);
      if (held !== undefined) return held;
      return branch.blobs.has(path) ? ((await readTexts([path], branch.blobs, objects)).get(path) ?? null) : null;
    },
    async commit(base, change) {
      const branch = await withMonths(known.get(base) ?? (await readBranch(base.head, objects)), change, objects);
      const texts = changedFiles(change, branch.files);
      if (texts.size === 0) return base;
      const head = await write(address, { base: base.head, message: change.message, texts });
      if (head === null) return null;
      const files = new Map([...branch.files, ...texts]);
      return keep({ snapshot: snapshotOf(head, files), files, blobs: branch.blobs });
    },
  };
}

async function readBranch(head: string | null, objects: GitObjects): Promise<BranchSnapshot> {
  const blobs = head === null ? new Map<string, string>() : await objects.tree(head);
  const months = [...blobs.keys()].filter((path) => EVENTS_FILE.test(path)).sort();
  const wanted = [...blobs.keys()].filter((path) => path === INDEX_FILE || MODEL_FILE.test(path) || path === months.at(-1));
  const files = await readTexts(wanted, blobs, objects);
  return { snapshot: snapshotOf(head, files), files, blobs };
}

/** Adds the texts of the months that a change appends to. */
async function withMonths(branch: BranchSnapshot, { events }: StateChange, objects: GitObjects): Promise<BranchSnapshot> {
  const months = [...new Set((events ?? []).map(eventsPath))].filter((path) => !branch.files.has(path) && branch.blobs.has(path));
  if (months.length === 0) return branch;
  return { ...branch, files: new Map([...branch.files, ...(await readTexts(months, branch.blobs, objects))]) };
}

async function readTexts(paths: readonly string[], blobs: ReadonlyMap<string, string>, objects: GitObjects): Promise<Map<string, string>> {
  const read = await Promise.all(
    paths.map(async (path): Promise<[string, string]> => {
      const blob = blobs.get(path);
      return [path, blob === undefined ? '' : Buffer.from(await objects.blob(blob)).toString('utf8')];
    }),
  );
  return new Map(read);
}

interface StateCommit {
  readonly base: string | null;
  readonly message: string;
  readonly texts: ReadonlyMap<string, string>;
}

async function write(address: RepositoryAddress, commit: StateCommit): Promise<string | null> {
  if (commit.base === null) return writeFirst(address, commit);
  const files = Object.fromEntries([...commit.texts].map(([path, text]) => [path, new Uint8Array(Buffer.from(text, 'utf8'))]));
  return commitOnBranch(address, { branch: STATE_BRANCH, expectedHead: commit.base, headline: commit.message, files });
}

async function writeFirst({ client, owner, repo }: RepositoryAddress, { message, texts }: StateCommit): Promise<string | null> {
  const { git } = client.rest;
  const entries = [...texts].map(([path, content]) => ({ path, mode: '100644' as const, type: 'blob' as const, content }));
  const tree = await callGitHub('write the first state', () => git.createTree({ owner, repo, tree: entries }));
  const made = await callGitHub('commit the first state', () =>
    git.createCommit({ owner, repo, message, tree: tree.data.sha, parents: [] }),
  );
  const ref = `refs/heads/${STATE_BRANCH}`;
  const created = await callOrNull(`create ${STATE_BRANCH}`, [422], () => git.createRef({ owner, repo, ref, sha: made.data.sha }));
  return created === null ? null : made.data.sha;
}

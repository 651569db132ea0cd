import type { CodeHost, HostRepository } from '../../effects/code-host.ts';

/** One commit that a branch of the bot must hold on top of the default branch. */
export interface WantedCommit {
  readonly branch: string;
  readonly headline: string;
  readonly path: string;
  readonly file: string;
}

/**
 * The tip of a branch that holds the wanted file: as it stands, or made from the default branch. A branch is reset, by compare-and-swap,
 * only when nothing is lost by it: its commits are in the default branch, or it is the tip of a pull request that was closed.
 * null: someone else's work is on it, and nothing was touched.
 */
export async function prepareBranch(wanted: WantedCommit, host: CodeHost, repository: HostRepository): Promise<string | null> {
  const bytes = new TextEncoder().encode(wanted.file);
  const tip = await host.branchHead(wanted.branch);
  if (tip !== null && (await holdsFile(wanted, tip, host))) return tip;
  if (!(await startFromDefault(wanted.branch, tip, host, repository))) return null;
  const { branch, headline, path } = wanted;
  return host.commitFiles({ branch, expectedHead: repository.head, headline, files: { [path]: bytes } });
}

async function holdsFile({ path, file }: WantedCommit, sha: string, host: CodeHost): Promise<boolean> {
  const found = await host.fileAt(sha, path);
  return found !== null && new TextDecoder().decode(found) === file;
}

async function startFromDefault(branch: string, tip: string | null, host: CodeHost, { head }: HostRepository): Promise<boolean> {
  if (tip === null) return host.createBranch(branch, head);
  if (tip === head) return true;
  const isStale = (await host.isContained(tip, head)) || (await endedPullAt(branch, tip, host));
  return isStale && (await host.resetBranch(branch, { from: tip, to: head }));
}

async function endedPullAt(branch: string, tip: string, host: CodeHost): Promise<boolean> {
  const pulls = await host.pullsOf(branch);
  return pulls.some((pull) => pull.headSha === tip && pull.state === 'closed') && !pulls.some((pull) => pull.state === 'open');
}

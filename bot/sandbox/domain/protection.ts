import { accountOf } from '../http/authenticate.ts';
import { reaches } from '../http/authorise.ts';
import type { Pull, Review } from '../store/entities.ts';
import type { World } from '../store/world.ts';

/** Conclusions that satisfy a required check. */
const PASSING: readonly (string | null)[] = ['success', 'skipped', 'neutral'];

export interface RequirementState {
  readonly name: string;
  /** What the newest check run or status of this name says; expected: there is none yet. */
  readonly state: 'passed' | 'failed' | 'pending' | 'expected';
}

/** How the required checks of a branch stand at a commit. */
export function requiredChecks(world: World, branch: string, sha: string): readonly RequirementState[] {
  const { protection } = world.settings;
  if (protection === null || protection.branch !== branch) return [];
  return protection.requiredChecks.map((name) => ({ name, state: stateOfCheck(world, name, sha) }));
}

/** Newest verdict of each reviewer with write access, without comments; the author's own does not count. */
export function standingReviews(world: World, pull: Pull): readonly Review[] {
  const author = world.issues.find((issue) => issue.number === pull.number)?.author;
  const newest = new Map<string, Review>();
  for (const review of world.reviews.filter((one) => one.pullNumber === pull.number && one.author !== author)) {
    const counts = review.state !== 'COMMENTED' && review.state !== 'PENDING';
    if (counts && reaches(accountOf(world, review.author).role, 'write')) newest.set(review.author, review);
  }
  return [...newest.values()];
}

/** Why a pull request may not be merged now, in GitHub's words; null when nothing stands against it. */
export function mergeRefusal(world: World, pull: Pull): string | null {
  const { protection } = world.settings;
  if (protection === null || protection.branch !== pull.baseRef) return null;
  const reviews = standingReviews(world, pull);
  if (reviews.some((review) => review.state === 'CHANGES_REQUESTED')) return 'Changes have been requested.';
  const approvals = reviews.filter((review) => review.state === 'APPROVED').length;
  const problems = requiredChecks(world, pull.baseRef, pull.headSha).filter((check) => check.state !== 'passed');
  const first = problems[0];
  if (first?.state === 'failed') return `Required status check "${first.name}" is failing.`;
  if (first?.state === 'pending') return `Required status check "${first.name}" is in progress.`;
  if (first !== undefined) return `Required status check "${first.name}" is expected.`;
  const needed = protection.requiredApprovals;
  if (approvals < needed) return `At least ${needed} approving review is required by reviewers with write access.`;
  return null;
}

/** Why a login may not move a protected branch directly; null when it may. */
export function pushRefusal(world: World, ref: string, login: string): string | null {
  const { protection } = world.settings;
  if (protection === null || ref !== `refs/heads/${protection.branch}`) return null;
  const isAdmin = accountOf(world, login).role === 'admin';
  if (isAdmin && protection.enforceAdmins !== true) return null;
  return `Protected branch update failed for ${ref}. Changes must be made through a pull request.`;
}

/** Whether a login may complete a merge into the branch at all. */
export function mayMerge(world: World, branch: string, login: string): boolean {
  const { protection } = world.settings;
  if (protection === null || protection.branch !== branch || protection.restrictedTo === undefined) return true;
  return protection.restrictedTo.includes(login);
}

function stateOfCheck(world: World, name: string, sha: string): RequirementState['state'] {
  const runs = world.checks.filter((check) => check.name === name && check.headSha === sha);
  const statuses = world.statuses.filter((status) => status.context === name && status.sha === sha);
  const states: RequirementState['state'][] = [];
  // A check and a status of one name are both required; of several runs the newest of each App counts.
  for (const app of new Set(runs.map((run) => run.app))) {
    const newest = runs.filter((run) => run.app === app).at(-1);
    if (newest?.status !== 'completed') states.push('pending');
    else states.push(PASSING.includes(newest.conclusion) ? 'passed' : 'failed');
  }
  const status = statuses.at(-1);
  if (status !== undefined) states.push(status.state === 'success' ? 'passed' : status.state === 'pending' ? 'pending' : 'failed');
  if (states.length === 0) return 'expected';
  return states.find((state) => state === 'failed') ?? states.find((state) => state === 'pending') ?? 'passed';
}

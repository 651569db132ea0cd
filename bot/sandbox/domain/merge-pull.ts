import { ApiError } from '../http/api-error.ts';
import { issueOf } from '../json/pull-json.ts';
import type { Pull } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import { announcePull } from './announce-pull.ts';
import { announceRefs } from './announce-refs.ts';
import { editIssue } from './edit-issue.ts';
import { mayMerge, mergeRefusal } from './protection.ts';
import { writeHostedCommit } from './write-commit.ts';

export interface MergeRequest {
  readonly actor: string;
  readonly method: 'merge' | 'squash' | 'rebase';
  /** Head that the caller has seen; null: whatever it is now. */
  readonly sha: string | null;
  readonly title: string | null;
  readonly message: string | null;
}

/** Merges a pull request as GitHub does: 405 with the reason when a rule stands against it, 409 when its head moved. Returns the new commit. */
export async function mergePull(world: World, pull: Pull, request: MergeRequest): Promise<string> {
  refuseWhenClosed(world, pull);
  if (request.sha !== null && request.sha !== pull.headSha)
    throw new ApiError(409, 'Head branch was modified. Review and try the merge again.');
  if (pull.draft) throw new ApiError(405, 'Pull Request is still a draft');
  if (!mayMerge(world, pull.baseRef, request.actor)) throw new ApiError(405, "You're not authorized to push to this branch.");
  const refusal = mergeRefusal(world, pull);
  if (refusal !== null) throw new ApiError(405, refusal);
  if (request.method === 'rebase') throw new ApiError(405, 'Rebase merges are not allowed on this repository.');
  const ref = `refs/heads/${pull.baseRef}`;
  const base = await world.git.resolve(ref);
  const tree = base === null ? null : await world.git.mergeTree(base, pull.headSha);
  if (base === null || tree === null) throw new ApiError(405, 'Pull Request is not mergeable');
  const sha = writeHostedCommit(world, {
    tree,
    parents: request.method === 'squash' ? [base] : [base, pull.headSha],
    ...mergeMessage(world, pull, request),
  });
  const lost = await world.git.updateRefs([{ ref, before: base, after: sha }]);
  if (lost !== null) throw new ApiError(405, 'Base branch was modified. Review and try the merge again.');
  await recordMerge(world, pull, { actor: request.actor, sha });
  await announceRefs(world, request.actor, [{ ref, before: base, after: sha }]);
  return sha;
}

function refuseWhenClosed(world: World, pull: Pull): void {
  if (pull.mergedAt !== null || issueOf(world, pull).state === 'closed') throw new ApiError(405, 'Pull Request is not mergeable');
}

function mergeMessage(world: World, pull: Pull, request: MergeRequest): { message: string; author: string } {
  const issue = issueOf(world, pull);
  const squash = request.method === 'squash';
  const usual = squash
    ? `${issue.title} (#${pull.number})`
    : `Merge pull request #${pull.number} from ${world.settings.owner}/${pull.headRef}`;
  const body = request.message ?? (squash ? '' : issue.title);
  return { message: `${request.title ?? usual}${body === '' ? '' : `\n\n${body}`}`, author: squash ? issue.author : request.actor };
}

async function recordMerge(world: World, pull: Pull, { actor, sha }: { actor: string; sha: string }): Promise<void> {
  const now = world.now();
  const issue = issueOf(world, pull);
  world.issues.put({ ...issue, state: 'closed', closedAt: now, closedBy: actor, updatedAt: now });
  const merged = world.pulls.put({ ...pull, mergedAt: now, mergedBy: actor, mergeCommitSha: sha });
  await announcePull(world, { pull: merged, action: 'closed', actor });
  if (pull.baseRef === 'main') await closeNamedIssues(world, issue.body ?? '', actor);
}

/** "Closes #7" and its kin: https://docs.github.com/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue */
async function closeNamedIssues(world: World, body: string, actor: string): Promise<void> {
  for (const found of body.matchAll(/\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)\b/gi)) {
    const issue = world.issues.find((one) => one.number === Number(found[1]) && !one.isPull && one.state === 'open');
    if (issue !== null) await editIssue(world, issue, { change: { state: 'closed', stateReason: 'completed' }, actor });
  }
}

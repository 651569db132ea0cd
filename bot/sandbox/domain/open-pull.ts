import { invalid } from '../http/api-error.ts';
import type { Pull } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import { announcePull } from './announce-pull.ts';
import { addIssue } from './edit-issue.ts';

export interface NewPull {
  readonly title: string;
  readonly body: string | null;
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
  readonly author: string;
  readonly viaApp: string | null;
}

/** Opens a pull request; 422 in GitHub's words for a missing branch, nothing to merge, or a second one for the same head and base. */
export async function openPull(world: World, fresh: NewPull): Promise<Pull> {
  const head = fresh.head.replace(new RegExp(`^${world.settings.owner}:`, 'i'), '');
  const [headSha, baseSha] = await Promise.all([world.git.resolve(`refs/heads/${head}`), world.git.resolve(`refs/heads/${fresh.base}`)]);
  if (headSha === null) throw invalid({ resource: 'PullRequest', field: 'head', code: 'invalid' });
  if (baseSha === null) throw invalid({ resource: 'PullRequest', field: 'base', code: 'invalid' });
  if ((await world.git.commitsBetween(baseSha, headSha)).length === 0) throw refused(`No commits between ${fresh.base} and ${head}`);
  if ((await world.git.mergeBase(baseSha, headSha)) === null)
    throw refused(`The ${head} branch has no history in common with ${fresh.base}`);
  if (hasOpen(world, head, fresh.base)) throw refused(`A pull request already exists for ${world.settings.owner}:${head}.`);
  const { title, body, author, viaApp } = fresh;
  const issue = addIssue(world, { title, body, author, viaApp, labels: [], assignees: [], isPull: true });
  const pull = world.pulls.put({
    id: world.nextId(),
    number: issue.number,
    headRef: head,
    headSha,
    baseRef: fresh.base,
    baseSha,
    draft: fresh.draft,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
    requestedReviewers: [],
  });
  await world.git.updateRefs([{ ref: `refs/pull/${pull.number}/head`, before: null, after: headSha }]);
  await announcePull(world, { pull, action: 'opened', actor: author });
  return pull;
}

function hasOpen(world: World, head: string, base: string): boolean {
  const open = (pull: Pull) => world.issues.find((issue) => issue.number === pull.number)?.state === 'open';
  return world.pulls.find((pull) => pull.headRef === head && pull.baseRef === base && open(pull)) !== null;
}

function refused(message: string) {
  return invalid({ resource: 'PullRequest', code: 'custom', message });
}

import { timingSafeEqual } from 'node:crypto';
import { mergePull } from '../domain/merge-pull.ts';
import { mergeRefusal, standingReviews } from '../domain/protection.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { accountOf } from '../http/authenticate.ts';
import { reaches } from '../http/authorise.ts';
import { addReview } from '../rest/review-routes.ts';
import type { Pull } from '../store/entities.ts';
import type { World } from '../store/world.ts';

/** The Merge button: approves (when the rules want it) and merges as the person at the keyboard, by the same rules as REST. */
export async function mergeByForm(world: World, number: number, form: URLSearchParams): Promise<void> {
  if (!sameText(form.get('token') ?? '', world.settings.formToken))
    throw new ApiError(403, 'This form is not from this page. Reload the page and try again.');
  const pull = world.pulls.find((one) => one.number === number);
  if (pull === null) throw notFound();
  const actor = world.settings.person;
  if (!reaches(accountOf(world, actor).role, 'write')) throw new ApiError(403, `${actor} has no write access.`);
  if (form.get('sha') !== pull.headSha) throw new ApiError(409, 'Head branch was modified. Review and try the merge again.');
  approveWhenWanted(world, pull, actor);
  await mergePull(world, pull, { actor, method: 'merge', sha: pull.headSha, title: null, message: null });
}

/** An approval is given only when it is all that is missing, so that a refused merge leaves none behind. */
function approveWhenWanted(world: World, pull: Pull, actor: string): void {
  const approved = standingReviews(world, pull).some((review) => review.author === actor && review.state === 'APPROVED');
  if (approved || pull.draft || mergeRefusal(world, pull)?.startsWith('At least ') !== true) return;
  addReview(world, pull, { author: actor, state: 'APPROVED', body: '', commitId: pull.headSha });
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

import { ACTIONS_LOGIN } from '../actions/actions-login.ts';
import { ApiError } from '../http/api-error.ts';
import { anything, listOf, oneOf, text } from '../http/body-shape.ts';
import { type Answer, actorOf, type Call, get, ok, type Route } from '../http/call.ts';
import { paginate } from '../http/paginate.ts';
import { issueOf, pullJson, reviewJson } from '../json/pull-json.ts';
import type { Pull, ReviewState } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import { PULL_READ, PULL_WRITE, pullAsked } from './pull-routes.ts';

const BASE = '/repos/{owner}/{repo}/pulls/{pull_number}/reviews';
const STATES: Readonly<Record<string, ReviewState>> = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' };

export function reviewRoutes(): readonly Route[] {
  const body = { body: text(), event: oneOf('APPROVE', 'REQUEST_CHANGES', 'COMMENT'), commit_id: text(), comments: listOf(anything(), 0) };
  return [get(BASE, PULL_READ, listReviews), { method: 'POST', path: BASE, right: PULL_WRITE, role: 'read', body, run: createReview }];
}

function listReviews(call: Call): Promise<Answer> {
  const { number } = pullAsked(call);
  return paginate(
    call,
    call.world.reviews.filter((review) => review.pullNumber === number),
    (review) => reviewJson(call.world, review),
  );
}

function createReview(call: Call): Answer {
  const pull = pullAsked(call);
  const state = STATES[String(call.body['event'])] ?? 'PENDING';
  const review = addReview(call.world, pull, {
    author: actorOf(call),
    state,
    body: (call.body['body'] as string | undefined) ?? '',
    commitId: (call.body['commit_id'] as string | undefined) ?? pull.headSha,
  });
  return ok(reviewJson(call.world, review));
}

/** Records a review and sends pull_request_review `submitted`; nobody reviews their own pull request, and GITHUB_TOKEN approves nothing. */
export function addReview(world: World, pull: Pull, fresh: { author: string; state: ReviewState; body: string; commitId: string }) {
  const verdict = fresh.state === 'APPROVED' || fresh.state === 'CHANGES_REQUESTED';
  const words = fresh.state === 'APPROVED' ? 'approve' : 'request changes on';
  if (verdict && issueOf(world, pull).author === fresh.author) throw refused(`Can not ${words} your own pull request`);
  if (fresh.state === 'APPROVED' && fresh.author === ACTIONS_LOGIN)
    throw refused('GitHub Actions is not permitted to approve pull requests.');
  const review = world.reviews.put({ ...fresh, id: world.nextId(), pullNumber: pull.number, submittedAt: world.now() });
  if (review.state === 'PENDING') return review;
  const shown = { ...reviewJson(world, review), state: review.state.toLowerCase() };
  const payload = { action: 'submitted', review: shown, pull_request: pullJson(world, pull) };
  world.emit({ event: 'pull_request_review', action: 'submitted', actor: fresh.author, payload });
  return review;
}

function refused(message: string): ApiError {
  return new ApiError(422, 'Unprocessable Entity', { errors: [message] });
}

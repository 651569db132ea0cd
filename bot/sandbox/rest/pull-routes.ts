import { editIssue, type IssueChange } from '../domain/edit-issue.ts';
import { mergePull } from '../domain/merge-pull.ts';
import { openPull } from '../domain/open-pull.ts';
import { ApiError, invalid, notFound } from '../http/api-error.ts';
import { flag, listOf, oneOf, orNull, required, text } from '../http/body-shape.ts';
import { type Answer, actorOf, appOf, type Call, created, get, ok, type Right, type Route } from '../http/call.ts';
import { paginate } from '../http/paginate.ts';
import { commitJson } from '../json/commit-json.ts';
import { fileJson, fullPullJson, issueOf, pullFiles, pullJson } from '../json/pull-json.ts';
import type { Pull } from '../store/entities.ts';
import type { World } from '../store/world.ts';
import { ordered } from './issue-routes.ts';

export const PULL_READ: Right = [['pull_requests', 'read']];
export const PULL_WRITE: Right = [['pull_requests', 'write']];
const BASE = '/repos/{owner}/{repo}/pulls';

export function pullRoutes(): readonly Route[] {
  const fresh = {
    title: required(text()),
    head: required(text()),
    base: required(text()),
    body: orNull(text()),
    draft: flag(),
    maintainer_can_modify: flag(),
  };
  const merge = { commit_title: text(), commit_message: text(), sha: text(), merge_method: oneOf('merge', 'squash', 'rebase') };
  const reviewers = { reviewers: listOf(text()), team_reviewers: listOf(text()) };
  return [
    get(BASE, PULL_READ, listPulls),
    { method: 'POST', path: BASE, right: PULL_WRITE, body: fresh, run: createPull },
    get(`${BASE}/{pull_number}`, PULL_READ, async (call) => ok(await fullPullJson(call.world, pullAsked(call)))),
    {
      method: 'PATCH',
      path: `${BASE}/{pull_number}`,
      right: PULL_WRITE,
      body: { title: text(), body: orNull(text()), state: oneOf('open', 'closed'), base: text(), maintainer_can_modify: flag() },
      run: patchPull,
    },
    get(`${BASE}/{pull_number}/files`, PULL_READ, listFiles),
    get(`${BASE}/{pull_number}/commits`, PULL_READ, listCommits),
    get(`${BASE}/{pull_number}/merge`, PULL_READ, isMerged),
    { method: 'PUT', path: `${BASE}/{pull_number}/merge`, right: [['contents', 'write']], body: merge, run: merged },
    { method: 'POST', path: `${BASE}/{pull_number}/requested_reviewers`, right: PULL_WRITE, body: reviewers, run: requestReviewers },
    get('/repos/{owner}/{repo}/commits/{commit_sha}/pulls', PULL_READ, pullsOfCommit),
  ];
}

export function pullAsked(call: Call): Pull {
  const pull = call.world.pulls.find((one) => one.number === Number(call.params['pull_number']));
  if (pull === null) throw notFound();
  return pull;
}

function listPulls(call: Call): Promise<Answer> {
  const { query, world } = call;
  const state = query.get('state') ?? 'open';
  const head = query.get('head');
  const base = query.get('base');
  // A head without its owner is ignored by GitHub; here it is refused, since it would silently list everything.
  if (head !== null && !head.includes(':'))
    throw new ApiError(422, 'The sandbox wants head as owner:branch, since GitHub ignores anything else');
  const branch = head?.slice(head.indexOf(':') + 1);
  const rows = world.pulls.filter(
    (pull) =>
      (state === 'all' || issueOf(world, pull).state === state) &&
      (branch === undefined || pull.headRef === branch) &&
      (base === null || pull.baseRef === base),
  );
  return paginate(call, ordered(rows, query), (pull) => pullJson(world, pull));
}

async function createPull(call: Call): Promise<Answer> {
  const { world, body } = call;
  const pull = await openPull(world, {
    title: String(body['title']),
    body: (body['body'] as string | null) ?? null,
    head: String(body['head']),
    base: String(body['base']),
    draft: body['draft'] === true,
    author: actorOf(call),
    viaApp: appOf(call),
  });
  return created(await fullPullJson(world, pull));
}

async function patchPull(call: Call): Promise<Answer> {
  const { world, body } = call;
  const pull = pullAsked(call);
  if (body['state'] === 'open' && issueOf(world, pull).state === 'closed') await refuseReopening(world, pull);
  if (body['base'] !== undefined) {
    const baseSha = await world.git.resolve(`refs/heads/${String(body['base'])}`);
    if (baseSha === null) throw invalid({ resource: 'PullRequest', field: 'base', code: 'invalid' });
    world.pulls.put({ ...pull, baseRef: String(body['base']), baseSha });
  }
  const change: IssueChange = {
    ...(body['title'] === undefined ? {} : { title: String(body['title']) }),
    ...(body['body'] === undefined ? {} : { body: body['body'] as string | null }),
    ...(body['state'] === undefined ? {} : { state: body['state'] as 'open' | 'closed' }),
  };
  await editIssue(world, issueOf(world, pull), { change, actor: actorOf(call) });
  return ok(await fullPullJson(world, pullAsked(call)));
}

async function refuseReopening(world: World, pull: Pull): Promise<void> {
  const gone = (await world.git.resolve(`refs/heads/${pull.headRef}`)) === null;
  if (gone || pull.mergedAt !== null) {
    throw invalid({
      resource: 'PullRequest',
      code: 'custom',
      field: 'state',
      message: gone
        ? `state cannot be changed. The ${pull.headRef} branch has been deleted.`
        : 'state cannot be changed. The pull request cannot be reopened.',
    });
  }
}

async function listFiles(call: Call): Promise<Answer> {
  const pull = pullAsked(call);
  return paginate(call, await pullFiles(call.world, pull), (file) => fileJson(call.world, file, pull.headSha));
}

async function listCommits(call: Call): Promise<Answer> {
  const { world } = call;
  const pull = pullAsked(call);
  const shas = await world.git.commitsBetween(pull.baseSha, pull.headSha);
  return paginate(call, [...shas].reverse(), async (sha) => {
    const commit = await world.git.commit(sha);
    return commit === null ? null : commitJson(world, sha, commit);
  });
}

function isMerged(call: Call): Answer {
  if (pullAsked(call).mergedAt === null) throw notFound();
  return { status: 204, bytes: new Uint8Array(), type: '' };
}

async function merged(call: Call): Promise<Answer> {
  const { body } = call;
  const sha = await mergePull(call.world, pullAsked(call), {
    actor: actorOf(call),
    method: (body['merge_method'] as 'merge' | 'squash' | 'rebase' | undefined) ?? 'merge',
    sha: (body['sha'] as string | undefined) ?? null,
    title: (body['commit_title'] as string | undefined) ?? null,
    message: (body['commit_message'] as string | undefined) ?? null,
  });
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
}

async function requestReviewers(call: Call): Promise<Answer> {
  const pull = pullAsked(call);
  const logins = (call.body['reviewers'] ?? []) as readonly string[];
  const author = issueOf(call.world, pull).author;
  if (logins.includes(author)) throw new ApiError(422, 'Review cannot be requested from pull request author.');
  const stranger = logins.some((login) => call.world.accounts.find((account) => account.login === login && account.role !== null) === null);
  if (stranger)
    throw new ApiError(
      422,
      'Reviews may only be requested from collaborators. One or more of the users you specified is not a collaborator of the repository.',
    );
  const next = call.world.pulls.put({ ...pull, requestedReviewers: [...new Set([...pull.requestedReviewers, ...logins])] });
  return created(pullJson(call.world, next));
}

async function pullsOfCommit(call: Call): Promise<Answer> {
  const sha = call.params['commit_sha'] ?? '';
  const { world } = call;
  const rows: Pull[] = [];
  for (const pull of world.pulls.all()) {
    const inside =
      pull.mergeCommitSha === sha || pull.headSha === sha || (await world.git.commitsBetween(pull.baseSha, pull.headSha)).includes(sha);
    if (inside) rows.push(pull);
  }
  return paginate(call, rows, (pull) => pullJson(world, pull));
}

import { ACTIONS_LOGIN } from '../actions/actions-login.ts';
import { type Json, repositoryWeb } from '../json/account-json.ts';
import { suiteJson } from '../json/check-json.ts';
import { emailOf } from '../json/commit-json.ts';
import { pushedCommitJson } from '../json/pushed-commit-json.ts';
import type { World } from '../store/world.ts';
import { followBranch } from './follow-branch.ts';
import { ensureSuite } from './put-check.ts';

export interface MovedRef {
  readonly ref: string;
  readonly before: string | null;
  readonly after: string | null;
}

const ABSENT = '0'.repeat(40);
const COMMITS_SHOWN = 20;
/** More tags than this in one push make no events: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows */
const TAGS_ANNOUNCED = 3;

/** Everything that follows from moved refs: create, delete and push events, push workflows, pull requests that get new commits. */
export async function announceRefs(world: World, actor: string, moved: readonly MovedRef[]): Promise<void> {
  const tags = moved.filter((one) => one.ref.startsWith('refs/tags/'));
  for (const one of moved) {
    const isTag = one.ref.startsWith('refs/tags/');
    if (one.before === one.after || !(isTag || one.ref.startsWith('refs/heads/'))) continue;
    if (!isTag || tags.length <= TAGS_ANNOUNCED) await announceOne(world, actor, one);
    if (!isTag) await followBranch(world, actor, one);
  }
}

async function announceOne(world: World, actor: string, moved: MovedRef): Promise<void> {
  const refType = moved.ref.startsWith('refs/tags/') ? 'tag' : 'branch';
  const name = moved.ref.replace(/^refs\/(heads|tags)\//, '');
  const named = { ref: name, ref_type: refType, pusher_type: 'user' };
  if (moved.before === null)
    world.emit({ event: 'create', action: null, actor, payload: { ...named, master_branch: 'main', description: null } });
  if (moved.after === null) world.emit({ event: 'delete', action: null, actor, payload: named });
  const payload = await pushPayload(world, actor, moved);
  world.emit({ event: 'push', action: null, actor, payload });
  if (moved.after === null) return;
  if (refType === 'branch' && actor !== ACTIONS_LOGIN)
    await announceSuite(world, actor, { branch: name, sha: moved.after, before: moved.before });
  if (actor === ACTIONS_LOGIN) return;
  world.trigger({
    event: 'push',
    action: null,
    ref: moved.ref,
    sha: moved.after,
    workflowPath: null,
    inputs: {},
    payload,
    actor,
    runId: null,
    approvalRequired: false,
  });
}

/** GitHub opens a suite for every App that may write checks, at every push to a branch. */
async function announceSuite(world: World, actor: string, moved: { branch: string; sha: string; before: string | null }): Promise<void> {
  const { repository: _repository, ...suite } = await suiteJson(world, ensureSuite(world, world.settings.appSlug, moved.sha));
  const shown = { ...suite, head_branch: moved.branch, before: moved.before ?? ABSENT };
  world.emit({ event: 'check_suite', action: 'requested', actor, payload: { action: 'requested', check_suite: shown } });
}

async function pushPayload(world: World, actor: string, moved: MovedRef): Promise<Json> {
  const commits = await pushedCommits(world, moved);
  const forced = moved.before !== null && moved.after !== null && !(await world.git.isAncestor(moved.before, moved.after));
  return {
    ref: moved.ref,
    before: moved.before ?? ABSENT,
    after: moved.after ?? ABSENT,
    created: moved.before === null,
    deleted: moved.after === null,
    forced,
    base_ref: null,
    compare: `${repositoryWeb(world)}/compare/${moved.before?.slice(0, 12) ?? ABSENT.slice(0, 12)}...${moved.after?.slice(0, 12) ?? ''}`,
    commits,
    head_commit: commits.at(-1) ?? null,
    pusher: { name: actor, email: emailOf(world, actor) },
  };
}

async function pushedCommits(world: World, moved: MovedRef): Promise<readonly Json[]> {
  if (moved.after === null) return [];
  const shas = moved.before === null ? [moved.after] : await world.git.commitsBetween(moved.before, moved.after);
  const shown = [...shas].reverse().slice(-COMMITS_SHOWN);
  const commits = await Promise.all(shown.map((sha) => pushedCommitJson(world, sha)));
  return commits.filter((commit) => commit !== null);
}

import { ACTIONS_LOGIN } from '../actions/actions-login.ts';
import type { Json } from '../json/account-json.ts';
import { fullPullJson } from '../json/pull-json.ts';
import type { Pull } from '../store/entities.ts';
import type { World } from '../store/world.ts';

/** Sends a pull_request event and lets workflows hear it. */
export async function announcePull(world: World, told: { pull: Pull; action: string; actor: string; more?: Json }): Promise<void> {
  const { pull, action, actor } = told;
  const payload = { action, number: pull.number, pull_request: await fullPullJson(world, pull), ...told.more };
  world.emit({ event: 'pull_request', action, actor, payload });
  world.trigger({
    event: 'pull_request',
    action,
    ref: `refs/pull/${pull.number}/merge`,
    sha: pull.headSha,
    workflowPath: null,
    inputs: {},
    payload,
    actor,
    runId: null,
    approvalRequired: actor === ACTIONS_LOGIN,
  });
}

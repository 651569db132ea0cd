import { ACTIONS_LOGIN } from '../actions/actions-login.ts';
import { checkJson } from '../json/check-json.ts';
import type { CheckRun, CheckSuite } from '../store/work-entities.ts';
import type { World } from '../store/world.ts';

/** The suite of an App at a commit; made when there is none. */
export function ensureSuite(world: World, app: string, headSha: string): CheckSuite {
  const known = world.suites.find((suite) => suite.app === app && suite.headSha === headSha);
  return known ?? world.suites.put({ id: world.nextId(), app, headSha });
}

/** Stores a check run and sends check_run `created` or `completed`. */
export function putCheck(world: World, check: CheckRun): CheckRun {
  const before = world.checks.get(check.id);
  world.checks.put(check);
  const actor = check.app === world.settings.appSlug ? `${check.app}[bot]` : ACTIONS_LOGIN;
  if (before === null) tell(world, check, { action: 'created', actor });
  if (check.status === 'completed' && before?.status !== 'completed') tell(world, check, { action: 'completed', actor });
  return check;
}

function tell(world: World, check: CheckRun, { action, actor }: { action: string; actor: string }): void {
  world.emit({ event: 'check_run', action, actor, payload: { action, check_run: checkJson(world, check) } });
}

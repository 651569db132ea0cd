import { WorkflowError } from '../workflow-error.ts';
import type { ActionSetting, ReplacedAction } from './replaced-action.ts';

async function run(inputs: Readonly<Record<string, string>>, setting: ActionSetting): Promise<Readonly<Record<string, string>>> {
  const wanted = (inputs['node-version'] ?? '').replace(/^v/, '');
  const actual = process.versions.node;
  const matches = actual === wanted || actual.startsWith(`${wanted}.`);
  if (!matches) {
    const hint = 'the dependencies of this repository bring it along on Linux: start with npm run or npx';
    throw new WorkflowError(`the workflow asks for Node ${wanted}, this host runs ${actual}: ${hint}`);
  }
  setting.log.note(`setup-node on this host: Node ${actual} is there already`);
  return { 'node-version': `v${actual}`, 'cache-hit': 'false' };
}

/** `actions/setup-node`: installs nothing, fails when the host's Node is not the one asked for. */
export const setupNode: ReplacedAction = { inputs: { 'node-version': '', 'package-manager-cache': 'false' }, run };

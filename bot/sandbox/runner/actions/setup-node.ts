import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkflowError } from '../workflow-error.ts';
import type { ActionSetting, ReplacedAction } from './replaced-action.ts';

async function run(inputs: Readonly<Record<string, string>>, setting: ActionSetting): Promise<Readonly<Record<string, string>>> {
  const wanted = (inputs['node-version'] ?? '').replace(/^v/, '');
  const actual = process.versions.node;
  if (actual === wanted || actual.startsWith(`${wanted}.`)) {
    setting.log.note(`setup-node on this host: Node ${actual} is there already`);
  } else if (await isAllowed(actual, setting.folders.workspace)) {
    setting.log.note(`setup-node on this host: asked for Node ${wanted}, kept Node ${actual}, which package.json allows`);
  } else {
    const hint = 'the dependencies of this repository bring it along on Linux: start with npm run or npx';
    throw new WorkflowError(`the workflow asks for Node ${wanted}, this host runs ${actual}: ${hint}`);
  }
  return { 'node-version': `v${actual}`, 'cache-hit': 'false' };
}

/** Whether `engines.node` of the checked-out package.json, written as `>=major.minor`, allows a version. */
async function isAllowed(version: string, workspace: string): Promise<boolean> {
  const text = await readFile(join(workspace, 'package.json'), 'utf8').catch(() => '{}');
  const { engines } = JSON.parse(text) as { readonly engines?: { readonly node?: string } };
  const least = /^>=(\d+)\.(\d+)$/.exec(engines?.node ?? '');
  if (least === null) return false;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = [Number(least[1]), Number(least[2])];
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** `actions/setup-node`: installs nothing. Another Node than the one asked for will do only where the repository's package.json allows it. */
export const setupNode: ReplacedAction = { inputs: { 'node-version': '', 'package-manager-cache': 'false' }, run };

import { existsSync } from 'node:fs';
import { appendFile, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ActionSetting } from './actions/replaced-action.ts';
import { WorkflowError } from './workflow-error.ts';

/** The one composite action that may install. */
export const SETUP_ACTION = './.github/actions/setup';

/**
 * Stands in for `npm ci` of the setup action: links the host's installed modules into the workspace and says so. Throws
 * WorkflowError when the lock file of the workspace is another than the one the modules were installed from.
 */
export async function linkInstallation(setting: ActionSetting): Promise<void> {
  const { workspace } = setting.folders;
  const wanted = await readFile(join(workspace, 'package-lock.json'), 'utf8').catch(() => null);
  const installed = await readFile(join(dirname(setting.installedModules), 'package-lock.json'), 'utf8').catch(() => null);
  if (wanted !== installed) throw new WorkflowError('package-lock.json differs from that of the installed modules: run npm ci on the host');
  await symlink(setting.installedModules, join(workspace, 'node_modules'), 'dir');
  const gitInfo = join(workspace, '.git', 'info');
  // A .gitignore line `node_modules/` means a folder, not the link.
  if (existsSync(gitInfo)) await appendFile(join(gitInfo, 'exclude'), '/node_modules\n');
  setting.log.note(`npm ci on this host: node_modules is a link to ${setting.installedModules}; nothing was installed`);
}

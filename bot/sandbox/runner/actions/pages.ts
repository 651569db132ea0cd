import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Permission } from '../../actions-service.ts';
import { runProcess } from '../run-process.ts';
import { WorkflowError } from '../workflow-error.ts';
import type { ActionSetting, ReplacedAction } from './replaced-action.ts';

const ARTIFACT = 'github-pages';

function requirePermission(setting: ActionSetting, permission: Permission, levels: readonly string[]): void {
  const level = setting.permissions[permission] ?? 'none';
  if (!levels.includes(level)) throw new WorkflowError(`the job has ${permission}: ${level}, but this action needs ${levels.join(' or ')}`);
}

async function tar(setting: ActionSetting, folder: string, given: readonly string[]): Promise<void> {
  const { environment, signal, log } = setting;
  const code = await runProcess({ command: 'tar', arguments: given, folder, environment, signal, onLine: log.note });
  if (code !== 0) throw new WorkflowError(`tar ended with ${code}`);
}

async function configure(_inputs: Readonly<Record<string, string>>, setting: ActionSetting): Promise<Readonly<Record<string, string>>> {
  requirePermission(setting, 'pages', ['read', 'write']);
  const site = new URL(setting.host.urls.pages.replace(/\/$/, ''));
  setting.log.note(`configure-pages on this host: the site will be at ${site.href}/`);
  return { base_url: site.href, origin: site.origin, host: site.host, base_path: site.pathname };
}

async function upload(inputs: Readonly<Record<string, string>>, setting: ActionSetting): Promise<Readonly<Record<string, string>>> {
  const staged = join(setting.folders.temporary, 'pages-artifact');
  await mkdir(staged, { recursive: true });
  const from = inputs['path'] ?? '_site/';
  await tar(setting, setting.folders.workspace, ['-h', '--exclude=.[^/]*', '-cf', join(staged, 'artifact.tar'), '-C', from, '.']);
  const stored = setting.host.actions.storeArtifact(setting.runId, ARTIFACT, { folder: staged });
  setting.log.note(`upload-pages-artifact on this host: ${from}, ${stored.sizeInBytes} bytes`);
  return { artifact_id: String(stored.id) };
}

async function deploy(_inputs: Readonly<Record<string, string>>, setting: ActionSetting): Promise<Readonly<Record<string, string>>> {
  requirePermission(setting, 'pages', ['write']);
  requirePermission(setting, 'id-token', ['write']);
  if (setting.environmentName === null) throw new WorkflowError('Missing environment. The deployment job must have an environment');
  const unpacked = join(setting.folders.temporary, 'pages-unpacked');
  const site = join(setting.folders.temporary, 'pages-site');
  await Promise.all([mkdir(unpacked, { recursive: true }), mkdir(site, { recursive: true })]);
  setting.host.actions.extractArtifact(setting.runId, ARTIFACT, unpacked);
  await tar(setting, unpacked, ['-xf', 'artifact.tar', '-C', site]);
  const url = setting.host.actions.publishPages(setting.runId, site);
  setting.log.note(`deploy-pages on this host: served at ${url}`);
  return { page_url: url };
}

/** `actions/configure-pages`: the address of the sandbox's Pages. */
export const configurePages: ReplacedAction = { inputs: {}, run: configure };

/** `actions/upload-pages-artifact`: one tar, hidden files left out. */
export const uploadPagesArtifact: ReplacedAction = { inputs: { path: '_site/' }, run: upload };

/** `actions/deploy-pages`: asks for the same permissions and environment as the real one. */
export const deployPages: ReplacedAction = { inputs: {}, run: deploy };

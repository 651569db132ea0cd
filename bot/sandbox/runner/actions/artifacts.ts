import { cp, mkdir, readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { WorkflowError } from '../workflow-error.ts';
import type { ActionSetting, ReplacedAction } from './replaced-action.ts';

function insideWorkspace(setting: ActionSetting, path: string): string {
  const full = resolve(setting.folders.workspace, path);
  if (relative(setting.folders.workspace, full).startsWith('..')) throw new WorkflowError(`${path} is outside the workspace`);
  return full;
}

async function copyVisible(source: string, target: string): Promise<number> {
  const facts = await stat(source).catch(() => null);
  if (facts === null) return 0;
  await mkdir(target, { recursive: true });
  if (facts.isFile()) {
    await cp(source, join(target, basename(source)));
    return 1;
  }
  // Hidden files stay behind, as on GitHub.
  await cp(source, target, { recursive: true, filter: (from) => from === source || !basename(from).startsWith('.') });
  return (await readdir(target, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;
}

async function upload(inputs: Readonly<Record<string, string>>, setting: ActionSetting): Promise<Readonly<Record<string, string>>> {
  const path = (inputs['path'] ?? '').trim();
  if (path === '' || /[*?[\n]/.test(path)) throw new WorkflowError('upload-artifact: this runner takes one file or folder, no patterns');
  const name = inputs['name'] ?? 'artifact';
  const staged = join(setting.folders.temporary, `artifact-${name}`);
  const count = await copyVisible(insideWorkspace(setting, path), staged);
  if (count === 0) {
    const problem = `No files were found with the provided path: ${path}`;
    if (inputs['if-no-files-found'] === 'error') throw new WorkflowError(problem);
    if (inputs['if-no-files-found'] === 'warn') setting.log.print(`::warning::${problem}`);
    return {};
  }
  const stored = setting.host.actions.storeArtifact(setting.runId, name, { folder: staged });
  setting.log.note(`upload-artifact on this host: ${name}, ${count} files, ${stored.sizeInBytes} bytes, ${stored.digest}`);
  return { 'artifact-id': String(stored.id), 'artifact-digest': stored.digest.replace('sha256:', '') };
}

async function download(inputs: Readonly<Record<string, string>>, setting: ActionSetting): Promise<Readonly<Record<string, string>>> {
  const name = inputs['name'] ?? '';
  const folder = insideWorkspace(setting, inputs['path'] ?? '');
  if (!setting.host.actions.listArtifacts(setting.runId).some((artifact) => artifact.name === name)) {
    throw new WorkflowError(`Unable to download artifact(s): Artifact not found for name: ${name}`);
  }
  await mkdir(folder, { recursive: true });
  setting.host.actions.extractArtifact(setting.runId, name, folder);
  setting.log.note(`download-artifact on this host: ${name} into ${inputs['path'] || 'the workspace'}`);
  return { 'download-path': folder };
}

/** `actions/upload-artifact` for one file or folder. */
export const uploadArtifact: ReplacedAction = {
  inputs: { name: 'artifact', path: '', 'if-no-files-found': 'warn', 'retention-days': '' },
  run: upload,
};

/** `actions/download-artifact` for one artifact of the same run. */
export const downloadArtifact: ReplacedAction = { inputs: { name: '', path: '' }, run: download };

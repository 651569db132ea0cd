import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Document, parseDocument } from 'yaml';
import { UserError } from '../../core/errors/user-error.ts';
import { Deployment } from '../../core/schema/deployment.ts';

/**
 * Makes a version the one that serves. The version that served until now becomes the fallback; comments of the file stay.
 * Throws a UserError (VERSION_MISSING) when the version folder holds no version.json.
 */
export async function writeDeployment(change: {
  readonly root: string;
  readonly model: string;
  readonly version: string;
}): Promise<Deployment> {
  const folder = join(change.root, 'models', change.model);
  await access(join(folder, 'versions', change.version, 'version.json')).catch((cause: unknown) => {
    throw new UserError({
      code: 'VERSION_MISSING',
      message: `${change.model} has no version ${change.version}`,
      hint: '`holdfast versions` lists those there are',
      cause,
    });
  });
  const file = join(folder, 'deployment.yml');
  const text = await readFile(file, 'utf8').catch(() => null);
  const next = deploymentText({ text, model: change.model, version: change.version });
  await writeFile(file, next);
  return Deployment.parse(parseDocument(next).toJS());
}

/** The new text of deployment.yml; `text` is the present one, null when there is none. */
export function deploymentText(change: { readonly text: string | null; readonly model: string; readonly version: string }): string {
  if (change.text === null)
    return new Document({ schemaVersion: 1, model: change.model, production: change.version, fallback: null }).toString();
  const document = parseDocument(change.text);
  const serving = document.get('production');
  if (serving === change.version) return change.text;
  document.set('production', change.version);
  document.set('fallback', serving ?? null);
  return document.toString();
}

import { cp, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What of this project a repository that uses it holds. ci.yml stays out: it tests Holdfast itself. */
const ENTRIES = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'bot',
  'pipelines',
  'dashboard',
  'models',
  '.github',
  '.gitignore',
  'LICENSE',
];
const LEFT_OUT = new Set(['node_modules', 'dist', '.astro', 'ci.yml']);

/** Copies the project, with one model of its models, to a folder that becomes the first commit of the sandbox repository. */
export async function copyProject(root: string, target: string, model: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const models = join(root, 'models');
  const belongs = (path: string) => !LEFT_OUT.has(basename(path)) && (dirname(path) !== models || basename(path) === model);
  for (const entry of ENTRIES) await cp(join(root, entry), join(target, entry), { recursive: true, filter: belongs });
}

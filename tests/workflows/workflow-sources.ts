import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A YAML file of .github with its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const ROOT = resolve(import.meta.dirname, '../..');

function read(pattern: string): readonly Source[] {
  const paths = globSync(pattern, { cwd: ROOT }).sort();
  return paths.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** The workflow files of this repository. */
export const WORKFLOWS = read('.github/workflows/*.yml');

/** Its composite actions. */
export const ACTIONS = read('.github/actions/*/action.yml');

import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isScalar, LineCounter, parseDocument } from 'yaml';
import type { YamlProblem } from './parse-yaml.ts';

interface Source {
  readonly text: string;
  readonly file: string;
}

/**
 * What of a sound model.yml or deployment.yml does not fit the folder that it lies in: the model's name is not the folder's, or a version that serves has no
 * folder or cannot be watched. `path` is where the file is; `source.file` is how problems call it. A file outside `models/<model>/` is not held against its place.
 */
export async function misplaced(path: string, source: Source): Promise<YamlProblem[]> {
  const folder = dirname(path);
  if (basename(dirname(folder)) !== 'models') return [];
  const isDeployment = basename(path) === 'deployment.yml';
  return [
    ...(await wrong(source, isDeployment ? 'model' : 'name', async (name) =>
      name === basename(folder)
        ? null
        : { message: `"${name}" is not the name of its folder`, hint: `write ${basename(folder)}, or rename the folder` },
    )),
    ...(isDeployment ? await wrong(source, 'production', (version) => withoutFolder(folder, version)) : []),
    ...(isDeployment ? await wrong(source, 'production', () => unscored(join(folder, 'model.yml'))) : []),
    ...(isDeployment ? await wrong(source, 'fallback', (version) => withoutFolder(folder, version)) : []),
  ];
}

/** A version that serves cannot be watched by a log without scores. A model.yml that cannot be read has problems of its own. */
async function unscored(model: string): Promise<Finding | null> {
  const text = await readFile(model, 'utf8').catch(() => null);
  if (text === null || parseDocument(text).getIn(['logs', 'columns', 'score']) !== undefined) return null;
  return { message: 'model.yml names no score column, so what serves cannot be watched', hint: 'name it at logs.columns.score' };
}

type Finding = Pick<YamlProblem, 'message' | 'hint'>;

async function withoutFolder(folder: string, version: string): Promise<Finding | null> {
  const manifest = join(folder, 'versions', version, 'version.json');
  if ((await stat(manifest).catch(() => null)) !== null) return null;
  return { message: `there is no version ${version}`, hint: `name a folder under versions/, or add versions/${version}` };
}

async function wrong(source: Source, key: string, judge: (value: string) => Promise<Finding | null>): Promise<YamlProblem[]> {
  const lines = new LineCounter();
  const node = parseDocument(source.text, { lineCounter: lines }).get(key, true);
  if (!isScalar(node) || typeof node.value !== 'string') return [];
  const finding = await judge(node.value);
  if (finding === null) return [];
  const { line, col } = lines.linePos(node.range?.[0] ?? 0);
  return [{ position: { file: source.file, line, column: col }, path: key, ...finding }];
}

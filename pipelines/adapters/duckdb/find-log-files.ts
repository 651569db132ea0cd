import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { UserError } from '../../core/errors/user-error.ts';
import type { Engine } from './engine.ts';
import { quoteText } from './quote.ts';

/** A file of a log as it lies on disk. */
export interface FoundFile {
  readonly path: string;
  /** Path, size and time of last change: a new key is a new file. */
  readonly key: string;
}

/** The files that a glob matches under the data root, by name. Throws a UserError when there is none, or when the path leaves the root. */
export async function findLogFiles(engine: Engine, pattern: string): Promise<readonly FoundFile[]> {
  if (isAbsolute(pattern) || pattern.split(/[\\/]/).includes('..')) {
    throw new UserError({
      code: 'LOG_PATH_OUTSIDE',
      message: `The path ${pattern} leaves the data root.`,
      hint: 'Write the path in model.yml relative to the data root, without "..".',
    });
  }
  const found = await engine.query(`SELECT file FROM glob(${quoteText(join(engine.dataRoot, pattern))}) ORDER BY file`);
  const paths = found.texts('file').filter((path) => path !== null);
  if (paths.length === 0) {
    throw new UserError({
      code: 'LOG_FILES_MISSING',
      message: `No file matches ${pattern} under ${engine.dataRoot}.`,
      hint: 'Check the path in model.yml and the data root (--data-root or HOLDFAST_DATA_ROOT).',
    });
  }
  return Promise.all(
    paths.map(async (path) => {
      const { size, mtimeMs } = await stat(path);
      return { path, key: `${path}|${size}|${mtimeMs}` };
    }),
  );
}

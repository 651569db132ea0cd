import { globSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { AskedKind } from '../adapters/duckdb/infer-kinds.ts';
import { readComparedTable } from '../adapters/duckdb/read-compared-table.ts';
import { UserError } from '../core/errors/user-error.ts';
import { joinTables } from '../core/registry/first-definition/join-tables.ts';
import type { FileOfRows } from '../core/registry/first-definition/proposal-request.ts';

export interface FileToRead {
  /** Of one file, or a glob of several. */
  readonly path: string;
  readonly dataRoot: string;
  readonly kinds: Readonly<Record<string, AskedKind>>;
  /** Most rows that are read, the same at every run. */
  readonly limit: number;
}

/** What was read, and what a person should know of the reading. */
export interface FileThatWasRead extends FileOfRows {
  readonly notes: readonly string[];
}

/** Reads a log or a file of labels with the path that a definition has for it. Throws a UserError: LOG_OUTSIDE_DATA_ROOT, FILE_MISSING, and what `openTableFile` throws. */
export async function readFileOfRows({ path, dataRoot, kinds, limit }: FileToRead): Promise<FileThatWasRead> {
  const inside = relative(dataRoot, path).split(sep).join('/');
  if (inside.startsWith('..'))
    throw new UserError({
      code: 'LOG_OUTSIDE_DATA_ROOT',
      message: `${path} does not lie under ${dataRoot}`,
      hint: 'give a folder that holds all logs with --data-root',
    });
  const files = /[*?[]/.test(path) ? globSync(path).sort() : [path];
  const [first] = files;
  if (first === undefined)
    throw new UserError({
      code: 'FILE_MISSING',
      message: `no file matches ${path}`,
      hint: 'put quotes around the pattern, and check the folder',
    });
  const tables = [];
  for (const file of files)
    tables.push(await readComparedTable({ path: file, name: inside, limit: Math.max(1, Math.floor(limit / files.length)), kinds }));
  const unreadable = tables.reduce((sum, table) => sum + table.unreadable, 0);
  const lost = unreadable === 0 ? [] : [`${unreadable} ${unreadable === 1 ? 'line' : 'lines'} of ${inside} could not be read: left out`];
  const ofColumns = tables.flatMap(({ notes }) =>
    Object.entries(notes).flatMap(([name, texts]) => texts.map((text) => `${name}: ${text}`)),
  );
  const nested = [...new Set(tables.flatMap((table) => table.nested))].map(
    (name) => `${name}: holds lists, records or bytes, and is left out`,
  );
  return { format: formatOf(first), path: inside, table: joinTables(tables), notes: [...lost, ...new Set(ofColumns), ...nested] };
}

function formatOf(path: string): FileOfRows['format'] {
  if (/\.(parquet|pq)$/i.test(path)) return 'parquet';
  return /\.(jsonl|ndjson)(\.gz)?$/i.test(path) ? 'jsonl' : 'csv';
}

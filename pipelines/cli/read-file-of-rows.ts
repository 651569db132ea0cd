import { relative, sep } from 'node:path';
import type { AskedKind } from '../adapters/duckdb/infer-kinds.ts';
import { readComparedTable } from '../adapters/duckdb/read-compared-table.ts';
import { UserError } from '../core/errors/user-error.ts';
import type { FileOfRows } from '../core/registry/first-definition/proposal-request.ts';

export interface FileToRead {
  readonly path: string;
  readonly dataRoot: string;
  readonly kinds: Readonly<Record<string, AskedKind>>;
  /** Most rows that are read, the same at every run. */
  readonly limit: number;
}

/** Reads a log or a file of labels with the path that a definition has for it. Throws a UserError: LOG_OUTSIDE_DATA_ROOT, and what `openTableFile` throws. */
export async function readFileOfRows({ path, dataRoot, kinds, limit }: FileToRead): Promise<FileOfRows> {
  const inside = relative(dataRoot, path);
  if (inside.startsWith('..'))
    throw new UserError({
      code: 'LOG_OUTSIDE_DATA_ROOT',
      message: `${path} does not lie under ${dataRoot}`,
      hint: 'give a folder that holds all logs with --data-root',
    });
  const table = await readComparedTable({ path, name: inside, limit, kinds });
  return { format: formatOf(path), path: inside.split(sep).join('/'), table };
}

function formatOf(path: string): FileOfRows['format'] {
  if (/\.(parquet|pq)$/i.test(path)) return 'parquet';
  return /\.(jsonl|ndjson)(\.gz)?$/i.test(path) ? 'jsonl' : 'csv';
}

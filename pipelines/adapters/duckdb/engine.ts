import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { OutsideError } from '../../core/errors/outside-error.ts';
import { UserError } from '../../core/errors/user-error.ts';
import { quoteText, quoteTexts } from './quote.ts';
import { type ResultTable, readResult } from './read-result.ts';

export interface EngineOptions {
  /** Folder of the data: the only folder that queries may read, besides the engine's own work folder. */
  readonly dataRoot: string;
  /** DuckDB's limit for buffers, e.g. `256MB`; beyond it queries spill to the work folder. */
  readonly memoryLimit: string;
  readonly threads: number;
}

/** One locked-down DuckDB in memory. Statements run one after another. */
export interface Engine {
  /** The data root, with links resolved. */
  readonly dataRoot: string;
  /** A folder for staged files; removed on close. */
  readonly workFolder: string;
  run(sql: string): Promise<void>;
  query(sql: string): Promise<ResultTable>;
  /** At once, or when the running statement has ended; those that wait behind it fail. */
  close(): void;
}

/** Opens a DuckDB that reads and writes nothing outside the data root and its work folder, loads no extensions, and whose settings are locked. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const dataRoot = existingFolder(options.dataRoot);
  const workFolder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-log-')));
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: String(options.threads), memory_limit: options.memoryLimit });
  const connection = await instance.connect();
  const spill = join(workFolder, 'spill');
  mkdirSync(spill);
  await connection.run(hardening([dataRoot, workFolder], spill).join(';\n'));
  const { close, ...statements } = inTurn(connection);
  return {
    dataRoot,
    workFolder,
    ...statements,
    close: () =>
      close(() => {
        connection.closeSync();
        instance.closeSync();
        rmSync(workFolder, { recursive: true, force: true });
      }),
  };
}

function existingFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (cause) {
    throw new UserError({
      code: 'DATA_ROOT_MISSING',
      message: `The data root ${folder} does not exist.`,
      hint: 'Pass --data-root <folder> or set HOLDFAST_DATA_ROOT to the folder that the paths in model.yml start from.',
      cause,
    });
  }
}

// Queries are made from files that pull requests change, so the engine is shut in before the first one. The order matters: the lock is last.
function hardening(folders: readonly string[], spill: string): string[] {
  return [
    'SET parquet_metadata_cache = true',
    "SET TimeZone = 'UTC'",
    `SET temp_directory = ${quoteText(spill)}`,
    `SET allowed_directories = ${quoteTexts(folders.map((folder) => `${folder}/`))}`,
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ];
}

// Results are held whole: streamed ones of several GROUP BYs joined by UNION ALL wait for ever in DuckDB 1.5.5 once they outgrow its buffer.
// Statements queue, so that no more than one result is held at a time. The engine must not be freed under a statement that runs.
function inTurn(connection: DuckDBConnection): Pick<Engine, 'run' | 'query'> & { close(free: () => void): void } {
  let last: Promise<unknown> = Promise.resolve();
  let unfinished = 0;
  let isClosed = false;
  async function finish<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (isClosed) throw new Error('the log was closed');
      return await work();
    } catch (cause) {
      throw queryFailed(cause);
    } finally {
      unfinished -= 1;
    }
  }
  function queue<T>(work: () => Promise<T>): Promise<T> {
    unfinished += 1;
    const result = last.then(() => finish(work));
    last = result.catch(() => undefined);
    return result;
  }
  return {
    close(free) {
      isClosed = true;
      if (unfinished === 0) free();
      else last = last.then(free);
    },
    run: (sql) =>
      queue(async () => {
        await connection.run(sql);
      }),
    query: (sql) => queue(async () => readResult(await connection.run(sql))),
  };
}

function queryFailed(cause: unknown): OutsideError {
  const [message = 'unknown'] = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1);
  return new OutsideError({
    code: 'LOG_QUERY_FAILED',
    message: `The log could not be read: ${message}`,
    hint: 'A file may be damaged behind its footer, or memory or disk may be full: look at the file that is named, and at the free space of the temporary folder.',
    retryable: false,
    cause,
  });
}

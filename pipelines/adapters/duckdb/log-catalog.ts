import { directFile } from './direct-file.ts';
import type { Engine } from './engine.ts';
import { type FoundFile, findLogFiles } from './find-log-files.ts';
import type { LogField } from './log-fields.ts';
import type { LogFile } from './log-file.ts';
import type { LogFormat } from './raw-source.ts';
import { readFooters } from './read-footers.ts';
import { stageFile } from './stage-file.ts';

/** The files of one log. Each is looked at once, and again when it changes. */
export interface LogCatalog {
  files(): Promise<readonly LogFile[]>;
}

export interface CatalogSource {
  readonly format: LogFormat;
  readonly path: string;
  readonly fields: readonly LogField[];
  /** Prefix of the numbers of staged files; differs between the logs that share an engine. */
  readonly firstNumber: number;
}

/** Opens the catalogue of a log. Files are read when they are first asked for. */
export function openLogCatalog(engine: Engine, source: CatalogSource): LogCatalog {
  const known = new Map<string, LogFile>();
  let number = source.firstNumber;
  async function open(found: readonly FoundFile[]): Promise<void> {
    const footers = source.format === 'parquet' ? await readFooters(engine, pathsOf(found)) : new Map();
    for (const file of found) {
      const footer = footers.get(file.path);
      const direct = footer === undefined ? null : directFile(file, footer, source.fields);
      number += 1;
      const staged = direct ?? (await stageFile(engine, file, { format: source.format, fields: source.fields, number }));
      known.set(file.key, staged);
    }
  }
  let last: Promise<unknown> = Promise.resolve();
  return {
    async files() {
      const found = await findLogFiles(engine, source.path);
      // Two callers at once would stage a file twice.
      const opened = last.then(() => open(found.filter((file) => !known.has(file.key))));
      last = opened.catch(() => undefined);
      await opened;
      const files = found.map((file) => known.get(file.key));
      return files.filter((file) => file !== undefined);
    },
  };
}

function pathsOf(found: readonly FoundFile[]): readonly string[] {
  return found.map((file) => file.path);
}

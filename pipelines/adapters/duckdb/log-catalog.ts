import { UserError } from '../../core/errors/user-error.ts';
import { LEAST_DOUBTFUL_SPAN } from '../../core/profile/plausible-times.ts';
import { directFile } from './direct-file.ts';
import type { Engine } from './engine.ts';
import { type FoundFile, findLogFiles } from './find-log-files.ts';
import type { LogField } from './log-fields.ts';
import { type LogFile, relationOf } from './log-file.ts';
import type { LogFormat } from './raw-source.ts';
import { type Footer, readFooters } from './read-footers.ts';
import { believedFiles, readPlausibleTimes } from './read-plausible-times.ts';
import { stageFile } from './stage-file.ts';
import { storedTypes } from './stored-type.ts';
import { csvHeader, jsonNames, readTextHead } from './text-head.ts';

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
    const footers: ReadonlyMap<string, Footer> = source.format === 'parquet' ? await readFooters(engine, pathsOf(found)) : new Map();
    const lacking: { readonly file: FoundFile; readonly error: UserError }[] = [];
    for (const file of found) {
      try {
        known.set(file.key, await openFile(file, footers.get(file.path), source.fields));
      } catch (error) {
        if (!(error instanceof UserError) || error.code !== 'LOG_COLUMN_MISSING') throw error;
        lacking.push({ file, error });
      }
    }
    // A column that no file has is a wrong name in model.yml; one that some files lack is broken data: it is read as missing, and judged as such.
    const [first] = lacking;
    if (first !== undefined && known.size === 0) throw first.error;
    for (const { file } of lacking) {
      const footer = footers.get(file.path);
      const relaxed = source.fields.map((field) => ({ ...field, required: field.required && !isOfContract(field) }));
      const opened = await openFile(file, footer, relaxed);
      known.set(file.key, footer === undefined ? { ...opened, types: await absentTypes(file, source) } : opened);
    }
  }
  async function openFile(file: FoundFile, footer: Footer | undefined, fields: readonly LogField[]): Promise<LogFile> {
    const direct = footer === undefined ? null : await believedFile(directFile(file, footer, fields), fields);
    number += 1;
    const opened = direct ?? (await stageFile(engine, file, { format: source.format, fields, number }));
    return footer === undefined ? opened : { ...opened, types: storedTypes(footer, source.fields) };
  }
  /** null for a file that holds rows of a broken clock: staging sets them aside. */
  async function believedFile(file: LogFile | null, fields: readonly LogField[]): Promise<LogFile | null> {
    if (file === null || !(file.last - file.first > LEAST_DOUBTFUL_SPAN)) return file;
    return (await readPlausibleTimes(engine, relationOf([file]), fields)) === null ? file : null;
  }
  let last: Promise<unknown> = Promise.resolve();
  let listing: Promise<readonly FoundFile[]> | null = null;
  // Those who ask while the folder is being listed share what is seen.
  async function list(): Promise<readonly FoundFile[]> {
    listing ??= findLogFiles(engine, source.path);
    try {
      return await listing;
    } finally {
      listing = null;
    }
  }
  return {
    async files() {
      const found = await list();
      // Two callers at once would stage a file twice.
      const opened = last.then(() => open(found.filter((file) => !known.has(file.key))));
      last = opened.catch(() => undefined);
      await opened;
      const files = found.map((file) => known.get(file.key));
      return believedFiles(
        files.filter((file) => file !== undefined),
        source.fields,
      );
    },
  };
}

/** Columns of the data contract; the others mean something to this program, which cannot do without them. */
function isOfContract({ as }: LogField): boolean {
  return /^c\d+$/.test(as);
}

/** The required columns that the head of a text file does not name. */
async function absentTypes(file: FoundFile, { format, fields }: CatalogSource): Promise<Readonly<Record<string, string>>> {
  const head = await readTextHead(file.path);
  const names = format === 'csv' ? csvHeader(head).names : jsonNames(head);
  const absent = fields.filter((field) => field.required && isOfContract(field) && !names.includes(field.source));
  return Object.fromEntries(absent.map(({ as }) => [as, 'absent']));
}

function pathsOf(found: readonly FoundFile[]): readonly string[] {
  return found.map((file) => file.path);
}

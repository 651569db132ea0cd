import { createReadStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../core/errors/user-error.ts';

const HEAD_BYTES = 65_536;

/** The first 64 KB of a text file, unpacked, without a byte order mark; a line cut short at the end is left out unless it is the only one. */
export async function readTextHead(path: string): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of unpacked(path)) {
    parts.push(part as Buffer);
    size += (part as Buffer).length;
    if (size >= HEAD_BYTES) break;
  }
  const text = Buffer.concat(parts)
    .subarray(0, HEAD_BYTES)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const end = text.lastIndexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}

/** Unpacks a gzip file to its end, because DuckDB reads a truncated one as if it were whole. Throws a UserError when it is not. */
export async function requireWholeGzip(path: string): Promise<void> {
  if (!path.endsWith('.gz')) return;
  const stream = unpacked(path);
  stream.resume();
  try {
    await finished(stream);
  } catch (cause) {
    throw new UserError({
      code: 'LOG_FILE_UNREADABLE',
      message: `${path} is not a whole gzip file: it may be cut short, or still being written.`,
      hint: 'Write log files under another name first and rename them when they are complete; then restore or remove this one.',
      cause,
    });
  }
}

function unpacked(path: string): NodeJS.ReadableStream & { resume(): void } {
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) return file;
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

/** The names in the first line of a CSV file, and the character that parts them. */
export function csvHeader(head: string): { readonly names: readonly string[]; readonly separator: string } {
  const line = head.split(/\r?\n/, 1)[0] ?? '';
  const separator = [',', ';', '\t', '|'].reduce((best, candidate) =>
    line.split(candidate).length > line.split(best).length ? candidate : best,
  );
  return { names: splitLine(line, separator), separator };
}

function splitLine(line: string, separator: string): string[] {
  const cells = line.match(
    separator === '|' ? /("([^"]|"")*"|[^|]*)(\||$)/g : new RegExp(`("([^"]|"")*"|[^${separator}]*)(${separator}|$)`, 'g'),
  );
  const named = (cells ?? []).map((cell) => cell.replace(new RegExp(`[${separator}]$`), ''));
  const names = line.endsWith(separator) ? named : named.slice(0, -1);
  return names.map((name) => name.trim()).map((name) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name));
}

/** The names that occur in the first lines of a JSON Lines file; unreadable lines are passed over. */
export function jsonNames(head: string): readonly string[] {
  const names = new Set<string>();
  for (const line of head.split('\n')) for (const name of namesOf(line)) names.add(name);
  return [...names];
}

function namesOf(line: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  } catch {
    return [];
  }
}

import { crc32, inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Largest sum of the sizes that is read, against bombs. */
const MAXIMUM_BYTES = 512 * 1024 * 1024;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END = 0x06054b50;
/** 1980-01-01, so that equal files make equal archives. */
const DATE = 0x0021;

/** A zip archive with stored (uncompressed) entries, sorted by path: equal files give equal bytes. PKWARE APPNOTE 6.3.3. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of sorted) {
    const name = Buffer.from(entry.path);
    const common = commonHeader(entry, name.length);
    const local = Buffer.concat([u32(LOCAL), common, name]);
    central.push(Buffer.concat([u32(CENTRAL), u16(20), common, Buffer.alloc(10), u32(offset), name]));
    parts.push(local, Buffer.from(entry.bytes));
    offset += local.length + entry.bytes.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.concat([u32(END), u32(0), u16(sorted.length), u16(sorted.length), u32(directory.length), u32(offset), u16(0)]);
  return Buffer.concat([...parts, directory, end]);
}

/** The files of an archive, stored or deflated. Throws on a broken archive, a path that leaves the folder, or too many bytes. */
export function readZip(archive: Uint8Array): readonly ZipEntry[] {
  const buffer = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = buffer.lastIndexOf(u32(END));
  if (end < 0) throw new Error('not a zip archive: no end record');
  const entries: ZipEntry[] = [];
  let total = 0;
  let at = buffer.readUInt32LE(end + 16);
  for (let index = 0; index < buffer.readUInt16LE(end + 10); index += 1) {
    if (buffer.readUInt32LE(at) !== CENTRAL) throw new Error('not a zip archive: broken directory');
    const nameLength = buffer.readUInt16LE(at + 28);
    const path = buffer.toString('utf8', at + 46, at + 46 + nameLength);
    total += buffer.readUInt32LE(at + 24);
    if (total > MAXIMUM_BYTES) throw new Error('the archive is too large');
    if (!path.endsWith('/')) entries.push({ path: safePath(path), bytes: contentOf(buffer, at) });
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return entries;
}

function contentOf(buffer: Buffer, at: number): Buffer {
  const method = buffer.readUInt16LE(at + 10);
  const size = buffer.readUInt32LE(at + 20);
  const fullSize = buffer.readUInt32LE(at + 24);
  const local = buffer.readUInt32LE(at + 42);
  const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
  const stored = buffer.subarray(start, start + size);
  if (method !== 0 && method !== 8) throw new Error(`the archive uses compression method ${method}`);
  const bytes = method === 0 ? Buffer.from(stored) : inflateRawSync(stored, { maxOutputLength: Math.max(1, fullSize) });
  if (bytes.length !== fullSize || crc32(bytes) !== buffer.readUInt32LE(at + 16)) throw new Error('the archive is damaged');
  return bytes;
}

function safePath(path: string): string {
  const parts = path.split('/');
  if (path.startsWith('/') || path.includes('\\') || path.includes('\0') || parts.includes('..'))
    throw new Error(`unsafe path in the archive: ${path}`);
  return path;
}

/** Version needed to extracted size and name length: equal in both headers. */
function commonHeader(entry: ZipEntry, nameLength: number): Buffer {
  const size = u32(entry.bytes.length);
  return Buffer.concat([u16(20), u16(0x0800), u16(0), u16(0), u16(DATE), u32(crc32(entry.bytes)), size, size, u16(nameLength), u16(0)]);
}

function u16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;

/**
 * The content of a zip archive that holds exactly one file. Sizes are checked before anything is inflated; names and extra fields are
 * never used. Throws a RangeError that says what is wrong.
 */
export function unzipSingleFile(zip: Buffer, maxBytes: number): Uint8Array {
  const end = findEnd(zip);
  const entries = zip.readUInt16LE(end + 10);
  if (entries !== 1) throw new RangeError(`the archive holds ${entries} files, expected one`);
  const central = zip.readUInt32LE(end + 16);
  if (zip.readUInt32LE(central) !== CENTRAL) throw new RangeError('the archive has no directory');
  const method = zip.readUInt16LE(central + 10);
  const packedBytes = zip.readUInt32LE(central + 20);
  const bytes = zip.readUInt32LE(central + 24);
  const local = zip.readUInt32LE(central + 42);
  if (bytes > maxBytes) throw new RangeError(`the file has ${bytes} bytes, at most ${maxBytes} are read`);
  if (zip.readUInt32LE(local) !== LOCAL) throw new RangeError('the archive has no file where its directory says');
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + packedBytes);
  if (packed.length !== packedBytes) throw new RangeError('the archive is cut off');
  return unpack(packed, { method, bytes, maxBytes });
}

function unpack(packed: Buffer, { method, bytes, maxBytes }: { method: number; bytes: number; maxBytes: number }): Uint8Array {
  if (method !== 0 && method !== 8) throw new RangeError(`the archive uses compression ${method}, expected 0 or 8`);
  const content = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: maxBytes });
  if (content.length !== bytes) throw new RangeError('the file has another size than the archive says');
  return new Uint8Array(content);
}

function findEnd(zip: Buffer): number {
  const first = Math.max(0, zip.length - END_BYTES - LONGEST_COMMENT);
  for (let offset = zip.length - END_BYTES; offset >= first; offset -= 1) {
    if (zip.readUInt32LE(offset) === END) return offset;
  }
  throw new RangeError('this is no zip archive');
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Digest } from '../schema/digest.ts';
import { canonicalLine } from './canonical-json.ts';

/** SHA-256 of bytes. Pure and synchronous. */
export function digestBytes(bytes: Uint8Array): Digest {
  return `sha256:${bytesToHex(sha256(bytes))}`;
}

/** SHA-256 of text in UTF-8. */
export function digestText(text: string): Digest {
  return digestBytes(utf8ToBytes(text));
}

/** SHA-256 of the canonical JSON of a value. */
export function digestValue(value: unknown): Digest {
  return digestText(canonicalLine(value));
}

/** The first 16 hexadecimal digits of the digest of a value: the form of every key and id. */
export function shortKey(value: unknown): string {
  return digestValue(value).slice('sha256:'.length, 'sha256:'.length + 16);
}

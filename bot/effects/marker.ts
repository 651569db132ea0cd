import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { shortKey } from '../../pipelines/core/digest/sha256.ts';

/** The hidden first line of everything that the bot writes: which object it is, and what was last written into it. */
export interface Marker {
  /** Names the object for ever, e.g. `incident/9f3c0a...`. */
  readonly key: string;
  /** Tells one attempt to create it from another; null for objects that are found by another way. */
  readonly nonce: string | null;
  /** Of the text below the marker: equal fingerprint, no write. */
  readonly fingerprint: string;
}

/** How markers are signed. Without a key they are unsigned, and only the author of an object vouches for it. */
export interface Signing {
  readonly key: Uint8Array | null;
  readonly repositoryId: number;
}

/** `signature`: `valid`, `absent` (unsigned), or `forged` (signed, but not by this key). */
export interface ReadMarker extends Marker {
  readonly signature: 'valid' | 'absent' | 'forged';
}

const PATTERN = /^<!-- holdfast:v1 k=([a-z0-9][a-z0-9/._-]{0,120}) n=([0-9a-f]{32}|-) h=([0-9a-f]{16}) m=([0-9a-f]{16}|-) -->$/;

/** A body: the marker on the first line (truncation at the end cannot eat it), then the text. */
export function renderMarked(
  content: { readonly key: string; readonly nonce: string | null; readonly text: string },
  signing: Signing,
): string {
  const { key, nonce, text } = content;
  const signature = signing.key === null ? '-' : sign(content, signing.key, signing.repositoryId);
  return `<!-- holdfast:v1 k=${key} n=${nonce ?? '-'} h=${fingerprintOf(text)} m=${signature} -->\n${text}`;
}

/** The marker of a body; null when its first line is none. Text anywhere else is never read. */
export function parseMarker(body: string, signing: Signing): ReadMarker | null {
  const firstLine = body.slice(0, 400).split(/\r?\n/, 1)[0] ?? '';
  const match = PATTERN.exec(firstLine);
  if (match === null) return null;
  const [, key = '', nonce = '-', fingerprint = '', signature = '-'] = match;
  const marker = { key, nonce: nonce === '-' ? null : nonce, fingerprint };
  return { ...marker, signature: judgeSignature(marker, signature, signing) };
}

/** Fingerprint of a text: first 16 hexadecimal digits of its digest. */
export function fingerprintOf(text: string): string {
  return shortKey(text);
}

/** Whether an object is the bot's own: written by a trusted author, with a marker of this key whose signature is not forged. */
export function isOwn(
  object: { readonly body: string; readonly author: string },
  expected: { readonly key: string; readonly trustedAuthors: readonly string[] },
  signing: Signing,
): boolean {
  if (!expected.trustedAuthors.includes(object.author)) return false;
  const marker = parseMarker(object.body, signing);
  return marker !== null && marker.key === expected.key && marker.signature !== 'forged';
}

function judgeSignature(marker: Marker, signature: string, signing: Signing): ReadMarker['signature'] {
  if (signature === '-' || signing.key === null) return 'absent';
  return signature === sign(marker, signing.key, signing.repositoryId) ? 'valid' : 'forged';
}

function sign(marker: { readonly key: string; readonly nonce: string | null }, key: Uint8Array, repositoryId: number): string {
  const mac = hmac(sha256, key, utf8ToBytes(`${marker.key}|${marker.nonce ?? '-'}|${repositoryId}`));
  return bytesToHex(mac).slice(0, 16);
}

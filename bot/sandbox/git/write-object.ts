import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, deflateSync } from 'node:zlib';
import type { ObjectType } from './object-reader.ts';

/** Writes a loose object and returns its id. Written beside and renamed, so that no reader sees half of it. */
export function writeObject(repositoryPath: string, type: ObjectType, content: Uint8Array): string {
  const bytes = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const oid = createHash('sha1').update(bytes).digest('hex');
  const folder = join(repositoryPath, 'objects', oid.slice(0, 2));
  const file = join(folder, oid.slice(2));
  if (existsSync(file)) return oid;
  mkdirSync(folder, { recursive: true });
  const beside = join(folder, `tmp_obj_${randomBytes(6).toString('hex')}`);
  writeFileSync(beside, deflateSync(bytes, { level: constants.Z_BEST_SPEED }), { mode: 0o444 });
  renameSync(beside, file);
  return oid;
}

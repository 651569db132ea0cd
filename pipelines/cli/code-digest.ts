import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestBytes, digestValue } from '../core/digest/sha256.ts';
import type { Digest } from '../core/schema/digest.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** Digest over the code that runs: every TypeScript file of pipelines/ and the lock file, by path. */
export async function codeDigest(project: string = PROJECT): Promise<Digest> {
  const names = await readdir(join(project, 'pipelines'), { recursive: true });
  const sources = names
    .map((name) => `pipelines/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts') && !name.includes('/node_modules/'));
  const paths = [...sources, 'package-lock.json'].sort();
  const digests = await Promise.all(paths.map(async (path) => [path, digestBytes(await readFile(join(project, path)))]));
  return digestValue(digests);
}

import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** `hashFiles()`: SHA-256 over the SHA-256 of every file that a pattern matches, in order of path; empty when none does. */
export function hashFiles(workspace: string, patterns: readonly string[]): string {
  const paths = [...new Set(patterns.flatMap((pattern) => globSync(pattern, { cwd: workspace })))].sort();
  const files = paths.map((path) => join(workspace, path)).filter((path) => statSync(path).isFile());
  if (files.length === 0) return '';
  const total = createHash('sha256');
  for (const file of files) total.update(createHash('sha256').update(readFileSync(file)).digest());
  return total.digest('hex');
}

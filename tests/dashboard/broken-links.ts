import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Follows every link and source of the pages inside a built site; addresses elsewhere are left alone. `base` ends with a slash. */
export function brokenLinks(dir: string, pages: readonly string[], base: string): { checked: number; broken: string[] } {
  let checked = 0;
  const broken: string[] = [];
  for (const page of pages) {
    const html = readFileSync(join(dir, page), 'utf8');
    for (const match of html.matchAll(/ (?:href|src)="([^"]*)"/g)) {
      const address = match[1] ?? '';
      if (/^(https?:|data:|mailto:)/.test(address)) continue;
      checked += 1;
      if (!leadsSomewhere({ dir, page, base }, address)) broken.push(`${page} → ${address}`);
    }
  }
  return { checked, broken };
}

function leadsSomewhere({ dir, page, base }: { dir: string; page: string; base: string }, address: string): boolean {
  const [path = '', anchor] = address.split('#');
  const fromRoot = path.startsWith('/') ? (path.startsWith(base) ? path.slice(base.length) : null) : normalize(join(dirname(page), path));
  if (fromRoot === null) return false;
  const target =
    path === '' ? page : fromRoot === '' || fromRoot === '.' || fromRoot.endsWith('/') ? join(fromRoot, 'index.html') : fromRoot;
  const file = join(dir, decodeURIComponent(target));
  if (!existsSync(file) || !statSync(file).isFile()) return false;
  return anchor === undefined || readFileSync(file, 'utf8').includes(`id="${anchor}"`);
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFixture } from './fixture.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface BuiltSite {
  readonly dir: string;
  readonly exitCode: number;
  /** What the build printed. */
  readonly output: string;
  readonly seconds: number;
}

/** Builds the dashboard as the workflow does, outside the repository. Settings are added to, and win over, those of the fixture. */
export function buildSite(settings: Readonly<Record<string, string>> = {}): BuiltSite {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-site-'));
  const dir = join(folder, 'dist');
  const fixture = writeFixture(join(folder, 'data'));
  const path = `${join(ROOT, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`;
  const env = {
    ...process.env,
    ...fixture,
    ...settings,
    PATH: path,
    HOLDFAST_OUT_DIR: dir,
    ASTRO_TELEMETRY_DISABLED: '1',
    NODE_ENV: 'production',
  };
  const started = performance.now();
  const run = spawnSync('astro', ['build'], { cwd: join(ROOT, 'dashboard'), env, encoding: 'utf8' });
  return { dir, exitCode: run.status ?? -1, output: `${run.stdout}${run.stderr}`, seconds: (performance.now() - started) / 1000 };
}

/** Files of a site by their path from its root, sorted. */
export function filesOf(dir: string, extension: string): string[] {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => relative('.', name));
  return names.filter((name) => name.endsWith(extension)).sort();
}

export function readPage(site: BuiltSite, path: string): string {
  return readFileSync(join(site.dir, path), 'utf8');
}

/** Text of a page as a reader sees it: markup gone, entities resolved, white space single. */
export function textOf(html: string): string {
  const body = html.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]+>/g, ' ');
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#34;': '"', '&amp;': '&' };
  return body.replaceAll(/&(lt|gt|quot|amp|#39|#34);/g, (entity) => entities[entity] ?? entity).replaceAll(/\s+/g, ' ');
}

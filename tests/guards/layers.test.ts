import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LAYERS, ROOTS } from './layers.ts';
import { type Import, importsOf, readImports, sourceFiles } from './read-imports.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FILES = sourceFiles(ROOT, ['pipelines', 'bot', 'dashboard']);

function violations(imports: readonly Import[]): string[] {
  return imports.flatMap(({ from, target }) => {
    const layer = LAYERS.find((each) => each.files.test(from));
    if (layer === undefined) return [`${from} belongs to no room of the house`];
    if (ROOTS.test(target) && !/^(pipelines\/cli|bot\/)/.test(from)) return [`${from} imports the root ${target}`];
    return layer.mayImport.test(target) ? [] : [`${layer.name}: ${from} imports ${target}`];
  });
}

describe('layers', () => {
  it('sees the files', () => {
    expect(FILES.length).toBeGreaterThan(60);
    expect(FILES.filter((file) => file.startsWith('pipelines/core/')).length).toBeGreaterThan(30);
  });

  it('holds in every file', () => {
    const imports = readImports(ROOT, FILES);

    expect(imports.length).toBeGreaterThan(150);
    expect(violations(imports)).toEqual([]);
  });

  it.each([
    ['pipelines/core/signals/a.ts', "import { readFileSync } from 'node:fs';"],
    ['pipelines/core/profile/a.ts', "import type { Decision } from '../decisions/decide.ts';"],
    ['pipelines/core/statistics/a.ts', "import { z } from 'zod';"],
    ['pipelines/stages/a.ts', "import { openDuckDbLog } from '../adapters/duckdb/open-duckdb-log.ts';"],
    ['bot/markdown/a.ts', "const x = await import('@octokit/rest');"],
    ['bot/sandbox/a.ts', "export { reconcile } from '../reconcile/reconcile.ts';"],
    ['bot/reconcile/a.ts', "import {\n  type Probot,\n} from 'probot';"],
    ['dashboard/src/pages/index.astro', "import { x } from '../../../pipelines/ports/clock.ts';"],
    ['pipelines/core/unknown-room/a.ts', "import { z } from 'zod';"],
  ])('finds a planted violation in %s', (file, text) => {
    expect(violations(importsOf(file, text))).toHaveLength(1);
  });

  it('keeps clocks and chance out of the core', () => {
    const core = FILES.filter((file) => file.startsWith('pipelines/core/') && file.endsWith('.ts'));
    const impure = /\b(Date|Math\.random|Promise|async|await)\b/;

    const found = readLines(core).filter(({ line }) => impure.test(line.replace(/\/\/.*|\/?\*.*|(['"`]).*?\1/g, '')));

    expect(found).toEqual([]);
    expect(impure.test('const now = new Date();')).toBe(true);
  });
});

function readLines(files: readonly string[]): { file: string; line: string }[] {
  return files.flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .map((line) => ({ file, line })),
  );
}

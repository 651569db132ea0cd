import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** One import statement: the file that holds it, what it names (own files by path from the root), and whether it is only for types. */
export interface Import {
  readonly from: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const STATEMENT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"\n]+)['"]|import\(\s*['"]([^'"\n]+)['"]\s*\)/g;

/** All source files (.ts, .js, .astro) below the given folders, by path from the root. */
export function sourceFiles(root: string, folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|js|astro)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replace(/^\//, ''))
      .filter((path) => !/(^|\/)(node_modules|dist|\.astro)\//.test(path)),
  );
}

/** The imports of one file's text. */
export function importsOf(file: string, text: string): Import[] {
  return [...text.matchAll(STATEMENT)].map((match) => {
    const written = match[2] ?? match[3] ?? '';
    const target = written.startsWith('.') ? normalize(join(dirname(file), written)) : written;
    return { from: file, target, typeOnly: match[1] !== undefined };
  });
}

/** The imports of every file. */
export function readImports(root: string, files: readonly string[]): Import[] {
  return files.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));
}

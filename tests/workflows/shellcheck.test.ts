import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stepsOf } from './find-flaws.ts';
import { ACTIONS, WORKFLOWS } from './workflow-sources.ts';

const installed = spawnSync('shellcheck', ['--version']).status === 0;
if (!installed) console.warn('SKIPPED: shellcheck is not installed, so the run blocks of the workflows were not checked');

const SCRIPTS = [...WORKFLOWS, ...ACTIONS].flatMap((source) =>
  stepsOf(source).flatMap(({ job, step }) =>
    step.run === undefined ? [] : [{ name: `${source.path} ${job} ${step.name}`.replaceAll(/[^\w.]+/g, '-'), text: step.run }],
  ),
);

/** What shellcheck says of the scripts, a line each: file, place, complaint. */
function complaints(scripts: readonly { readonly name: string; readonly text: string }[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'shellcheck-'));
  try {
    for (const { name, text } of scripts) writeFileSync(join(folder, name), text);
    const names = scripts.map((script) => script.name);
    return spawnSync('shellcheck', ['--shell=bash', '--format=gcc', ...names], { cwd: folder, encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('run blocks', () => {
  it('are many enough to be the real ones', () => {
    expect(SCRIPTS.length).toBeGreaterThan(10);
  });

  it.each(SCRIPTS)('$name parses in bash', ({ text }) => {
    expect(() => execFileSync('bash', ['-n'], { input: text, stdio: 'pipe' })).not.toThrow();
  });

  it.skipIf(!installed)('pass shellcheck', () => {
    expect(complaints(SCRIPTS)).toBe('');
  });

  it.skipIf(!installed)('would show an unquoted variable', () => {
    expect(complaints([{ name: 'planted', text: 'rm -r $FOLDER\n' }])).toContain('SC2086');
  });
});

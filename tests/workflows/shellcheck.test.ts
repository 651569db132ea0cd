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
    step.run === undefined ? [] : [{ name: `${source.path} ${job} ${step.name}`, text: step.run }],
  ),
);

function complaints(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'shellcheck-'));
  const file = join(folder, 'script.sh');
  try {
    writeFileSync(file, text);
    return spawnSync('shellcheck', ['--shell=bash', '--enable=avoid-nullary-conditions', '--format=gcc', file], { encoding: 'utf8' })
      .stdout;
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

  it.skipIf(!installed).each(SCRIPTS)('$name passes shellcheck', ({ text }) => {
    expect(complaints(text)).toBe('');
  });

  it.skipIf(!installed)('would show an unquoted variable', () => {
    expect(complaints('rm -r $FOLDER\n')).toContain('SC2086');
  });
});

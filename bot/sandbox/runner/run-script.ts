import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ActionSetting } from './actions/replaced-action.ts';
import type { JobState } from './job-state.ts';
import { parseCommandFile } from './parse-command-file.ts';
import { runProcess } from './run-process.ts';

/** A `run:` step with every expression already replaced. */
export interface Script {
  readonly text: string;
  readonly shell: 'bash' | 'sh' | null;
  /** Relative to the workspace. */
  readonly folder: string;
}

// How GitHub calls the shells: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
function shellCommand(shell: Script['shell'], file: string): readonly [string, ...string[]] {
  if (shell === 'bash') return ['bash', '--noprofile', '--norc', '-eo', 'pipefail', file];
  return shell === 'sh' ? ['sh', '-e', file] : ['bash', '-e', file];
}

/** Runs the script; what it wrote into the command files goes into the state. Returns exit code and outputs. */
export async function runScript(
  script: Script,
  setting: ActionSetting,
  state: JobState,
): Promise<{ readonly code: number; readonly outputs: Readonly<Record<string, string>> }> {
  const base = join(setting.folders.temporary, randomUUID());
  const files = {
    GITHUB_ENV: `${base}.env`,
    GITHUB_OUTPUT: `${base}.output`,
    GITHUB_PATH: `${base}.path`,
    GITHUB_STEP_SUMMARY: `${base}.md`,
  };
  await Promise.all([...Object.values(files).map((file) => writeFile(file, '')), writeFile(`${base}.sh`, script.text)]);
  const [command, ...given] = shellCommand(script.shell, `${base}.sh`);
  const code = await runProcess({
    command,
    arguments: given,
    folder: resolve(setting.folders.workspace, script.folder),
    environment: { ...setting.environment, ...files },
    signal: setting.signal,
    onLine: setting.log.print,
  });
  const [environment, output, path, summary] = await Promise.all(Object.values(files).map((file) => readFile(file, 'utf8')));
  state.addEnvironment(parseCommandFile(environment ?? ''));
  state.addPath((path ?? '').split('\n').filter((folder) => folder !== ''));
  state.addSummary(summary ?? '');
  return { code, outputs: parseCommandFile(output ?? '') };
}

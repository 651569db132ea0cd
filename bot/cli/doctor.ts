import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Command } from '../../pipelines/cli/command.ts';

interface Finding {
  readonly subject: string;
  readonly found: string;
  readonly ok: boolean;
  readonly meaning: string;
}

/** `holdfast doctor`: what this machine has, what Holdfast needs, and what falls back to what. */
export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Show what runs here: Node, git, the log engine, the training engine, and what falls back to what',
  usage: '',
  options: {
    json: { type: 'boolean', description: 'print the findings as JSON' },
  },
  async run(context) {
    const findings = [nodeFinding(), await gitFinding(), await duckDbFinding(), await trainingFinding()];
    if (context.options['json'] === true) context.print(JSON.stringify(findings, null, 2));
    else
      for (const finding of findings)
        context.print(
          `${finding.ok ? '✓' : '✕'} ${finding.subject.padEnd(16)} ${finding.found}${finding.meaning === '' ? '' : ` — ${finding.meaning}`}`,
        );
    return findings.every((finding) => finding.ok) ? 0 : 1;
  },
};

function nodeFinding(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 22 || (major === 22 && minor >= 18);
  return {
    subject: 'Node',
    found: process.versions.node,
    ok,
    meaning: ok ? '' : 'Holdfast needs 22.18 or newer; on Linux `npm ci` brings Node 24 along for npm scripts',
  };
}

async function gitFinding(): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)('git', ['--version']);
    const found = /(\d+)\.(\d+)[.\d]*/.exec(stdout);
    const ok = found !== null && (Number(found[1]) > 2 || Number(found[2]) >= 38);
    return {
      subject: 'git',
      found: found?.[0] ?? stdout.trim(),
      ok,
      meaning: ok ? '' : 'the sandbox needs 2.38 or newer (git merge-tree --write-tree)',
    };
  } catch {
    return { subject: 'git', found: 'not found', ok: false, meaning: 'install git 2.38 or newer' };
  }
}

async function duckDbFinding(): Promise<Finding> {
  try {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    const [row] = (await connection.runAndReadAll('SELECT version()')).getRows();
    connection.closeSync();
    instance.closeSync();
    return { subject: 'log engine', found: `DuckDB ${String(row?.[0])}`, ok: true, meaning: '' };
  } catch (error) {
    return { subject: 'log engine', found: 'not loaded', ok: false, meaning: error instanceof Error ? error.message : String(error) };
  }
}

async function trainingFinding(): Promise<Finding> {
  try {
    const { openTfjsRuntime } = await import('../../pipelines/adapters/tfjs/open-tfjs-runtime.ts');
    const runtime = await openTfjsRuntime();
    const native = runtime.backend.includes('node');
    return {
      subject: 'training engine',
      found: runtime.backend,
      ok: true,
      meaning: native
        ? ''
        : 'tfjs-node is not installed; the WebAssembly backend trains networks instead, with the same artifact; linear models need neither',
    };
  } catch (error) {
    return { subject: 'training engine', found: 'not loaded', ok: false, meaning: error instanceof Error ? error.message : String(error) };
  }
}

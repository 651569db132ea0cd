import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

/** What `npm run check` runs: types, pure core, lint and format, unused code, layering, dashboard types, definitions. */
const CHECKS: readonly Check[] = [
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'pure core', command: ['tsc', '-p', 'pipelines/core'] },
  { name: 'lint and format', command: ['biome', 'ci', '--colors=off', '--max-diagnostics=50', '.'] },
  { name: 'unused code', command: ['knip', '--no-progress'] },
  { name: 'layering', command: ['vitest', 'run', '--config', 'tests/vitest.config.ts', '--project', 'unit', 'tests/guards'] },
  { name: 'dashboard types', command: ['npm', 'run', '-s', 'check', '--workspace', 'dashboard'] },
  { name: 'definitions', command: ['node', 'bot/cli.ts', 'validate'] },
];

interface Outcome {
  readonly check: Check;
  readonly code: number;
  readonly output: string;
  readonly seconds: number;
}

function run(check: Check): Promise<Outcome> {
  const started = performance.now();
  const path = [join(ROOT, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return new Promise((resolve) => {
    const [program, ...rest] = check.command;
    const child = spawn(program, rest, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: path, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', CI: 'true' },
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ check, code: 127, output: String(error), seconds: 0 }));
    child.on('close', (code) => resolve({ check, code: code ?? 1, output, seconds: (performance.now() - started) / 1000 }));
  });
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const queue = CHECKS.filter((check) => wanted.length === 0 || wanted.includes(check.name));
  const outcomes: Outcome[] = [];
  const worker = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      const outcome = await run(check);
      outcomes.push(outcome);
      console.log(`${outcome.code === 0 ? 'ok  ' : 'FAIL'} ${check.name} (${outcome.seconds.toFixed(1)} s)`);
      if (outcome.code !== 0) console.log(outcome.output.trimEnd());
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  const failed = outcomes.filter((outcome) => outcome.code !== 0);
  console.log(
    failed.length === 0
      ? `check: ${outcomes.length} of ${outcomes.length} green`
      : `check: ${failed.map((outcome) => outcome.check.name).join(', ')} failed`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

await main();

import { readFile } from 'node:fs/promises';
import { runCommand } from '../pipelines/cli/run-command.ts';
import { pipelineCommands } from '../pipelines/cli.ts';
import { botCommands } from './cli/bot-commands.ts';
import { outliveReader } from './roots/outlive-reader.ts';

// The command goes on and gives its own exit code: a gate that failed stays failed when nobody read on.
outliveReader(process.stdout);

process.exitCode = await runCommand([...pipelineCommands, ...botCommands], {
  arguments: process.argv.slice(2),
  environment: process.env,
  workingDirectory: process.cwd(),
  version: async () => (JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version,
  print: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
});

import { runCommand } from '../pipelines/cli/run-command.ts';
import { pipelineCommands } from '../pipelines/cli.ts';
import { botCommands } from './cli/bot-commands.ts';

process.exitCode = await runCommand([...pipelineCommands, ...botCommands], {
  arguments: process.argv.slice(2),
  environment: process.env,
  workingDirectory: process.cwd(),
  print: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
});

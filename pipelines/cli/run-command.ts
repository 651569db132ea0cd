import { parseArgs } from 'node:util';
import { OutsideError } from '../core/errors/outside-error.ts';
import { UserError } from '../core/errors/user-error.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandEntry } from './command-entry.ts';

/** Exit codes: 0 done, 1 a negative answer (gate failed, file invalid), 2 their input, 3 the outside world, 70 a bug. */
export const EXIT = { done: 0, negative: 1, user: 2, outside: 3, bug: 70 } as const;

/** The process, as far as commands may know it. */
export interface Shell {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly version: () => Promise<string>;
  readonly print: (line: string) => void;
  readonly note: (line: string) => void;
}

/** Finds the command that the arguments name, runs it, and turns errors into texts and exit codes. Never throws. */
export async function runCommand(entries: readonly CommandEntry[], shell: Shell): Promise<number> {
  const [name, ...rest] = shell.arguments;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    shell.print(commandTable(entries));
    return name === undefined ? EXIT.user : EXIT.done;
  }
  if (name === '--version' || name === '-v') {
    shell.print(await shell.version());
    return EXIT.done;
  }
  const entry = entries.find((each) => each.name === name);
  if (entry === undefined) {
    shell.note(`error UNKNOWN_COMMAND: there is no command "${name}"${nearest(name, entries)}`);
    shell.note('→ `holdfast --help` lists the commands');
    return EXIT.user;
  }
  try {
    const command = await entry.load();
    if (rest.includes('--help') || rest.includes('-h')) {
      shell.print(commandHelp(command));
      return EXIT.done;
    }
    return await command.run(contextOf(command, rest, shell));
  } catch (error) {
    return reportError(error, shell.note);
  }
}

/** The text of `holdfast --help`. */
export function commandTable(entries: readonly CommandEntry[]): string {
  const width = Math.max(...entries.map((entry) => entry.name.length));
  const rows = entries.map((entry) => `  ${entry.name.padEnd(width)}  ${entry.summary}`);
  return [
    'holdfast <command> [options]',
    '',
    ...rows,
    '',
    '`holdfast <command> --help` shows the options of one, `holdfast --version` the version.',
  ].join('\n');
}

/** The text of `holdfast <command> --help`. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(
    ([name, option]) => [`--${name}${option.value === undefined ? '' : ` ${option.value}`}`, option.description] as const,
  );
  const width = Math.max(0, ...options.map(([left]) => left.length));
  const rows = options.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
  return [`holdfast ${command.name} ${command.usage}`.trimEnd(), '', command.summary, ...(rows.length === 0 ? [] : ['', ...rows])].join(
    '\n',
  );
}

function contextOf(command: Command, rest: readonly string[], shell: Shell): CommandContext {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, option]) => [name, { type: option.type, multiple: option.multiple ?? false }]),
  );
  try {
    const parsed = parseArgs({ args: [...rest], options, allowPositionals: true, strict: true });
    const values = Object.entries(parsed.values as Readonly<Record<string, string | boolean | readonly string[] | undefined>>);
    return {
      positionals: parsed.positionals,
      options: Object.fromEntries(values.flatMap(([name, value]) => (isList(value) ? [] : [[name, value]]))),
      lists: Object.fromEntries(values.flatMap(([name, value]) => (isList(value) ? [[name, value]] : []))),
      environment: shell.environment,
      workingDirectory: shell.workingDirectory,
      print: shell.print,
      note: shell.note,
    };
  } catch (cause) {
    const message = cause instanceof Error ? (cause.message.split('. ')[0] ?? cause.message) : String(cause);
    throw new UserError({ code: 'BAD_ARGUMENTS', message, hint: `\`holdfast ${command.name} --help\` shows the options`, cause });
  }
}

function isList(value: string | boolean | readonly string[] | undefined): value is readonly string[] {
  return Array.isArray(value);
}

/** Tells a person about an error and gives the exit code for it. */
export function reportError(error: unknown, note: (line: string) => void): number {
  if (error instanceof UserError || error instanceof OutsideError) {
    note(`error ${error.code}: ${error.message}`);
    note(`→ ${error.hint}${error instanceof OutsideError && error.retryable ? ' (trying again may help)' : ''}`);
    return error instanceof UserError ? EXIT.user : EXIT.outside;
  }
  note(`bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  note('→ this is a fault of Holdfast: please report it with the lines above');
  return EXIT.bug;
}

function nearest(name: string, entries: readonly CommandEntry[]): string {
  const match = entries.find((entry) => entry.name.startsWith(name.slice(0, 3)));
  return match === undefined ? '' : `; did you mean "${match.name}"?`;
}

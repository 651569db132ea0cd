/** One option of a command, in the form that `node:util` parseArgs takes, with its help text. */
export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly description: string;
  /** Shown in help after the name, e.g. `<folder>`. */
  readonly value?: string;
  /** May be given several times; its texts stand in `lists`, not in `options`. */
  readonly multiple?: true;
}

/** What a command is given: nothing is read from the process behind its back. */
export interface CommandContext {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** Options that may be given several times, in the order given. */
  readonly lists?: Readonly<Record<string, readonly string[] | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** Results: one line each on standard output. */
  readonly print: (line: string) => void;
  /** Progress and remarks: standard error. */
  readonly note: (line: string) => void;
}

/** One command of the `holdfast` binary. `run` imports what is heavy, and returns the exit code. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Positional arguments in help, e.g. `<model>`. */
  readonly usage: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  readonly run: (context: CommandContext) => Promise<number>;
}

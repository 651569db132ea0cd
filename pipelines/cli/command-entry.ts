import type { Command } from './command.ts';

/** A command as the table of `--help` knows it: nothing is loaded until it runs. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

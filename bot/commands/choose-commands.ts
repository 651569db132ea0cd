import type { Command } from './command.ts';
import { parseCommand } from './parse-command.ts';

/** A comment, as far as commands look at it. */
export interface CommentSource {
  readonly id: number;
  readonly number: number;
  readonly body: string;
  readonly author: string;
  readonly byBot: boolean;
  readonly edited: boolean;
}

export interface GivenCommand {
  readonly command: Command;
  readonly comment: CommentSource;
}

/** Which model a comment can speak to. */
export interface Audience {
  readonly model: string;
  /** All models of the repository, sorted. */
  readonly models: readonly string[];
  /** Issues and pull requests that belong to this model, and to any model. */
  readonly ownNumbers: ReadonlySet<number>;
  readonly knownNumbers: ReadonlySet<number>;
  readonly obeyed: readonly number[];
}

/**
 * The commands in comments that this model must answer, oldest first. Bots are ignored, and so are edited comments: what was approved
 * is what was first written. A command that names no model goes to the model of its issue; failing that, to the first model.
 */
export function chooseCommands(comments: readonly CommentSource[], audience: Audience): GivenCommand[] {
  const given: GivenCommand[] = [];
  for (const comment of comments) {
    if (comment.byBot || comment.edited || audience.obeyed.includes(comment.id)) continue;
    const command = parseCommand(comment.body);
    if (command !== null && speaksTo(command, comment, audience)) given.push({ command, comment });
  }
  return given.sort((a, b) => a.comment.id - b.comment.id);
}

function speaksTo(command: Command, comment: CommentSource, audience: Audience): boolean {
  const named = command.kind === 'status' || command.kind === 'retrain' ? command.model : null;
  if (named !== null && audience.models.includes(named)) return named === audience.model;
  if (audience.ownNumbers.has(comment.number)) return true;
  return !audience.knownNumbers.has(comment.number) && audience.models[0] === audience.model;
}

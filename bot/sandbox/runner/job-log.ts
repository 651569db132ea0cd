import { stripVTControlCharacters } from 'node:util';
import type { Annotation } from '../actions-service.ts';
import { parseWorkflowCommand, type WorkflowCommand } from './parse-workflow-command.ts';

const LEVELS: Readonly<Record<string, Annotation['level']>> = { error: 'failure', warning: 'warning', notice: 'notice' };

/** The log of one job: masks secrets, obeys workflow commands, collects annotations, and hands every line on at once. */
export interface JobLog {
  /** A line of the runner itself: shown as it is. */
  note(line: string): void;
  /** A line that a step printed: may be a workflow command. */
  print(line: string): void;
  /** A failure that the runner found: an annotation and a line. */
  fail(message: string): void;
  /** Hides a value from now on. */
  mask(value: string): void;
  readonly annotations: readonly Annotation[];
}

function annotationOf(level: Annotation['level'], message: string, properties: Readonly<Record<string, string>>): Annotation {
  const startLine = Number(properties['line'] ?? 1) || 1;
  const endLine = Number(properties['endLine'] ?? startLine) || startLine;
  const title = properties['title'];
  return { path: properties['file'] ?? '.github', startLine, endLine, level, message, ...(title === undefined ? {} : { title }) };
}

/** Opens a log whose lines go to `append`, each ending in a newline. */
export function openJobLog(append: (text: string) => void): JobLog {
  const masks = new Set<string>();
  const annotations: Annotation[] = [];
  let resumeWord: string | null = null;

  function clean(line: string): string {
    // The pages show text, not a terminal.
    let text = stripVTControlCharacters(line);
    for (const secret of masks) text = text.replaceAll(secret, '***');
    return text;
  }
  function note(line: string): void {
    append(`${clean(line)}\n`);
  }
  function fail(message: string): void {
    annotations.push(annotationOf('failure', clean(message), {}));
    note(`##[error]${message}`);
  }
  function obey(command: WorkflowCommand): void {
    const level = LEVELS[command.name];
    if (level !== undefined) annotations.push(annotationOf(level, clean(command.message), command.properties));
    note(`##[${command.name}]${command.message}`);
  }
  function print(line: string): void {
    const command = parseWorkflowCommand(line);
    if (resumeWord !== null) {
      if (command?.name === resumeWord) resumeWord = null;
      else note(line);
      return;
    }
    if (command === null) note(line);
    else if (command.name === 'stop-commands') resumeWord = command.message;
    else if (command.name === 'add-mask') mask(command.message);
    else obey(command);
  }
  function mask(value: string): void {
    if (value.trim() !== '') masks.add(value);
  }
  return { note, print, fail, mask, annotations };
}

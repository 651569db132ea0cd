import { createWriteStream } from 'node:fs';
import type { Logger } from '../../pipelines/ports/logger.ts';
import { jsonLogger } from '../roots/system-ports.ts';

/** A logger that writes one JSON line a message to a file: the account on the screen stays readable, and nothing is lost. */
export function openRunLog(file: string): Logger {
  const stream = createWriteStream(file, { flags: 'a' });
  return jsonLogger((line) => stream.write(`${line}\n`));
}

import { resolve } from 'node:path';
import { UserError } from '../core/errors/user-error.ts';
import { Instant, instantFromEpoch } from '../core/schema/instant.ts';
import type { CommandContext } from './command.ts';
import { textOption } from './folder-options.ts';

/** Folders and the moment that commands work with, from options, environment and defaults. */
export interface Places {
  readonly root: string;
  /** Checkout of the state branch. */
  readonly stateDirectory: string;
  readonly artifacts: string;
  readonly asOf: Instant;
  /** A path as the person wrote it, from where they stand. */
  readonly file: (path: string) => string;
}

/** Throws a UserError (BAD_INSTANT) for an --as-of that is no instant. */
export function readPlaces(context: CommandContext): Places {
  const file = (path: string) => resolve(context.workingDirectory, path);
  const given = (name: string) => textOption(context, name);
  const asOf = given('as-of');
  const root = file(given('root') ?? '.');
  return {
    root,
    stateDirectory: file(given('state-dir') ?? resolve(root, '.holdfast/state')),
    artifacts: file(given('artifacts') ?? resolve(root, '.holdfast/artifacts')),
    asOf: asOf === undefined ? instantFromEpoch(Date.now() / 1000) : readInstant(asOf, '--as-of'),
    file,
  };
}

/** An instant as people write it: a bare date means its midnight, UTC. Throws a UserError (BAD_INSTANT). */
export function readInstant(text: string, option: string): Instant {
  const parsed = Instant.safeParse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (parsed.success && !Number.isNaN(Date.parse(parsed.data))) return parsed.data;
  throw new UserError({
    code: 'BAD_INSTANT',
    message: `${option} ${text} is no instant`,
    hint: 'write it as 2001-03-05 or 2001-03-05T00:00:00Z (UTC)',
  });
}

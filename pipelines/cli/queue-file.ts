import { join, relative, sep } from 'node:path';
import { UserError } from '../core/errors/user-error.ts';

/** Folder of the repository that git ignores. */
const IGNORED = '.holdfast';

/** Where a queue is written: a .csv or .jsonl file outside the repository, or in the folder that git ignores, because it holds ids. Throws UserErrors (QUEUE_FORMAT_UNKNOWN, QUEUE_IN_REPOSITORY). */
export function queueFile(of: {
  readonly root: string;
  readonly asked: string | undefined;
  readonly resolve: (path: string) => string;
  readonly model: string;
}): string {
  const file = of.asked === undefined ? join(of.root, IGNORED, 'queue', `${of.model}.csv`) : of.resolve(of.asked);
  if (!/\.(?:csv|jsonl)$/.test(file)) {
    throw new UserError({
      code: 'QUEUE_FORMAT_UNKNOWN',
      message: `${file} is neither .csv nor .jsonl`,
      hint: 'give the file one of these endings',
    });
  }
  const [first = '..'] = relative(of.root, file).split(sep);
  if (first === '..' || first === IGNORED) return file;
  throw new UserError({
    code: 'QUEUE_IN_REPOSITORY',
    message: `${file} lies in the repository, and a queue holds ids`,
    hint: `write it under ${IGNORED}/, which git ignores, or outside of the repository`,
  });
}

import type { z } from 'zod';
import { UserError } from '../core/errors/user-error.ts';
import { PARSE_ONCE } from '../core/schema/parse-once.ts';

/** Parses JSON bytes by a schema. Throws a UserError that names the file. */
export function parseJson<S extends z.ZodType>(schema: S, bytes: Uint8Array | undefined, file: string): z.output<S> {
  if (bytes === undefined) {
    throw new UserError({
      code: 'VERSION_FILE_MISSING',
      message: `${file} is missing`,
      hint: 'restore it from git, or train the version again',
    });
  }
  const parsed = schema.safeParse(jsonOrNull(bytes), PARSE_ONCE);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new UserError({
    code: 'VERSION_FILE_INVALID',
    message: `${file}: ${first?.path.join('.') ?? ''} ${first?.message ?? 'is not valid'}`,
    hint: 'restore it from git, or train the version again',
  });
}

function jsonOrNull(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

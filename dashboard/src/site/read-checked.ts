import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { z } from 'zod';
import { UserError } from '../../../pipelines/core/errors/user-error.ts';

/** Reads a JSON or YAML file and checks it by its schema; null when there is no such file. Throws a UserError that names file and field. */
export function readChecked<Schema extends z.ZodType>(schema: Schema, file: string): z.output<Schema> | null {
  if (!existsSync(file)) return null;
  return checked(schema, readFileSync(file, 'utf8'), file);
}

/** Checks the text of one record. `place` is named in the error. */
export function checked<Schema extends z.ZodType>(schema: Schema, text: string, place: string): z.output<Schema> {
  const result = schema.safeParse(parsed(text, place));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new UserError({
    code: 'DASHBOARD_INPUT_INVALID',
    message: `${place}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`,
    hint: 'The dashboard shows only records that keep their schema: correct the file or restore it from git.',
  });
}

/** Names in a folder, sorted; none when there is no such folder. */
export function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

function parsed(text: string, place: string): unknown {
  try {
    return /\.ya?ml$/.test(place) ? parse(text) : JSON.parse(text);
  } catch (cause) {
    const hint = 'Half a file usually means an interrupted copy: fetch the branch again.';
    throw new UserError({ code: 'DASHBOARD_INPUT_UNREADABLE', message: `${place} cannot be read: ${String(cause)}`, hint, cause });
  }
}

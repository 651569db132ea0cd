import { resolve } from 'node:path';
import { UserError } from '../core/errors/user-error.ts';
import { ModelName } from '../core/schema/identifiers.ts';
import type { CommandContext } from './command.ts';

/** Text of an option; undefined when it was not given. */
export function textOption(context: CommandContext, name: string): string | undefined {
  const value = context.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** Path of an option that must be given. Throws a UserError (OPTION_MISSING). */
export function requiredPath(context: CommandContext, name: string): string {
  const value = textOption(context, name);
  if (value !== undefined) return resolve(context.workingDirectory, value);
  throw new UserError({ code: 'OPTION_MISSING', message: `--${name} is missing`, hint: 'add --help to see all options' });
}

/** The folder that the paths in model.yml start from: --data-root, else HOLDFAST_DATA_ROOT. Throws a UserError (DATA_ROOT_UNKNOWN). */
export function dataRoot(context: CommandContext): string {
  const value = textOption(context, 'data-root') ?? context.environment['HOLDFAST_DATA_ROOT'];
  if (value !== undefined && value !== '') return resolve(context.workingDirectory, value);
  throw new UserError({
    code: 'DATA_ROOT_UNKNOWN',
    message: 'it is not known where the logs lie',
    hint: 'pass --data-root <folder> or set HOLDFAST_DATA_ROOT',
  });
}

/** The model that the command is about. Throws a UserError (MODEL_NAME_INVALID). */
export function modelName(text: string | undefined): string {
  const parsed = ModelName.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new UserError({
    code: 'MODEL_NAME_INVALID',
    message: text === undefined ? 'the name of the model is missing' : `"${text}" is not the name of a model`,
    hint: 'give the name of a folder under models/',
  });
}

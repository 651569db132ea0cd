import { UserError } from '../core/errors/user-error.ts';

/** The models that a command was asked for, or all that exist when it was asked for none. Throws a UserError (MODEL_UNKNOWN) that names those that exist. */
export function askedModels(asked: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length === 0) return asked.length === 0 ? known : asked;
  throw new UserError({
    code: 'MODEL_UNKNOWN',
    message: `there is no model ${unknown.join(', ')}; ${known.length === 0 ? 'models/ holds none' : `models/ holds ${known.join(', ')}`}`,
    hint: 'check the name, and the folder given with --root',
  });
}

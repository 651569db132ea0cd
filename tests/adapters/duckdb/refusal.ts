import { UserError } from '../../../pipelines/core/errors/user-error.ts';

/** The UserError that work ends with; anything else fails the test. */
export async function refusal(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(error instanceof UserError)) throw new Error(`expected a UserError, not ${String(error)}`);
  return error;
}

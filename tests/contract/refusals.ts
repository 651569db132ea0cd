import { refusalOf } from '../fakes/open-test-sandbox.ts';

/** The statuses that calls were refused with; throws when one was not. */
export async function refusals(...calls: readonly Promise<unknown>[]): Promise<readonly number[]> {
  return (await Promise.all(calls.map(refusalOf))).map(({ status }) => status);
}

import { OutsideError } from '../../pipelines/core/errors/outside-error.ts';

/** Runs one call and turns its failure into an OutsideError (GITHUB_*) that says what was tried, and whether later may help. */
export async function callGitHub<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof OutsideError) throw error;
    throw toOutsideError(what, error);
  }
}

/** Like `callGitHub`, but a status among `statuses` is an answer: null. */
export async function callOrNull<T>(what: string, statuses: readonly number[], call: () => Promise<T>): Promise<T | null> {
  return callGitHub(what, async () => {
    try {
      return await call();
    } catch (error) {
      const status = statusOf(error);
      if (status !== null && statuses.includes(status)) return null;
      throw error;
    }
  });
}

/** HTTP status of a failed request; null when there was no answer. */
export function statusOf(error: unknown): number | null {
  return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' ? error.status : null;
}

/** Whether GitHub understood a GraphQL request and refused it. Why it did stands in words that may change: look at the refs instead. */
export function isRefusedMutation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors);
}

interface Explanation {
  readonly code: string;
  readonly hint: string;
  readonly retryable: boolean;
}

const EXPLANATIONS: Readonly<Record<number, Explanation>> = {
  401: { code: 'GITHUB_UNAUTHENTICATED', hint: 'the token is missing, expired or revoked', retryable: false },
  403: {
    code: 'GITHUB_FORBIDDEN',
    hint: 'the App or token lacks a permission, or a rate limit was reached; see SECURITY.md for the list',
    retryable: true,
  },
  404: { code: 'GITHUB_NOT_FOUND', hint: 'it does not exist, or the App is not installed there', retryable: false },
  409: { code: 'GITHUB_CONFLICT', hint: 'something changed meanwhile; the next run reads it again', retryable: true },
  422: { code: 'GITHUB_REFUSED', hint: 'GitHub did not accept the request as it stands', retryable: false },
  429: { code: 'GITHUB_RATE_LIMITED', hint: 'wait; the next run goes on', retryable: true },
};

function toOutsideError(what: string, error: unknown): OutsideError {
  const status = statusOf(error);
  const reason = error instanceof Error ? error.message : String(error);
  const known = status === null ? undefined : EXPLANATIONS[status];
  const { code, hint, retryable } = known ?? {
    code: 'GITHUB_UNREACHABLE',
    hint: 'GitHub or the network failed; the next run tries again',
    retryable: true,
  };
  return new OutsideError({ code, message: `${what}: ${reason}`, hint, retryable, cause: error });
}

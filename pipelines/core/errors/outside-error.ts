/** GitHub, disk or network failed. `retryable` says whether the same call may go through later. Exit code 3. `code` is permanent. */
export class OutsideError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly retryable: boolean;

  constructor(problem: { code: string; message: string; hint: string; retryable: boolean; cause?: unknown }) {
    super(problem.message, { cause: problem.cause });
    this.name = 'OutsideError';
    this.code = problem.code;
    this.hint = problem.hint;
    this.retryable = problem.retryable;
  }
}

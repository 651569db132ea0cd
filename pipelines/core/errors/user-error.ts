/** Where in a file a problem stands; line and column count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Their config or data: shown with its place and what to do. Exit code 2. `code` is permanent. */
export class UserError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly position: SourcePosition | null;

  constructor(problem: { code: string; message: string; hint: string; position?: SourcePosition; cause?: unknown }) {
    super(problem.message, { cause: problem.cause });
    this.name = 'UserError';
    this.code = problem.code;
    this.hint = problem.hint;
    this.position = problem.position ?? null;
  }
}

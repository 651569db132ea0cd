/** One entry of `errors` in GitHub's 422 bodies. */
export interface FieldProblem {
  readonly resource?: string;
  readonly field?: string;
  readonly code: string;
  readonly message?: string;
}

/** An answer that is a refusal: thrown by handlers, turned into GitHub's JSON by the server. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: readonly (FieldProblem | string)[] | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    more: { errors?: readonly (FieldProblem | string)[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.errors = more.errors ?? null;
    this.headers = more.headers ?? {};
  }
}

export function notFound(): ApiError {
  return new ApiError(404, 'Not Found');
}

export function invalid(problem: FieldProblem): ApiError {
  return new ApiError(422, 'Validation Failed', { errors: [problem] });
}

import { ApiError } from './api-error.ts';

type Check = (value: unknown) => string | null;

/** What one key of a request body may hold. */
export interface Field {
  readonly required: boolean;
  readonly check: Check;
}

export type BodyShape = Readonly<Record<string, Field>>;
export type Body = Readonly<Record<string, unknown>>;

/**
 * Holds a request body against its shape: 400 when it is no JSON object, 422 for a missing key, a wrong type, or a key that GitHub does not know.
 * GitHub ignores unknown keys; here they are refused, so that a misspelling shows.
 */
export function checkBody(shape: BodyShape, body: unknown): Body {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw new ApiError(400, 'Body should be a JSON object');
  const given = body as Body;
  const problems: string[] = [];
  for (const key of Object.keys(given)) {
    if (shape[key] === undefined) problems.push(`"${key}" is not a permitted key.`);
  }
  for (const [key, field] of Object.entries(shape)) {
    const value = given[key];
    if (value === undefined) {
      if (field.required) problems.push(`"${key}" wasn't supplied.`);
      continue;
    }
    const wrong = field.check(value);
    if (wrong !== null) problems.push(`For '${key}', ${wrong}`);
  }
  if (problems.length > 0) throw new ApiError(422, `Invalid request.\n\n${problems.join('\n')}`, { errors: problems });
  return given;
}

export function required(field: Field): Field {
  return { ...field, required: true };
}

export function text(maximumBytes = Number.POSITIVE_INFINITY): Field {
  return optional((value) => {
    if (typeof value !== 'string') return `${JSON.stringify(value)} is not a string.`;
    return Buffer.byteLength(value) > maximumBytes ? `the text is too long (maximum is ${maximumBytes} characters).` : null;
  });
}

export function oneOf(...values: readonly string[]): Field {
  return optional((value) =>
    values.includes(value as string) ? null : `${JSON.stringify(value)} is not a member of ${JSON.stringify(values)}.`,
  );
}

export function integer(): Field {
  return optional((value) => (Number.isInteger(value) ? null : `${JSON.stringify(value)} is not an integer.`));
}

export function flag(): Field {
  return optional((value) => (typeof value === 'boolean' ? null : `${JSON.stringify(value)} is not a boolean.`));
}

export function anything(): Field {
  return optional(() => null);
}

export function record(shape?: BodyShape): Field {
  return optional((value) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return `${JSON.stringify(value)} is not an object.`;
    return shape === undefined ? null : problemIn(shape, value);
  });
}

export function listOf(item: Field, maximum = Number.POSITIVE_INFINITY): Field {
  return optional((value) => {
    if (!Array.isArray(value)) return `${JSON.stringify(value)} is not an array.`;
    if (value.length > maximum) return `No more than ${maximum} items are allowed; ${value.length} were supplied.`;
    return value.map((one) => item.check(one)).find((wrong) => wrong !== null) ?? null;
  });
}

export function orNull(field: Field): Field {
  return { ...field, check: (value) => (value === null ? null : field.check(value)) };
}

/** The first of several forms that fits. */
export function either(...fields: readonly Field[]): Field {
  return optional((value) =>
    fields.some((field) => field.check(value) === null) ? null : `${JSON.stringify(value)} is of no allowed type.`,
  );
}

function problemIn(shape: BodyShape, value: unknown): string | null {
  try {
    checkBody(shape, value);
    return null;
  } catch (problem) {
    return problem instanceof ApiError ? problem.message.replace('Invalid request.\n\n', '') : String(problem);
  }
}

function optional(check: Check): Field {
  return { required: false, check };
}

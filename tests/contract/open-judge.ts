import type { Operation, RestContract } from './contract.ts';
import { openValidator, type Validator } from './open-validator.ts';

/** One request and its answer, as they crossed the wire. */
export interface Exchange {
  readonly method: string;
  /** Below the base address, not decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** undefined: no body was sent. */
  readonly requestBody: unknown;
  readonly status: number;
  /** undefined: the answer is no JSON. */
  readonly responseBody: unknown;
}

/** A difference to what GitHub publishes. */
export interface Difference {
  /** operationId, or the event. */
  readonly operation: string;
  /** `request`, `response 200`, ...: and what is wrong there. */
  readonly problem: string;
}

export interface Judgement {
  /** null: GitHub publishes no such operation, or the contract lacks it. */
  readonly operation: Operation | null;
  readonly differences: readonly Difference[];
}

/** Any operation may answer these, listed or not: nothing has changed, not authenticated, not allowed, or not to be seen. */
const EVERYWHERE = ['304', '401', '403', '404'];

interface Validators {
  readonly ofTexts: Validator;
  readonly ofJson: Validator;
}

/** Holds exchanges against the published description: path, query, body, status and answer. */
export function openJudge(contract: RestContract): (exchange: Exchange) => Judgement {
  const validators = { ofTexts: openValidator(contract.schemas, { texts: true }), ofJson: openValidator(contract.schemas) };
  const patterns = contract.operations
    .map((operation) => ({ operation, pattern: patternOf(operation.path) }))
    .sort((a, b) => placeholders(a.operation) - placeholders(b.operation));
  return (exchange) => {
    const found = patterns.find(({ operation, pattern }) => operation.method === exchange.method && pattern.test(exchange.path));
    if (found === undefined)
      return { operation: null, differences: [{ operation: `${exchange.method} ${exchange.path}`, problem: 'is not in the contract' }] };
    const { operation, pattern } = found;
    const inPath = Object.entries(pattern.exec(exchange.path)?.groups ?? {});
    const path = Object.fromEntries(inPath.map(([name, value]) => [name, decodeURIComponent(value ?? '')]));
    const problems = [
      ...parameterProblems(validators, operation, { path, query: Object.fromEntries(exchange.query) }),
      ...bodyProblems(validators, operation, exchange.requestBody),
      ...answerProblems(validators, operation, exchange),
    ];
    return { operation, differences: problems.map((problem) => ({ operation: operation.id, problem })) };
  };
}

type Parameters = Readonly<Record<'path' | 'query', Readonly<Record<string, string>>>>;

function parameterProblems({ ofTexts }: Validators, operation: Operation, given: Parameters): readonly string[] {
  return (['path', 'query'] as const).flatMap((place) => {
    const known = operation.parameters.filter((parameter) => parameter.in === place);
    const schema = {
      type: 'object',
      properties: Object.fromEntries(known.map((parameter) => [parameter.name, parameter.schema])),
      required: known.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    };
    return ofTexts(`${operation.id} ${place}`, schema, { ...given[place] }).map((complaint) => `${place} ${complaint}`);
  });
}

function bodyProblems({ ofJson }: Validators, { id, body }: Operation, given: unknown): readonly string[] {
  if (given === undefined) return body?.required === true ? ['request has no body'] : [];
  if (body === null) return isEmpty(given) ? [] : ['request has a body that is not described'];
  return ofJson(`${id} request`, body.schema, given).map((complaint) => `request ${complaint}`);
}

function answerProblems({ ofJson }: Validators, { id, responses }: Operation, { status, responseBody }: Exchange): readonly string[] {
  const listed = responses[status];
  if (listed === undefined && !EVERYWHERE.includes(String(status))) return [`response ${status} is not described`];
  const schema = listed ?? (status >= 400 ? { $ref: '#/schemas/basic-error' } : null);
  if (schema === null) return isEmpty(responseBody) ? [] : [`response ${status} has a body that is not described`];
  if (responseBody === undefined) return [`response ${status} is no JSON`];
  return ofJson(`${id} ${status}`, schema, responseBody).map((complaint) => `response ${status} ${complaint}`);
}

function isEmpty(body: unknown): boolean {
  return body === undefined || (typeof body === 'object' && body !== null && Object.keys(body).length === 0);
}

function placeholders({ path }: Operation): number {
  return path.split('{').length;
}

/** A path of a file may hold slashes, and may be empty; any other parameter is one segment. */
function patternOf(template: string): RegExp {
  const source = template
    .replaceAll('.', '\\.')
    .replace('/{path}', '(?:/(?<path>.*))?')
    .replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+)`);
  return new RegExp(`^${source}$`);
}

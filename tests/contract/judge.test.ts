import { describe, expect, it } from 'vitest';
import { allRoutes } from '../../bot/sandbox/rest/all-routes.ts';
import { type JsonSchema, readRestContract } from './contract.ts';
import { convertSchema } from './convert-schema.ts';
import { type Exchange, openJudge } from './open-judge.ts';
import { openValidator } from './open-validator.ts';
import { operationPath, SANDBOX_ONLY_PATHS } from './operation-path.ts';
import { unexplained, unused } from './weigh-differences.ts';

const contract = readRestContract();
const judge = openJudge(contract);
const ISSUES = '/repos/acme/models/issues';
const REFUSAL = { message: 'no', documentation_url: 'https://docs.github.com/rest' };

function judged(change: Partial<Exchange>): readonly string[] {
  const exchange = {
    method: 'POST',
    path: ISSUES,
    query: new URLSearchParams(),
    requestBody: { title: 'one' },
    status: 422,
    responseBody: REFUSAL,
  };
  return judge({ ...exchange, ...change }).differences.map(({ problem }) => problem);
}

describe('the judge', () => {
  it('finds nothing wrong with what GitHub describes', () => {
    expect(judged({})).toEqual([]);
    expect(judged({ requestBody: { title: 'one', labels: ['a', { name: 'b' }], assignees: [] } })).toEqual([]);
  });

  it.each<[string, Partial<Exchange>, string]>([
    ['a misspelt key', { requestBody: { title: 'one', lables: ['a'] } }, 'request /lables is not described'],
    ['a misspelt key of a check run', checkRun({ detials_url: 'x' }), 'request /detials_url is not described'],
    ['a misspelt key further inside', checkRun({ output: { title: 'a', summary: 'b', txt: 'c' } }), 'request /output/txt is not described'],
    [
      '51 annotations',
      checkRun({ output: { title: 'a', summary: 'b', annotations: fiftyOne() } }),
      'request /output/annotations must NOT have more than 50 items',
    ],
    ['a missing key', { requestBody: { body: 'two' } }, 'request /title is missing'],
    ['a wrong type', { requestBody: { title: 'one', labels: 'a' } }, 'request /labels must be array'],
    ['a missing body', { requestBody: undefined }, 'request has no body'],
    ['a query that GitHub ignores', listing('label=a'), 'query /label is not described'],
    ['a query value that is none', listing('state=opened'), 'query /state is none of ["open","closed","all"]'],
    [
      'a path that is no number',
      { method: 'GET', path: `${ISSUES}/seven`, requestBody: undefined, status: 404 },
      'path /issue_number must be integer',
    ],
    ['an unlisted status', { status: 418 }, 'response 418 is not described'],
    ['an answer that is no JSON', { responseBody: undefined }, 'response 422 is no JSON'],
    ['an answer without what it must hold', { responseBody: { message: 'no' } }, 'response 422 /documentation_url is missing'],
    ['an invented key in the answer', { responseBody: { ...REFUSAL, advice: 'x' } }, 'response 422 /advice is not described'],
    ['an unknown operation', { path: '/repos/acme/models/isues' }, 'is not in the contract'],
  ])('finds %s', (_name, change, problem) => {
    expect(judged(change)).toEqual([problem]);
  });

  it('coverage of differences is exact: nothing unexplained, nothing explained in vain', () => {
    const found = [{ operation: 'issues/create', problem: 'request /lables is not described' }];
    const known = [{ operation: 'issues/create', problem: 'response 201 /id is missing', reason: 'planted' }];

    expect(unexplained(found, known)).toEqual(['issues/create: request /lables is not described']);
    expect(unused(found, known)).toEqual(known);
    expect(unexplained(found, [{ operation: '*', problem: 'request /lables*', reason: 'planted' }])).toEqual([]);
  });
});

describe('schemas of OpenAPI 3.0 as JSON Schema', () => {
  it.each<[string, JsonSchema, readonly unknown[], readonly unknown[]]>([
    ['nullable', { type: 'string', nullable: true, enum: ['a'] }, ['a', null], ['b', 1]],
    ['nullable of several', { nullable: true, oneOf: [{ type: 'string' }, { type: 'integer' }] }, [null, 'a', 1], [true]],
    ['oneOf with overlap', { oneOf: [{ type: 'number' }, { type: 'integer' }] }, [1, 1.5], ['1']],
    ['an object of which nothing is said', { type: 'object' }, [{}, { any: 1 }], [1]],
    [
      'properties named like keywords',
      { type: 'object', properties: { default: { type: 'string' }, description: { type: 'string' } } },
      [{ default: 'a' }],
      [{ default: 1 }, { title: 'a' }],
    ],
    ['known formats only', { type: 'string', format: 'date-time' }, ['2026-03-01T12:00:00Z'], ['yesterday']],
    ['unknown formats', { type: 'string', format: 'uri-template' }, ['{a}'], [1]],
    ['what stands beside a reference', { $ref: '#/components/schemas/word', nullable: true }, ['a'], [null]],
  ])('%s', (name, schema, good, bad) => {
    const validate = openValidator({ word: { type: 'string' } });
    const complaints = (value: unknown) => validate(name, convertSchema(schema), value);

    expect(good.flatMap(complaints)).toEqual([]);
    expect(bad.filter((value) => complaints(value).length === 0)).toEqual([]);
  });
});

describe('request bodies of the sandbox', () => {
  const described = new Map(contract.operations.map((operation) => [`${operation.method} ${operationPath(operation.path)}`, operation]));
  const routes = allRoutes().filter(({ path, body }) => body !== null && !SANDBOX_ONLY_PATHS.includes(path));

  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s takes no key that GitHub does not know, and misses none that it requires',
    (_name, route) => {
      const operation = described.get(`${route.method} ${operationPath(route.path)}`);
      const schema = operation?.body?.schema ?? {};
      const keys = keysOf(schema);
      const required = (schema['required'] ?? []) as readonly string[];

      const taken = Object.entries(route.body ?? {});

      expect(taken.map(([key]) => key).filter((key) => !keys.has(key))).toEqual([]);
      expect(required.filter((key) => !taken.some(([name, field]) => name === key && field.required))).toEqual([]);
    },
  );
});

/** Keys that a body may have, in any of its forms. */
function keysOf(schema: JsonSchema): ReadonlySet<string> {
  const branches = ['anyOf', 'allOf'].flatMap((key) => (schema[key] ?? []) as readonly JsonSchema[]);
  return new Set([...Object.keys((schema['properties'] ?? {}) as object), ...branches.flatMap((branch) => [...keysOf(branch)])]);
}

function checkRun(more: Readonly<Record<string, unknown>>): Partial<Exchange> {
  return { path: '/repos/acme/models/check-runs', requestBody: { name: 'gate', head_sha: 'a', ...more }, status: 403 };
}

function listing(query: string): Partial<Exchange> {
  return { method: 'GET', query: new URLSearchParams(query), requestBody: undefined, status: 404 };
}

function fiftyOne(): readonly object[] {
  return Array.from({ length: 51 }, () => ({ path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' }));
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRoutes } from '../../bot/sandbox/rest/all-routes.ts';
import type { JsonSchema, Operation, Parameter } from './contract.ts';
import { convertSchema, namesIn } from './convert-schema.ts';
import { operationPath, SANDBOX_ONLY_PATHS } from './operation-path.ts';
import { WEBHOOK_NAMES } from './webhook-names.ts';

interface Spec {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, SpecOperation>>>>;
  readonly components: Readonly<Record<'schemas' | 'parameters' | 'responses', Readonly<Record<string, JsonSchema>>>>;
  readonly 'x-webhooks': Readonly<Record<string, { readonly post: { readonly requestBody: Content } }>>;
}

interface Content {
  readonly required?: boolean;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

interface SpecOperation {
  readonly operationId: string;
  readonly parameters?: readonly JsonSchema[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, JsonSchema>>;
}

/** Writes both contract files from a folder that holds an unpacked @octokit/openapi. */
function makeContract(folder: string): void {
  const spec = JSON.parse(readFileSync(join(folder, 'generated/api.github.com.json'), 'utf8')) as Spec;
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string; license: string };
  const origin = {
    package: '@octokit/openapi',
    version,
    licence: license,
    licenceText: readFileSync(join(folder, 'LICENSE'), 'utf8').trim(),
    source: 'https://github.com/octokit/openapi, made from https://github.com/github/rest-api-description',
    madeBy: 'node tests/contract/make-contract.ts <folder of @octokit/openapi>',
  };
  const operations = servedOperations(spec);
  write('github-rest.json', { origin, operations, schemas: schemasOf(spec, operations) });
  const events = Object.fromEntries(Object.entries(WEBHOOK_NAMES).map(([event, name]) => [event, payloadSchema(spec, name)]));
  write('github-webhooks.json', { origin, events, schemas: schemasOf(spec, events) });
}

function servedOperations(spec: Spec): readonly Operation[] {
  const published = new Map(
    Object.entries(spec.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [`${method.toUpperCase()} ${operationPath(path)}`, { path, operation }] as const,
      ),
    ),
  );
  const routes = allRoutes().filter(({ path }) => !SANDBOX_ONLY_PATHS.includes(path));
  return routes.map(({ method, path }) => {
    const found = published.get(`${method} ${operationPath(path)}`);
    if (found === undefined) throw new Error(`GitHub publishes no ${method} ${path}`);
    return operationOf(spec, { method, ...found });
  });
}

function operationOf(spec: Spec, { method, path, operation }: { method: string; path: string; operation: SpecOperation }): Operation {
  const schema = jsonSchemaOf(operation.requestBody ?? {});
  const responses = Object.entries(operation.responses).map(([status, response]) => [status, jsonSchemaOf(resolved(spec, response))]);
  return {
    id: operation.operationId,
    method,
    path,
    parameters: (operation.parameters ?? []).flatMap((one) => parameterOf(resolved(spec, one))),
    body: schema === null ? null : { required: operation.requestBody?.required ?? false, schema },
    responses: Object.fromEntries(responses),
  };
}

function parameterOf(parameter: JsonSchema): readonly Parameter[] {
  const { name, in: place, required = false, schema } = parameter as unknown as Omit<Parameter, 'in'> & { in: string };
  return place === 'path' || place === 'query' ? [{ name, in: place, required, schema: convertSchema(schema) }] : [];
}

function jsonSchemaOf({ content = {} }: Content): JsonSchema | null {
  const schema = content['application/json']?.schema;
  return schema === undefined ? null : convertSchema(schema);
}

function resolved(spec: Spec, value: JsonSchema): JsonSchema {
  const reference = value['$ref'];
  if (typeof reference !== 'string') return value;
  const [, , kind = '', name = ''] = reference.split('/');
  const found = spec.components[kind as 'parameters']?.[name];
  if (found === undefined) throw new Error(`${reference} is not in the description`);
  return found;
}

function payloadSchema(spec: Spec, name: string): JsonSchema {
  const schema = jsonSchemaOf(spec['x-webhooks'][name]?.post.requestBody ?? {});
  if (schema === null) throw new Error(`GitHub publishes no webhook ${name}`);
  return schema;
}

/** Every schema that is referred to, directly or through others, by name in order. */
function schemasOf(spec: Spec, root: unknown): Record<string, JsonSchema> {
  const found = new Map<string, JsonSchema>();
  const wanted = [...namesIn(root), 'basic-error'];
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (found.has(name)) continue;
    const schema = convertSchema(resolved(spec, { $ref: `#/components/schemas/${name}` }));
    found.set(name, schema);
    wanted.push(...namesIn(schema));
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One line for each entry, so that a newer contract can be compared with an older one. */
function write(file: string, contract: Readonly<Record<string, unknown>>): void {
  const parts = Object.entries(contract).map(([key, value]) => {
    const isList = Array.isArray(value);
    const entries = Object.entries(value as object).map(
      ([name, entry]) => `${isList ? '' : `${JSON.stringify(name)}:`}${JSON.stringify(entry)}`,
    );
    return `${JSON.stringify(key)}:${isList ? '[' : '{'}\n${entries.join(',\n')}\n${isList ? ']' : '}'}`;
  });
  const text = `{\n${parts.join(',\n')}\n}\n`;
  writeFileSync(new URL(file, import.meta.url), text);
  console.log(`${file}: ${text.length} bytes`);
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node tests/contract/make-contract.ts <folder of @octokit/openapi>');
makeContract(folder);

import type { JsonSchema } from './contract.ts';

/** The formats that are checked; any other says nothing that a test could use. */
export const KNOWN_FORMATS: readonly string[] = ['date-time', 'uri'];

const SCHEMA_KEYS = ['items', 'additionalProperties', 'not'];
const LIST_KEYS = ['allOf', 'anyOf', 'oneOf'];
const KEPT = [
  'type',
  'enum',
  'required',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
];

/**
 * A schema of OpenAPI 3.0 as JSON Schema 2019-09: `nullable` becomes a type, `oneOf` becomes `anyOf` (GitHub's branches overlap), what
 * stands beside a `$ref` is dropped as the standard says, and so is everything that only describes. An object of which nothing is said
 * may hold anything. References point to `#/schemas`.
 */
export function convertSchema(schema: JsonSchema): JsonSchema {
  const reference = schema['$ref'];
  if (typeof reference === 'string') return { $ref: reference.replace('#/components/schemas/', '#/schemas/') };
  const converted = Object.fromEntries(Object.entries(schema).flatMap(([key, value]) => convertKey(schema, key, value)));
  const free = schema['type'] === 'object' && Object.keys(converted).every((key) => key === 'type');
  const spelt = free ? { ...converted, additionalProperties: true } : converted;
  return schema['nullable'] === true ? nullable(spelt) : spelt;
}

function convertKey(schema: JsonSchema, key: string, value: unknown): readonly [string, unknown][] {
  if (KEPT.includes(key)) return [[key, value]];
  if (key === 'format') return KNOWN_FORMATS.includes(String(value)) ? [[key, value]] : [];
  if (key === 'properties') return [[key, convertEach(value as Record<string, JsonSchema>)]];
  if (SCHEMA_KEYS.includes(key)) return [[key, typeof value === 'boolean' ? value : convertSchema(value as JsonSchema)]];
  if (!LIST_KEYS.includes(key)) return [];
  if (key === 'oneOf' && schema['anyOf'] !== undefined) throw new Error('a schema with oneOf and anyOf is not understood');
  return [[key === 'oneOf' ? 'anyOf' : key, (value as readonly JsonSchema[]).map(convertSchema)]];
}

function convertEach(properties: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, convertSchema(schema)]));
}

function nullable(schema: JsonSchema): JsonSchema {
  const { type, enum: values } = schema;
  if (typeof type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const widened = { ...schema, type: [type, 'null'] };
  return Array.isArray(values) && !values.includes(null) ? { ...widened, enum: [...values, null] } : widened;
}

/** Names of the schemas that a value refers to. */
export function namesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner.replace('#/schemas/', '')] : namesIn(inner),
  );
}

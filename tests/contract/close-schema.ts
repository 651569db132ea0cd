import type { JsonSchema } from './contract.ts';

const COMBINERS = ['allOf', 'anyOf'];

/**
 * The schema with every object in it closed: a key that GitHub does not describe becomes an error. What applies to the same object
 * (`allOf`, `anyOf`, `$ref`) is closed once, around all of it, with `unevaluatedProperties` of JSON Schema 2019-09.
 */
export function closeSchema(schema: JsonSchema): JsonSchema {
  const inside = closeInside(schema);
  const mayBeObject = ['$ref', 'properties', ...COMBINERS].some((key) => schema[key] !== undefined);
  return mayBeObject ? { ...inside, unevaluatedProperties: false } : inside;
}

/** Closes what lies deeper, and leaves the object itself to whoever refers to the schema. */
export function closeInside(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closeKey(schema, key, value)]));
}

function closeKey(schema: JsonSchema, key: string, value: unknown): unknown {
  if (key === 'properties')
    return Object.fromEntries(Object.entries(value as Record<string, JsonSchema>).map(([name, one]) => [name, closeSchema(one)]));
  if (key === 'items' || (key === 'additionalProperties' && typeof value === 'object')) return closeSchema(value as JsonSchema);
  if (!COMBINERS.includes(key)) return value;
  return (value as readonly JsonSchema[]).map((branch) =>
    closeInside(schema['properties'] === undefined ? branch : withoutOpenness(branch)),
  );
}

/** Where an object lists its own keys, its branches only narrow them: that a branch is open says nothing about the whole. */
function withoutOpenness(branch: JsonSchema): JsonSchema {
  const { additionalProperties, ...rest } = branch;
  return additionalProperties === true ? rest : branch;
}

import type { ErrorObject } from 'ajv';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import { closeInside, closeSchema } from './close-schema.ts';
import type { JsonSchema } from './contract.ts';

/** What is wrong with a value: `/labels/* is not described`. Positions in lists are written as `*`. */
export type Complaint = string;

/** `key` names the schema in the cache: one is compiled at its first use. */
export type Validator = (key: string, schema: JsonSchema, value: unknown) => readonly Complaint[];

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Holds values against schemas that refer to `#/schemas/<name>`. Keys that are not described are complaints. `texts`: "5" counts as 5. */
export function openValidator(schemas: Readonly<Record<string, JsonSchema>>, { texts = false } = {}): Validator {
  // Each schema is used a few times only: optimising its code costs more than it saves.
  const ajv = new Ajv2019({ allErrors: true, strict: false, coerceTypes: texts, code: { optimize: false } });
  ajv.addFormat('date-time', DATE_TIME);
  ajv.addFormat('uri', (text: string) => URL.canParse(text));
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(located(closeInside(schema)) as JsonSchema, `contract:${name}`);
  const compiled = new Map<string, ValidateFunction>();
  return (key, schema, value) => {
    const validate = compiled.get(key) ?? ajv.compile(located(closeSchema(schema)) as JsonSchema);
    compiled.set(key, validate);
    return validate(value) ? [] : complaintsOf(validate.errors ?? []);
  };
}

/** References as ajv finds them: each schema is a document of its own. */
function located(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(located);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' ? inner.replace('#/schemas/', 'contract:') : located(inner),
    ]),
  );
}

/** Only what explains: no summary of branches, no `null` branch beside a better one, no key that is undescribed because something else failed. */
function complaintsOf(errors: readonly ErrorObject[]): readonly Complaint[] {
  const leaves = errors.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'if');
  const solid = leaves.filter(({ keyword, params }) => keyword !== 'unevaluatedProperties' && params['type'] !== 'null');
  const isExplained = ({ instancePath }: ErrorObject) => solid.some((other) => `${other.instancePath}/`.startsWith(`${instancePath}/`));
  const told = leaves.filter((error) => solid.includes(error) || !isExplained(error));
  return [...new Set(told.map(sentence))];
}

function sentence({ instancePath, keyword, params, message }: ErrorObject): Complaint {
  const at = instancePath.replace(/\/\d+(?=\/|$)/g, '/*');
  if (keyword === 'unevaluatedProperties') return `${at}/${String(params['unevaluatedProperty'])} is not described`;
  if (keyword === 'additionalProperties') return `${at}/${String(params['additionalProperty'])} is not described`;
  if (keyword === 'required') return `${at}/${String(params['missingProperty'])} is missing`;
  if (keyword === 'enum') return `${at} is none of ${JSON.stringify(params['allowedValues'])}`;
  return `${at} ${message ?? keyword}`;
}

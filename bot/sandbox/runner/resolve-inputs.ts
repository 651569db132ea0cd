import { WorkflowError } from './workflow-error.ts';
import type { Input } from './workflow-file.ts';

type Value = string | number | boolean;

function typed(name: string, input: Input, text: string): Value {
  if (input.type === 'boolean') {
    if (text !== 'true' && text !== 'false') throw new WorkflowError(`input ${name} must be true or false, not "${text}"`);
    return text === 'true';
  }
  if (input.type === 'number') {
    if (text.trim() === '' || Number.isNaN(Number(text))) throw new WorkflowError(`input ${name} must be a number, not "${text}"`);
    return Number(text);
  }
  if (input.type === 'choice' && !(input.options ?? []).includes(text)) {
    throw new WorkflowError(`input ${name} must be one of ${(input.options ?? []).join(', ')}, not "${text}"`);
  }
  return text;
}

/** The `inputs` context of a dispatch: typed, defaults filled in. Throws WorkflowError for unknown, missing and ill-typed ones. */
export function resolveInputs(
  declared: Readonly<Record<string, Input>>,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, Value>> {
  const unknown = Object.keys(given).filter((name) => !(name in declared));
  if (unknown.length > 0) throw new WorkflowError(`Unexpected inputs provided: ${unknown.join(', ')}`);
  const resolved: Record<string, Value> = {};
  for (const [name, input] of Object.entries(declared)) {
    const text = given[name] ?? (input.default === undefined ? undefined : String(input.default));
    if (input.required === true && (text === undefined || text === '')) throw new WorkflowError(`Required input ${name} not provided`);
    if (text !== undefined) resolved[name] = typed(name, input, text);
    else resolved[name] = input.type === 'boolean' ? false : '';
  }
  return resolved;
}

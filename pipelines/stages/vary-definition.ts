import { UserError } from '../core/errors/user-error.ts';
import { ModelDefinition } from '../core/schema/model-definition.ts';

/** What may differ between the policies of one replay: not what the model is, nor where its logs lie. */
const POLICY_SECTIONS: ReadonlySet<string> = new Set(['monitoring', 'training', 'gate', 'rollout', 'retraining', 'businessValue']);

/** A change of one key: its path in model.yml and its new value; null takes the key out, so that its default holds. */
export type Change = readonly [path: string, value: unknown];

/**
 * A definition with some keys of its policy changed, checked as model.yml is. Throws a UserError (POLICY_INVALID) for a path that no policy has and for
 * a value that does not fit.
 *
 * @example varyDefinition(definition, [['retraining.cooldown', 'P7D']]).retraining.cooldown; // => 'P7D'
 */
export function varyDefinition(definition: ModelDefinition, changes: readonly Change[]): ModelDefinition {
  let written: unknown = definition;
  for (const [path, value] of changes) written = changed(written, path.split('.'), value);
  return checked(
    written,
    changes.map(([path]) => path),
  );
}

/**
 * A definition with parts laid over it: `overlay` holds some policy sections of model.yml, or is another model.yml of the same model, of which only
 * those sections count. Throws a UserError (POLICY_INVALID).
 */
export function overlayDefinition(definition: ModelDefinition, overlay: unknown): ModelDefinition {
  if (!isRecord(overlay)) throw invalid('it holds no sections', 'write sections of model.yml, such as retraining:');
  const isWhole = overlay['name'] === definition.name;
  const sections = Object.entries(overlay).filter(([name]) => !isWhole || POLICY_SECTIONS.has(name));
  const base: Readonly<Record<string, unknown>> = definition;
  const written = { ...definition, ...Object.fromEntries(sections.map(([name, value]) => [name, merged(base[name], value)])) };
  return checked(
    written,
    sections.map(([name]) => name),
  );
}

function changed(holder: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  const record = isRecord(holder) ? holder : {};
  if (rest.length > 0) return { ...record, [key]: changed(record[key], rest, value) };
  if (value !== null) return { ...record, [key]: value };
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

function merged(one: unknown, other: unknown): unknown {
  if (!isRecord(one) || !isRecord(other)) return other;
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(keys.map((key) => [key, key in other ? merged(one[key], other[key]) : one[key]]));
}

function checked(written: unknown, paths: readonly string[]): ModelDefinition {
  const foreign = paths.find((path) => !POLICY_SECTIONS.has(path.split('.')[0] ?? ''));
  if (foreign !== undefined) throw invalid(`${foreign} is no part of a policy`, `a policy has ${[...POLICY_SECTIONS].join(', ')}`);
  const parsed = ModelDefinition.safeParse(written);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(
    `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`,
    'write it as in model.yml; `holdfast schema model` lists the keys',
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(problem: string, hint: string): UserError {
  return new UserError({ code: 'POLICY_INVALID', message: `this policy cannot be replayed: ${problem}`, hint });
}

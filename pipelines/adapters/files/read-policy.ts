import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../core/errors/user-error.ts';
import { parseYaml } from './parse-yaml.ts';
import { problemLine } from './read-definition.ts';

const HINT = 'it should hold sections of model.yml, such as retraining:';

/** Sections of model.yml in a file of their own, unchecked. Throws a UserError when it cannot be read (POLICY_MISSING) or is no mapping (POLICY_INVALID). */
export async function readPolicy(file: string): Promise<Readonly<Record<string, unknown>>> {
  const parsed = parseYaml({ text: await textOf(file), file }, z.record(z.string(), z.unknown()));
  if (parsed.value !== null) return parsed.value;
  throw new UserError({ code: 'POLICY_INVALID', message: parsed.problems.map(problemLine).join('\n'), hint: HINT });
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UserError({ code: 'POLICY_MISSING', message: `cannot read the policy ${file}`, hint: HINT, cause });
  }
}

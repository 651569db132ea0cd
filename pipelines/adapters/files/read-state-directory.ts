import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../../core/errors/user-error.ts';
import { ModelState } from '../../core/schema/model-state.ts';
import { PARSE_ONCE } from '../../core/schema/parse-once.ts';

/**
 * One model's state from a checkout of the state branch (`folder` holds state/v1/models/<model>.json); null when it was never watched.
 * Throws a UserError (STATE_INVALID) that names the file and the first key that is wrong.
 */
export async function readStateDirectory(folder: string, model: string): Promise<ModelState | null> {
  const file = join(folder, 'state', 'v1', 'models', `${basename(model)}.json`);
  const text = await textOf(file);
  if (text === null) return null;
  const parsed = ModelState.safeParse(jsonOf(text, file), PARSE_ONCE);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a state'}`);
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(file, `not JSON (${cause instanceof Error ? cause.message : 'unreadable'})`);
  }
}

function invalid(file: string, problem: string): UserError {
  return new UserError({
    code: 'STATE_INVALID',
    message: `${file} is no state of a model: ${problem}`,
    hint: 'Check out the branch holdfast/state afresh; the next run rebuilds a state that was deleted.',
  });
}

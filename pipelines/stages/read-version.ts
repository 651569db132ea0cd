import type { z } from 'zod';
import { UserError } from '../core/errors/user-error.ts';
import { ModelVersion } from '../core/schema/model-version.ts';
import { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { ModelRepository } from '../ports/model-repository.ts';

/** Reads version.json of a version. Throws a UserError: VERSION_MISSING, VERSION_INVALID. */
export function readModelVersion(repository: ModelRepository, model: string, version: string): Promise<ModelVersion> {
  return readVersionFile({ repository, model, version, file: 'version.json' }, ModelVersion);
}

/** Reads reference.json of a version. Throws a UserError: VERSION_MISSING, VERSION_INVALID. */
export function readReference(repository: ModelRepository, model: string, version: string): Promise<ReferenceProfile> {
  return readVersionFile({ repository, model, version, file: 'reference.json' }, ReferenceProfile);
}

interface Place {
  readonly repository: ModelRepository;
  readonly model: string;
  readonly version: string;
  readonly file: string;
}

async function readVersionFile<S extends z.ZodType>({ repository, model, version, file }: Place, schema: S): Promise<z.output<S>> {
  const path = `models/${model}/versions/${version}/${file}`;
  const bytes = await repository.versionFile(model, version, file);
  if (bytes === null) {
    throw new UserError({
      code: 'VERSION_MISSING',
      message: `${path} does not exist`,
      hint: 'deployment.yml must name a version whose folder is in the repository; `holdfast versions` lists them',
    });
  }
  const parsed = schema.safeParse(jsonOf(bytes, path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(path, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}`);
}

function jsonOf(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw invalid(path, cause instanceof Error ? cause.message : 'not JSON');
  }
}

function invalid(path: string, problem: string): UserError {
  return new UserError({
    code: 'VERSION_INVALID',
    message: `${path}: ${problem}`,
    hint: 'restore the file from git: files of a version never change',
  });
}

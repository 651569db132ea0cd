import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { UserError } from '../../core/errors/user-error.ts';
import { Deployment } from '../../core/schema/deployment.ts';
import { ModelDefinition } from '../../core/schema/model-definition.ts';
import { definitionProblems } from './definition-problems.ts';
import { parseYaml, type YamlProblem } from './parse-yaml.ts';

/** All that is wrong with a definition: of its form, and across its keys. Empty when it is sound. */
export function checkDefinition(source: { readonly text: string; readonly file: string }): readonly YamlProblem[] {
  const parsed = parseYaml(source, ModelDefinition);
  return parsed.value === null ? parsed.problems : definitionProblems(parsed.value, source);
}

/** Parses model.yml. Throws a UserError (MODEL_INVALID) that lists every problem with its place. */
export function parseDefinition(source: { readonly text: string; readonly file: string }): ModelDefinition {
  const definition = parseOrThrow(source, ModelDefinition, 'MODEL_INVALID');
  const problems = definitionProblems(definition, source);
  if (problems.length > 0) throw invalid('MODEL_INVALID', problems);
  return definition;
}

/** Parses deployment.yml. Throws a UserError (DEPLOYMENT_INVALID) that lists every problem with its place. */
export function parseDeployment(source: { readonly text: string; readonly file: string }): Deployment {
  return parseOrThrow(source, Deployment, 'DEPLOYMENT_INVALID');
}

/** Reads and parses a model.yml on disk. Throws a UserError when it is missing (MODEL_MISSING) or wrong (MODEL_INVALID). */
export async function readDefinition(file: string): Promise<ModelDefinition> {
  return parseDefinition({ text: await readText(file), file });
}

/** Text of a file; a UserError (MODEL_MISSING) when there is none. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UserError({
      code: 'MODEL_MISSING',
      message: `cannot read ${file}`,
      hint: 'check the name of the model and the folder given with --root',
      cause,
    });
  }
}

/** The lines that people see: `file:line:column path: what is wrong; what to write instead`. */
export function problemLine(problem: YamlProblem): string {
  const { file, line, column } = problem.position;
  return `${file}:${line}:${column} ${problem.path === '' ? '' : `${problem.path}: `}${problem.message}; ${problem.hint}`;
}

function parseOrThrow<S extends z.ZodType>(source: { readonly text: string; readonly file: string }, schema: S, code: string): z.output<S> {
  const parsed = parseYaml(source, schema);
  if (parsed.value === null) throw invalid(code, parsed.problems);
  return parsed.value;
}

function invalid(code: string, problems: readonly YamlProblem[]): UserError {
  const position = problems[0]?.position;
  return new UserError({
    code,
    message: problems.map(problemLine).join('\n'),
    hint: 'correct the lines above; `holdfast validate` checks again',
    ...(position === undefined ? {} : { position }),
  });
}

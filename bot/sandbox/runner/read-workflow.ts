import { parse } from 'yaml';
import type { z } from 'zod';
import { loadWorkflowParser } from './load-workflow-parser.ts';
import { WorkflowError } from './workflow-error.ts';
import { CompositeAction, WorkflowFile } from './workflow-file.ts';

/** A workflow file with its path in the repository. */
export interface Workflow extends WorkflowFile {
  readonly path: string;
}

/**
 * What GitHub's parser has against a workflow file: schema, expressions, needs. One line each, with the place; empty when it is valid.
 */
export async function findWorkflowProblems(path: string, text: string): Promise<readonly string[]> {
  const parser = await loadWorkflowParser();
  const result = parser.parseWorkflow({ name: path, content: text }, new parser.NoOperationTraceWriter());
  if (result.value !== undefined && result.context.errors.getErrors().length === 0) {
    await parser.convertWorkflowTemplate(result.context, result.value);
  }
  return result.context.errors.getErrors().map((problem) => problem.message);
}

function shape<T>(schema: z.ZodType<T>, path: string, text: string): T {
  const parsed = schema.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new WorkflowError(`${path}: not supported by this runner: ${problems.join('; ')}`);
}

/** Reads a workflow file. Throws WorkflowError where GitHub would call it invalid, and for keys that this runner does not execute. */
export async function readWorkflow(path: string, text: string): Promise<Workflow> {
  const problems = await findWorkflowProblems(path, text);
  if (problems.length > 0) throw new WorkflowError(`Invalid workflow file ${path}: ${problems.join('; ')}`);
  return { ...shape(WorkflowFile, path, text), path };
}

/** Reads the `action.yml` of a composite action. Throws WorkflowError for any other kind of action. */
export function readCompositeAction(path: string, text: string): CompositeAction {
  return shape(CompositeAction, path, text);
}

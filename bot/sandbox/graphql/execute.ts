import type { DocumentNode, OperationNode, SelectionNode, ValueNode } from './parse-document.ts';

/** A value that a selection picks from: scalars, lists, records of values or of functions from arguments. `__typename` is required on records. */
export type GraphValue = unknown;
export type Arguments = Readonly<Record<string, unknown>>;
export type GraphObject = Readonly<Record<string, GraphValue | ((args: Arguments) => GraphValue | Promise<GraphValue>)>> & {
  readonly __typename: string;
};

/** A refusal by a resolver, with GitHub's error type (STALE_DATA, FORBIDDEN, NOT_FOUND, UNPROCESSABLE). */
export class GraphqlProblem extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export interface GraphqlError {
  readonly type?: string;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

interface Execution {
  readonly document: DocumentNode;
  readonly variables: Arguments;
  readonly errors: GraphqlError[];
}

/** Executes one operation. Refusals become `errors` and null in their place; a field that does not exist is an error, never silently undefined. */
export async function execute(
  document: DocumentNode,
  operation: OperationNode,
  asked: { root: GraphObject; variables: Arguments },
): Promise<{ data: unknown; errors?: readonly GraphqlError[] }> {
  const errors: GraphqlError[] = [];
  const variables = withDefaults(operation, asked.variables);
  const data = await select({ document, variables, errors }, { object: asked.root, selection: operation.selection, path: [] });
  return errors.length === 0 ? { data } : { data, errors };
}

function withDefaults(operation: OperationNode, given: Arguments): Arguments {
  const variables: Record<string, unknown> = {};
  const known = new Set(operation.variables.map((variable) => variable.name));
  for (const variable of operation.variables) {
    const value = given[variable.name] ?? (variable.fallback === null ? null : resolveValue(variable.fallback, {}));
    if (variable.required && value === null)
      throw new GraphqlProblem('BAD_REQUEST', `Variable $${variable.name} was provided invalid value`);
    variables[variable.name] = value;
  }
  // GitHub ignores variables that the operation does not declare; here they show a mistake.
  const stray = Object.keys(given).find((name) => !known.has(name));
  if (stray !== undefined) throw new GraphqlProblem('BAD_REQUEST', `Variable $${stray} is not declared by the operation`);
  return variables;
}

interface Place {
  readonly object: GraphObject;
  readonly selection: readonly SelectionNode[];
  readonly path: readonly (string | number)[];
}

async function select(execution: Execution, place: Place): Promise<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const node of place.selection) {
    if (node.kind === 'field') {
      result[node.alias] = await field(execution, place, node);
      continue;
    }
    const fragment = node.kind === 'inline' ? node : execution.document.fragments.get(node.name);
    if (fragment === undefined) throw new GraphqlProblem('BAD_REQUEST', `Unknown fragment ${node.kind === 'spread' ? node.name : ''}`);
    const applies = fragment.type === null || fragment.type === place.object.__typename || INTERFACES.has(fragment.type);
    if (applies) Object.assign(result, await select(execution, { ...place, selection: fragment.selection }));
  }
  return result;
}

/** Interfaces whose fields every implementing object here carries itself. */
const INTERFACES = new Set(['Node', 'Actor', 'GitObject', 'Comment', 'Minimizable']);

async function field(execution: Execution, place: Place, node: Extract<SelectionNode, { kind: 'field' }>): Promise<unknown> {
  const { object } = place;
  const path = [...place.path, node.alias];
  if (!Object.hasOwn(object, node.name))
    throw new GraphqlProblem(
      'undefinedField',
      `Field '${node.name}' doesn't exist on type '${object.__typename}' (or the sandbox does not know it)`,
    );
  const args = Object.fromEntries(node.args.map(([name, value]) => [name, resolveValue(value, execution.variables)]));
  const source = object[node.name];
  try {
    const value = typeof source === 'function' ? await (source as (args: Arguments) => unknown)(args) : source;
    return await project(execution, { value, selection: node.selection, path });
  } catch (problem) {
    if (!(problem instanceof GraphqlProblem) || problem.type === 'undefinedField') throw problem;
    execution.errors.push({ type: problem.type, message: problem.message, path });
    return null;
  }
}

async function project(
  execution: Execution,
  picked: { value: unknown; selection: readonly SelectionNode[] | null; path: readonly (string | number)[] },
): Promise<unknown> {
  const { value, selection, path } = picked;
  if (value === null || value === undefined) return null;
  if (Array.isArray(value))
    return Promise.all(value.map((one, index) => project(execution, { value: one, selection, path: [...path, index] })));
  if (typeof value !== 'object') return value;
  if (selection === null) throw new GraphqlProblem('undefinedField', `Field must have selections at ${path.join('.')}`);
  return select(execution, { object: value as GraphObject, selection, path });
}

function resolveValue(node: ValueNode, variables: Arguments): unknown {
  if (node.kind === 'variable') return variables[node.name] ?? null;
  if (node.kind === 'literal') return node.value;
  if (node.kind === 'list') return node.items.map((item) => resolveValue(item, variables));
  return Object.fromEntries(node.fields.map(([name, value]) => [name, resolveValue(value, variables)]));
}

import { ApiError } from '../http/api-error.ts';
import { anything, orNull, record, required, text } from '../http/body-shape.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { type Arguments, execute, type GraphObject, GraphqlProblem } from './execute.ts';
import { mutations } from './mutations.ts';
import { type DocumentNode, GraphqlSyntaxError, parseDocument } from './parse-document.ts';
import { queries } from './queries.ts';

/** POST /graphql: the queries and mutations that the bot needs, executed on the same world as REST. */
export function graphqlRoutes(): readonly Route[] {
  const body = { query: required(text()), variables: orNull(record()), operationName: orNull(text()), extensions: anything() };
  return [{ method: 'POST', path: '/graphql', right: [['metadata', 'read']], role: 'read', body, run: answer }];
}

async function answer(call: Call): Promise<Answer> {
  if (call.principal.kind === 'anonymous') throw new ApiError(401, 'This endpoint requires you to be authenticated.');
  try {
    const document = parseDocument(String(call.body['query']));
    const operation = operationAsked(document, call.body['operationName']);
    const root: GraphObject = operation.type === 'query' ? queries(call) : mutations(call);
    return ok(await execute(document, operation, { root, variables: (call.body['variables'] ?? {}) as Arguments }));
  } catch (problem) {
    if (problem instanceof GraphqlProblem) return ok({ errors: [{ type: problem.type, message: problem.message }] });
    if (problem instanceof GraphqlSyntaxError || problem instanceof SyntaxError)
      return ok({ errors: [{ type: 'PARSE_ERROR', message: `Parse error: ${problem.message}` }] });
    throw problem;
  }
}

function operationAsked(document: DocumentNode, name: unknown) {
  const found = typeof name === 'string' ? document.operations.find((one) => one.name === name) : document.operations[0];
  if (found === undefined) throw new GraphqlProblem('BAD_REQUEST', 'An operation name is required');
  return found;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schema as published } from '@octokit/graphql-schema';
import { buildSchema, executeSync, type GraphQLSchema, getOperationAST, getVariableValues, parse, validate } from 'graphql';
import type { GraphqlExchange } from '../fakes/contract-fetch.ts';

export interface GraphqlDocument {
  readonly file: string;
  readonly text: string;
}

/** GitHub's own GraphQL schema, as @octokit/graphql-schema packs it. */
export function readGraphqlSchema(): GraphQLSchema {
  return buildSchema(published.idl, { assumeValidSDL: true });
}

/** Every GraphQL document that stands as a text of its own in the TypeScript files below a folder. */
export function documentsBelow(folder: string): readonly GraphqlDocument[] {
  return sourcesBelow(folder).flatMap(({ file, text }) => {
    const found = text.matchAll(/([`'"])\s*((?:query|mutation)\b(?:(?!\1).)*\{(?:(?!\1).)*)\1/gs);
    return [...found].map(([, , document = '']) => ({ file, text: document }));
  });
}

/** Files below a folder that send GraphQL. */
export function sendersBelow(folder: string): readonly string[] {
  return sourcesBelow(folder).flatMap(({ file, text }) => (/\.graphql[<(]/.test(text) ? [file] : []));
}

function sourcesBelow(folder: string): readonly GraphqlDocument[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.sort().map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}

/** What GitHub would refuse in a document. */
export function documentProblems(schema: GraphQLSchema, text: string): readonly string[] {
  try {
    return validate(schema, parse(text)).map(({ message }) => message);
  } catch (error) {
    return [String(error)];
  }
}

/** What is wrong with the variables of a request, and with the data that came back: both are held against the types of the schema. */
export function exchangeProblems(schema: GraphQLSchema, { query, variables, answer }: GraphqlExchange): readonly string[] {
  const document = parse(query);
  const definitions = getOperationAST(document)?.variableDefinitions ?? [];
  const { errors = [] } = getVariableValues(schema, definitions, variables);
  if (errors.length > 0 || answer.errors !== undefined) return errors.map(({ message }) => message);
  const again = executeSync({ schema, document, variableValues: variables, rootValue: answer.data });
  const changed = JSON.stringify(again.data) === JSON.stringify(answer.data) ? [] : ['the answer has other fields than were asked for'];
  return [...(again.errors ?? []).map(({ message }) => message), ...changed];
}

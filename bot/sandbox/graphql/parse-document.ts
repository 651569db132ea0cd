import { type GraphqlToken, tokenise } from './tokenise.ts';

/** A value as written: variables are resolved when the document is executed. */
export type ValueNode =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly ValueNode[] }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, ValueNode])[] };

export type SelectionNode =
  | {
      readonly kind: 'field';
      readonly name: string;
      readonly alias: string;
      readonly args: readonly (readonly [string, ValueNode])[];
      readonly selection: readonly SelectionNode[] | null;
    }
  | { readonly kind: 'inline'; readonly type: string | null; readonly selection: readonly SelectionNode[] }
  | { readonly kind: 'spread'; readonly name: string };

export interface OperationNode {
  readonly type: 'query' | 'mutation';
  readonly name: string | null;
  readonly variables: readonly { readonly name: string; readonly required: boolean; readonly fallback: ValueNode | null }[];
  readonly selection: readonly SelectionNode[];
}

export interface DocumentNode {
  readonly operations: readonly OperationNode[];
  readonly fragments: ReadonlyMap<string, { readonly type: string; readonly selection: readonly SelectionNode[] }>;
}

/** The document does not follow the grammar: https://spec.graphql.org/October2021/ */
export class GraphqlSyntaxError extends Error {}

/** Parses operations and fragments; directives and subscriptions are refused by name, since nothing here needs them. */
export function parseDocument(source: string): DocumentNode {
  const cursor = { tokens: tokenise(source), at: 0 };
  const operations: OperationNode[] = [];
  const fragments = new Map<string, { type: string; selection: readonly SelectionNode[] }>();
  while (cursor.at < cursor.tokens.length) {
    if (peek(cursor) !== 'fragment') {
      operations.push(parseOperation(cursor));
      continue;
    }
    take(cursor, 'fragment');
    const name = takeName(cursor);
    take(cursor, 'on');
    const type = takeName(cursor);
    fragments.set(name, { type, selection: parseSelection(cursor) });
  }
  return { operations, fragments };
}

/** A place in the tokens; advanced by the parsing functions of this file only. */
interface Cursor {
  readonly tokens: readonly GraphqlToken[];
  at: number;
}

function parseOperation(cursor: Cursor): OperationNode {
  if (peek(cursor) === '{') return { type: 'query', name: null, variables: [], selection: parseSelection(cursor) };
  const type = takeName(cursor);
  if (type !== 'query' && type !== 'mutation') throw new GraphqlSyntaxError(`Expected query or mutation, found ${type}`);
  const name = peek(cursor) === '(' || peek(cursor) === '{' ? null : takeName(cursor);
  const variables: { name: string; required: boolean; fallback: ValueNode | null }[] = [];
  if (peek(cursor) === '(') {
    take(cursor, '(');
    while (peek(cursor) !== ')') variables.push(parseVariable(cursor));
    take(cursor, ')');
  }
  return { type, name, variables, selection: parseSelection(cursor) };
}

function parseVariable(cursor: Cursor): { name: string; required: boolean; fallback: ValueNode | null } {
  take(cursor, '$');
  const name = takeName(cursor);
  take(cursor, ':');
  const nonNull = parseType(cursor);
  if (peek(cursor) !== '=') return { name, required: nonNull, fallback: null };
  take(cursor, '=');
  return { name, required: false, fallback: parseValue(cursor) };
}

/** Skips a type; whether it is non-null. */
function parseType(cursor: Cursor): boolean {
  if (peek(cursor) === '[') {
    take(cursor, '[');
    parseType(cursor);
    take(cursor, ']');
  } else takeName(cursor);
  if (peek(cursor) !== '!') return false;
  take(cursor, '!');
  return true;
}

function parseSelection(cursor: Cursor): readonly SelectionNode[] {
  take(cursor, '{');
  const selection: SelectionNode[] = [];
  while (peek(cursor) !== '}') selection.push(parseSelected(cursor));
  take(cursor, '}');
  if (selection.length === 0) throw new GraphqlSyntaxError('a selection must not be empty');
  return selection;
}

function parseSelected(cursor: Cursor): SelectionNode {
  if (peek(cursor) === '...') {
    take(cursor, '...');
    if (peek(cursor) === '{') return { kind: 'inline', type: null, selection: parseSelection(cursor) };
    const name = takeName(cursor);
    if (name !== 'on') return { kind: 'spread', name };
    return { kind: 'inline', type: takeName(cursor), selection: parseSelection(cursor) };
  }
  const first = takeName(cursor);
  const aliased = peek(cursor) === ':';
  if (aliased) take(cursor, ':');
  const name = aliased ? takeName(cursor) : first;
  const args: (readonly [string, ValueNode])[] = [];
  if (peek(cursor) === '(') {
    take(cursor, '(');
    while (peek(cursor) !== ')') args.push(parsePair(cursor));
    take(cursor, ')');
  }
  return { kind: 'field', name, alias: first, args, selection: peek(cursor) === '{' ? parseSelection(cursor) : null };
}

function parsePair(cursor: Cursor): readonly [string, ValueNode] {
  const name = takeName(cursor);
  take(cursor, ':');
  return [name, parseValue(cursor)];
}

function parseValue(cursor: Cursor): ValueNode {
  const token = cursor.tokens[cursor.at];
  if (token?.kind === 'string' || token?.kind === 'number') {
    cursor.at += 1;
    return { kind: 'literal', value: token.kind === 'number' ? Number(token.text) : token.text };
  }
  if (peek(cursor) === '$') {
    take(cursor, '$');
    return { kind: 'variable', name: takeName(cursor) };
  }
  if (peek(cursor) === '[') return { kind: 'list', items: parseUntil(cursor, '[', ']', parseValue) };
  if (peek(cursor) === '{') return { kind: 'object', fields: parseUntil(cursor, '{', '}', parsePair) };
  const name = takeName(cursor);
  if (name === 'null') return { kind: 'literal', value: null };
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
  return { kind: 'literal', value: name };
}

function parseUntil<T>(cursor: Cursor, ...[open, close, parse]: readonly [string, string, (cursor: Cursor) => T]): readonly T[] {
  const items: T[] = [];
  take(cursor, open);
  while (peek(cursor) !== close) items.push(parse(cursor));
  take(cursor, close);
  return items;
}

function peek(cursor: Cursor): string | null {
  const token = cursor.tokens[cursor.at];
  if (token === undefined) throw new GraphqlSyntaxError('Unexpected end of document');
  return token.kind === 'string' ? null : token.text;
}

function take(cursor: Cursor, text: string): void {
  if (peek(cursor) !== text) throw new GraphqlSyntaxError(`Expected ${text}, found ${cursor.tokens[cursor.at]?.text ?? 'nothing'}`);
  cursor.at += 1;
}

function takeName(cursor: Cursor): string {
  const token = cursor.tokens[cursor.at];
  if (token?.kind !== 'name') throw new GraphqlSyntaxError(`Expected a name, found ${token?.text ?? 'the end'}`);
  cursor.at += 1;
  return token.text;
}

import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { WorkflowError } from './workflow-error.ts';

/** What an expression may name: contexts as plain data, and the functions that GitHub's engine leaves to the runner. */
export interface ExpressionScope {
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly functions: Readonly<Record<string, (...texts: readonly string[]) => string | boolean>>;
}

const STATUS_FUNCTIONS = /\b(?:success|failure|always|cancelled)\s*\(/i;
const QUOTED_TEXT = /'(?:[^']|'')*'/g;

function toData(value: unknown): data.ExpressionData {
  return JSON.parse(JSON.stringify(value ?? null), data.reviver) as data.ExpressionData;
}

function evaluate(source: string, scope: ExpressionScope): data.ExpressionData {
  const functions = Object.entries(scope.functions).map(([name, call]) => ({
    name,
    minArgs: 0,
    maxArgs: 255,
    call: (...given: data.ExpressionData[]) => toData(call(...given.map((one) => one.coerceString()))),
  }));
  const contexts = new data.Dictionary(...Object.entries(scope.contexts).map(([key, value]) => ({ key, value: toData(value) })));
  try {
    const tokens = new Lexer(source).lex().tokens;
    const tree = new Parser(tokens, Object.keys(scope.contexts), functions).parse();
    return new Evaluator(tree, contexts, new Map(functions.map((one) => [one.name.toLowerCase(), one]))).evaluate();
  } catch (cause) {
    throw new WorkflowError(`cannot evaluate "${source.trim()}": ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

interface Segment {
  readonly kind: 'text' | 'expression';
  readonly text: string;
}

/** Splits text at `${{ }}`. Closing braces inside a quoted string do not close. */
function segmentsOf(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  let rest = text;
  while (rest !== '') {
    const start = rest.indexOf('${{');
    if (start === -1) return [...segments, { kind: 'text', text: rest }];
    if (start > 0) segments.push({ kind: 'text', text: rest.slice(0, start) });
    const length = /^(?:'(?:[^']|'')*'|[^'])*?}}/.exec(rest.slice(start + 3))?.[0].length;
    if (length === undefined) throw new WorkflowError(`the expression is not closed: ${rest.slice(start)}`);
    segments.push({ kind: 'expression', text: rest.slice(start + 3, start + 3 + length - 2) });
    rest = rest.slice(start + 3 + length);
  }
  return segments;
}

function truthy(value: data.ExpressionData): boolean {
  if (!value.primitive) return true;
  if (value instanceof data.StringData) return value.coerceString() !== '';
  return !(value instanceof data.Null || value.number() === 0 || Number.isNaN(value.number()));
}

/** The text with every `${{ }}` replaced by its value, as GitHub writes values in text (null is empty). */
export function interpolate(text: string, scope: ExpressionScope): string {
  return segmentsOf(text)
    .map((segment) => (segment.kind === 'text' ? segment.text : evaluate(segment.text, scope).coerceString()))
    .join('');
}

/** Interpolates every value of a map. */
export function interpolateMap(map: Readonly<Record<string, string>> | undefined, scope: ExpressionScope): Record<string, string> {
  return Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, interpolate(value, scope)]));
}

/** Whether an `if:` holds. Without a status function in it, `success() &&` stands before it; an absent one is `success()`. */
export function evaluateCondition(condition: string | undefined, scope: ExpressionScope): boolean {
  const segments = segmentsOf(condition ?? 'success()');
  const only = segments.length === 1 ? segments[0] : undefined;
  if (only === undefined) throw new WorkflowError(`an if must be one expression: ${condition}`);
  const asksStatus = STATUS_FUNCTIONS.test(only.text.replaceAll(QUOTED_TEXT, "''"));
  return truthy(evaluate(asksStatus ? only.text : `success() && (${only.text})`, scope));
}

import { type Document, isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { SourcePosition } from '../../core/errors/user-error.ts';
import { PARSE_ONCE } from '../../core/schema/parse-once.ts';
import { nearestKey } from './nearest-key.ts';

/** One thing that is wrong in a YAML file: where, what, and what to write instead. */
export interface YamlProblem {
  readonly position: SourcePosition;
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

export type YamlResult<T> =
  | { readonly value: T; readonly problems: readonly [] }
  | { readonly value: null; readonly problems: readonly YamlProblem[] };

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Parses YAML text and checks it against a schema. Problems carry line and column of the key or value at fault, in order of the text.
 * Unknown keys, duplicate keys and bad indentation are problems. `file` only names the text.
 */
export function parseYaml<S extends z.ZodType>(
  source: { readonly text: string; readonly file: string },
  schema: S,
): YamlResult<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines });
  const at = (offset: number): SourcePosition => {
    const { line, col } = lines.linePos(offset);
    return { file: source.file, line, column: col };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      position: at(error.pos[0]),
      path: '',
      message: error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? error.message,
      hint: 'correct the YAML at this place',
    }));
    return { value: null, problems };
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 50 }) ?? {}, { ...PARSE_ONCE, reportInput: true });
  if (parsed.success) return { value: parsed.data, problems: [] };
  const problems = parsed.error.issues
    .flatMap((issue) => problemsOf(issue, []))
    .map((problem) => locate(withSuggestion(problem, schema), document, at));
  problems.sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
  return { value: null, problems };
}

interface Unplaced {
  readonly path: Path;
  readonly unknownKey: string | null;
  readonly message: string;
  readonly hint: string;
}

/** One issue of zod as problems in people's words; a union's branches count only when no key tells which branch was meant. */
function problemsOf(issue: Issue, parent: Path): Unplaced[] {
  const path = [...parent, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path,
        unknownKey: key,
        message: `unknown key "${key}"`,
        hint: 'remove it',
      }));
    case 'invalid_type':
      return [
        {
          path,
          unknownKey: null,
          message: `expected ${issue.expected}, found ${describe(issue.input)}`,
          hint: `write ${withArticle(issue.expected)}`,
        },
      ];
    case 'invalid_value':
      return [
        {
          path,
          unknownKey: null,
          message: `${describe(issue.input)} is not allowed here`,
          hint: `write ${issue.values.map(String).join(' or ')}`,
        },
      ];
    case 'too_small':
      return [
        { path, unknownKey: null, message: issue.message, hint: `write ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}` },
      ];
    case 'too_big':
      return [
        { path, unknownKey: null, message: issue.message, hint: `write ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}` },
      ];
    case 'invalid_union':
      return unionProblems(issue, path);
    default:
      return [{ path, unknownKey: null, message: issue.message, hint: 'see the description of this key in the schema' }];
  }
}

/** An unknown key is usually a known one misspelt: names it. */
function withSuggestion(problem: Unplaced, schema: z.ZodType): Unplaced {
  if (problem.unknownKey === null) return problem;
  const meant = nearestKey(schema, problem.path, problem.unknownKey);
  return meant === null ? problem : { ...problem, hint: `did you mean "${meant}"?` };
}

/** zod's word for a type, as people say it. */
function withArticle(type: string): string {
  if (type === 'object' || type === 'record') return 'a mapping';
  if (type === 'array') return 'a list';
  return type === 'int' ? 'a whole number' : `a ${type}`;
}

function unionProblems(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): Unplaced[] {
  const closest = [...issue.errors].sort((a, b) => a.length - b.length)[0];
  if (closest === undefined || closest.length === 0)
    return [{ path, unknownKey: null, message: issue.message, hint: `check ${issue.discriminator ?? 'the value'}` }];
  return closest.flatMap((inner) => problemsOf(inner, path));
}

function describe(input: unknown): string {
  if (input === undefined) return 'nothing';
  if (input === null) return 'an empty value';
  if (typeof input === 'string') return `the text "${input.length > 40 ? `${input.slice(0, 40)}…` : input}"`;
  return Array.isArray(input) ? 'a list' : typeof input === 'object' ? 'a mapping' : String(input);
}

function locate(problem: Unplaced, document: Document, at: (offset: number) => SourcePosition): YamlProblem {
  const text = problem.path.map(String).join('.');
  const named = problem.unknownKey === null ? text : `${text}${text === '' ? '' : '.'}${problem.unknownKey}`;
  return { position: at(offsetOf(problem, document)), path: named, message: problem.message, hint: problem.hint };
}

/** Offset of the key at fault, else of the value, else of the nearest parent that is written down. */
function offsetOf(problem: Unplaced, document: Document): number {
  for (let depth = problem.path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(problem.path.slice(0, depth), true) as Node | undefined;
    if (node === undefined || node === null) continue;
    const key = problem.unknownKey !== null && depth === problem.path.length ? keyOffset(node, problem.unknownKey) : null;
    return key ?? node.range?.[0] ?? 0;
  }
  return 0;
}

function keyOffset(node: unknown, key: string): number | null {
  if (!isMap(node)) return null;
  const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
  return pair !== undefined && isScalar(pair.key) ? (pair.key.range?.[0] ?? null) : null;
}

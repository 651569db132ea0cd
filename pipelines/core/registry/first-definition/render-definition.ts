import type { Proposal } from './propose-definition.ts';

type Written = string | number | boolean | readonly Written[] | { readonly [key: string]: Written };

/** Longest line with its comment behind it; longer ones have it above. */
const WIDTH = 160;
const NO_PLAIN_WORD = /^(true|false|null|yes|no|on|off|y|n|~|\d.*)$/i;

/** model.yml as text: keys in the order of the definition, the reason of each behind or above it. Reading it back gives the definition. */
export function renderDefinition({ definition, why }: Pick<Proposal, 'definition' | 'why'>): string {
  const lines = Object.entries(definition as unknown as Record<string, Written>).flatMap(([key, value]) =>
    block({ key, value, path: key, indent: '' }, why),
  );
  return `${lines.join('\n')}\n`;
}

interface Entry {
  readonly key: string;
  readonly value: Written;
  readonly path: string;
  readonly indent: string;
}

function block({ key, value, path, indent }: Entry, why: Proposal['why']): string[] {
  const start = `${indent}${plain(key)}:`;
  const comment = why[path];
  const hasOwn = Object.keys(why).some((each) => each.startsWith(`${path}.`));
  const isList = Array.isArray(value);
  const isSimple = typeof value !== 'object' || (!hasOwn && Object.values(value).every((each) => typeof each !== 'object'));
  if (isSimple) return commented(`${start} ${flow(value)}`, comment, indent);
  const head = commented(start, comment, indent);
  const inner = `${indent}  `;
  if (isList) return [...head, ...value.flatMap((each, place) => commented(`${inner}- ${flow(each)}`, why[`${path}.${place}`], inner))];
  return [
    ...head,
    ...Object.entries(value).flatMap(([name, each]) => block({ key: name, value: each, path: `${path}.${name}`, indent: inner }, why)),
  ];
}

function commented(line: string, comment: string | undefined, indent: string): string[] {
  if (comment === undefined) return [line];
  const behind = `${line} # ${comment}`;
  return behind.length <= WIDTH ? [behind] : [`${indent}# ${comment}`, line];
}

function flow(value: Written): string {
  if (typeof value === 'string') return plain(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  const entries = Object.entries(value).map(([key, each]) => `${plain(key)}: ${flow(each)}`);
  return `{ ${entries.join(', ')} }`;
}

/** Text as YAML: bare where nothing else could be read from it, in single quotes else, and as JSON where it holds what those cannot. */
function plain(text: string): string {
  if (/^[A-Za-z_][\w./-]*( [\w./-]+)*$/.test(text) && !NO_PLAIN_WORD.test(text)) return text;
  const isPrintable = /^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(text);
  return isPrintable ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

/** A value that JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

/**
 * JSON with object keys in code-unit order, two spaces of indentation and a newline at the end, so that equal values have equal bytes and a diff shows one line
 * a field. Arrays of plain values stand on one line. Keys whose value is undefined are left out.
 * Throws a TypeError on NaN and infinite numbers, which JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  return `${printed(sorted(value), '')}\n`;
}

function printed(value: unknown, indent: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((member) => member === null || typeof member !== 'object'))
      return `[${value.map((member) => JSON.stringify(member)).join(', ')}]`;
    return `[\n${value.map((member) => `${inner}${printed(member, inner)}`).join(',\n')}\n${indent}]`;
  }
  const lines = Object.entries(value).map(([key, member]) => `${inner}${JSON.stringify(key)}: ${printed(member, inner)}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
}

/** The same on one line, without the newline: for hashes and for NDJSON. */
export function canonicalLine(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`JSON cannot hold ${value}`);
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}

/** Text that is HTML already; everything else that goes into a page is escaped. */
export interface Html {
  readonly html: string;
}

/** Marks text as HTML. Only for text that this code has made or that a renderer has made safe. */
export function trusted(text: string): Html {
  return { html: text };
}

type Part = Html | string | number | null | readonly Part[];

/** A template whose values are escaped unless they are Html. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const pieces = strings.map((piece, index) => piece + (index < parts.length ? render(parts[index] ?? null) : ''));
  return { html: pieces.join('') };
}

function render(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeText(String(part));
  if (isList(part)) return part.map(render).join('');
  return part.html;
}

function isList(part: Part): part is readonly Part[] {
  return Array.isArray(part);
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** The first place where tags of an XML text do not match, or where markup is left open; null when it is well-formed as far as tags and entities go. */
export function wellFormed(xml: string): string | null {
  const open: string[] = [];
  const body = xml.replace(/^<\?xml[^>]*\?>/, '');
  for (const match of body.matchAll(/<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|(<)|&(?!(?:lt|gt|amp|quot|apos);)/g)) {
    const [whole, closing, name = '', , selfClosing] = match;
    if (name === '') return `stray ${whole}`;
    if (selfClosing === '/') continue;
    if (closing !== '/') {
      open.push(name);
      continue;
    }
    const expected = open.pop();
    if (expected !== name) return `</${name}> closes <${expected ?? 'nothing'}>`;
  }
  return open.length === 0 ? null : `<${open.at(-1)}> is never closed`;
}

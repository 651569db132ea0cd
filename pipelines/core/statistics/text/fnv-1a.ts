const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * FNV-1a, 32 bits, of a text in UTF-8: a fast hash for buckets; never for secrets or identity.
 *
 * Source: Fowler, Noll and Vo (https://datatracker.ietf.org/doc/draft-eastlake-fnv/). A lone surrogate counts as its three bytes. O(length).
 *
 * @example fnv1a('foobar'); // => 0xbf9cf968
 */
export function fnv1a(text: string): number {
  return continueFnv1a(OFFSET, text);
}

/**
 * The hash of a text and one behind it, from the hash of the first.
 *
 * @example continueFnv1a(fnv1a('foo'), 'bar'); // => 0xbf9cf968
 */
export function continueFnv1a(begun: number, text: string): number {
  let hash = begun;
  const add = (byte: number): void => {
    hash = Math.imul(hash ^ byte, PRIME);
  };
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) add(point);
    else {
      if (point < 0x800) add(0xc0 | (point >> 6));
      else {
        if (point < 0x10000) add(0xe0 | (point >> 12));
        else {
          add(0xf0 | (point >> 18));
          add(0x80 | ((point >> 12) & 0x3f));
        }
        add(0x80 | ((point >> 6) & 0x3f));
      }
      add(0x80 | (point & 0x3f));
    }
  }
  return hash >>> 0;
}

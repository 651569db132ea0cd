const VOWELS = 'aeiou';
const CONSONANTS = 'bdfgklmnprstvz';

/** How many ways of writing a word wrong there are: the same three for ever, so that a model can learn them. */
export const WAYS = 3;

/**
 * The word as a recogniser that misheard it writes it: one letter changed, which one and into what fixed by the word and the way (0 … WAYS − 1).
 * Vowels become vowels. A word of one letter stays.
 *
 * @example mishear('weather', 0); // => 'wearher'
 */
export function mishear(word: string, way: number): string {
  if (word.length < 2) return word;
  const mixed = [...word].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5 + way) >>> 0;
  const place = 1 + (mixed % (word.length - 1));
  const letter = word.charAt(place);
  const letters = VOWELS.includes(letter) ? VOWELS : CONSONANTS;
  const next = letters.charAt((letters.indexOf(letter) + 1 + (Math.floor(mixed / 64) % (letters.length - 1))) % letters.length);
  return `${word.slice(0, place)}${next}${word.slice(place + 1)}`;
}

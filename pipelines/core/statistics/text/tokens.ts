const WORD = /[\p{L}\p{M}\p{N}]+(?:['’.,_-][\p{L}\p{M}\p{N}]+)*/gu;
const PIECE = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*/gu;
const ONLY_DIGITS = /^[\p{N}.,_'’-]+$/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** What every number becomes: which number it is says nothing about vocabulary, and may be personal. */
const NUMBER = '#';

/**
 * The words of a text, for vocabulary: compatibility forms folded (NFKC), lower case, numbers folded into `#`.
 *
 * A word is a run of letters, marks and digits, with apostrophes inside (https://unicode.org/reports/tr18/ for the classes). A hyphen
 * divides. `5g` and `covid19` stay words; `1,200.50` and `2024-05-01` are one number. Scripts written without spaces give pairs of
 * neighbouring characters. No stemming, no stop words, no language is assumed. Depends on the Unicode version of the runtime for
 * characters added since. O(length).
 *
 * @example tokensOf('Don’t call 0800-123: ﬁve 5G masts'); // => ["don't", 'call', '#', 'five', '5g', 'masts']
 */
export function tokensOf(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().replaceAll('’', "'").match(WORD) ?? [];
  return words.flatMap((word) => {
    if (ONLY_DIGITS.test(word)) return [NUMBER];
    return (word.match(PIECE) ?? []).flatMap((piece) =>
      ONLY_DIGITS.test(piece) ? [NUMBER] : UNSPACED.test(piece) ? pairs(piece) : [piece],
    );
  });
}

/** Neighbouring characters two by two; a single one by itself. */
function pairs(word: string): string[] {
  const characters = [...word];
  if (characters.length < 2) return [word];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

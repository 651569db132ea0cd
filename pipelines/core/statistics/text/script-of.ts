const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['Latin', /\p{Script=Latin}/gu],
  ['Cyrillic', /\p{Script=Cyrillic}/gu],
  ['Greek', /\p{Script=Greek}/gu],
  ['Arabic', /\p{Script=Arabic}/gu],
  ['Hebrew', /\p{Script=Hebrew}/gu],
  ['Devanagari', /\p{Script=Devanagari}/gu],
  ['Bengali', /\p{Script=Bengali}/gu],
  ['Tamil', /\p{Script=Tamil}/gu],
  ['Telugu', /\p{Script=Telugu}/gu],
  ['Thai', /\p{Script=Thai}/gu],
  ['Kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['Han', /\p{Script=Han}/gu],
  ['Hangul', /\p{Script=Hangul}/gu],
  ['Armenian', /\p{Script=Armenian}/gu],
  ['Georgian', /\p{Script=Georgian}/gu],
  ['Ethiopic', /\p{Script=Ethiopic}/gu],
];

/**
 * The script that most letters of a text belong to (https://unicode.org/reports/tr24/): one class a text, so that counts of texts by
 * script are independent rows for a chi-square test, which counts of letters are not.
 *
 * `Other` for letters of a script not listed, `None` without letters. Of equals, the first listed. Says nothing about language. O(length
 * · scripts).
 *
 * @example scriptOf('Привет, Bob'); // => 'Cyrillic'
 */
export function scriptOf(text: string): string {
  let best = { script: 'None', letters: 0 };
  let listed = 0;
  for (const [script, letter] of SCRIPTS) {
    const letters = text.match(letter)?.length ?? 0;
    listed += letters;
    if (letters > best.letters) best = { script, letters };
  }
  const others = (text.match(/\p{L}/gu)?.length ?? 0) - listed;
  return others > best.letters ? 'Other' : best.script;
}

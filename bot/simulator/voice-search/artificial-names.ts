const OPENINGS = [
  'ba',
  'dre',
  'fi',
  'gro',
  'hul',
  'ja',
  'kes',
  'lo',
  'mi',
  'nar',
  'po',
  'qui',
  'ru',
  'sel',
  'tav',
  'ul',
  've',
  'wim',
  'yor',
  'zan',
];
const MIDDLES = ['bri', 'do', 'fen', 'ga', 'li', 'mo', 'nu', 'ras', 'ti', 'vo'];
const ENDINGS = ['ck', 'dan', 'fo', 'lt', 'mur', 'nd', 'ple', 'rin', 'sk', 'x'];

/**
 * The word of a number, made of syllables: `count` many differ. It names nobody and nothing.
 *
 * @example artificialWord(0); // => 'babrick'
 */
export function artificialWord(number: number): string {
  // Steps that share no factor with the lengths walk through every combination before one comes again.
  const opening = OPENINGS[number % OPENINGS.length] ?? '';
  const middle = MIDDLES[(number * 7 + Math.floor(number / OPENINGS.length)) % MIDDLES.length] ?? '';
  const ending = ENDINGS[(number * 3 + Math.floor(number / (OPENINGS.length * MIDDLES.length))) % ENDINGS.length] ?? '';
  return `${opening}${middle}${ending}`;
}

/** A name of two artificial words. Numbers below 1,000 share no word. */
export function artificialName(number: number): string {
  return `${artificialWord(2 * number)} ${artificialWord(2 * number + 1)}`;
}

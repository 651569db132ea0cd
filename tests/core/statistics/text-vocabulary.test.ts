import { describe, expect, test } from 'vitest';
import { hypergeometricUpperTail } from '../../../pipelines/core/statistics/distributions/hypergeometric-upper-tail.ts';
import { logOddsRatio } from '../../../pipelines/core/statistics/metrics/log-odds.ts';
import { burstingTerms, countTerms } from '../../../pipelines/core/statistics/text/bursting-terms.ts';
import { fnv1a } from '../../../pipelines/core/statistics/text/fnv-1a.ts';
import { hashedNGrams } from '../../../pipelines/core/statistics/text/hashed-n-grams.ts';
import { outOfVocabulary } from '../../../pipelines/core/statistics/text/out-of-vocabulary.ts';
import { scriptOf } from '../../../pipelines/core/statistics/text/script-of.ts';
import { textDomainClassifier } from '../../../pipelines/core/statistics/text/text-domain-classifier.ts';
import { tokensOf } from '../../../pipelines/core/statistics/text/tokens.ts';

const range = (size: number) => Array.from({ length: size }, (_, index) => index);

describe('words', () => {
  test.each([
    ['Call Taylor Swift!', ['call', 'taylor', 'swift']],
    ['İstanbul STRASSE straße', ['i̇stanbul', 'strasse', 'straße']],
    ['ﬁle №5 Ⅻ', ['file', 'no5', 'xii']],
    ['don’t rock’n’roll', ["don't", "rock'n'roll"]],
    ['on 2024-05-01 at 10:30 for 1,200.50', ['on', '#', 'at', '#', '#', 'for', '#']],
    ['state-of-the-art T-5', ['state', 'of', 'the', 'art', 't', '#']],
    ['covid19 5g', ['covid19', '5g']],
    ['東京タワー 京', ['東京', '京タ', 'タワ', 'ワー', '京']],
    ['cafe\u0301 café', ['café', 'café']],
    ['... — !', []],
  ])('%s', (text, words) => {
    expect(tokensOf(text)).toEqual(words);
  });

  test('are found again in their own text', () => {
    for (const text of ['Ключевые слова', 'Hello, wörld', 'नमस्ते दुनिया', 'สวัสดี']) {
      expect(tokensOf(tokensOf(text).join(' '))).toEqual(tokensOf(tokensOf(text).join(' ')));
      expect(tokensOf(text).length).toBeGreaterThan(0);
    }
  });
});

describe('script', () => {
  test.each([
    ['Hello', 'Latin'],
    ['Привет, Bob', 'Cyrillic'],
    ['東京タワー', 'Kana'],
    ['123 !', 'None'],
    ['ᚠᚢᚦ', 'Other'],
    ['हिन्दी', 'Devanagari'],
  ])('%s is %s', (text, script) => {
    expect(scriptOf(text)).toBe(script);
  });
});

describe('hashes', () => {
  test.each([
    // Test vectors of the authors, draft-eastlake-fnv, and the UTF-8 bytes of others.
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('FNV-1a of "%s"', (text, hash) => {
    expect(fnv1a(text)).toBe(hash);
  });

  test('are of the bytes of UTF-8', () => {
    for (const text of ['é', '€', '𝒳']) {
      const bytes = [...Buffer.from(text, 'utf8')].reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5) >>> 0;
      expect(fnv1a(text)).toBe(bytes);
    }
  });

  test('every text has length 1, whatever its words', () => {
    const { starts, values } = hashedNGrams([tokensOf('the quick brown fox'), [], ['a']]);
    const squares = range(3).map((row) =>
      (values ?? new Float64Array(0)).slice(starts[row], starts[row + 1]).reduce((sum, value) => sum + value * value, 0),
    );

    expect(squares[0]).toBeCloseTo(1, 12);
    expect(squares[1]).toBe(0);
    expect(squares[2]).toBeCloseTo(1, 12);
  });
});

describe('bursting terms', () => {
  test.each([
    // SciPy 1.17.1: hypergeom.sf(found - 1, population, marked, drawn)
    [6000, 10, 1000, 10, 1.5927257143489694e-8],
    [6000, 40, 1000, 12, 0.025725622628885343],
    [6000, 40, 1000, 3, 0.9730112621864154],
    [50, 30, 40, 22, 0.969219290037976],
    [2000, 900, 500, 260, 0.00017508405176055734],
  ])('one-sided exact test: of %i, %i marked, %i drawn, at least %i', (population, marked, drawn, found, expected) => {
    expect(hypergeometricUpperTail({ population, marked, drawn }, found) / expected).toBeCloseTo(1, 8);
  });

  test('log odds by the formula of the paper, worked by hand', () => {
    const found = logOddsRatio({ count: 30, rows: 1000 }, { count: 20, rows: 5000 }, { weight: 1000, share: 50 / 6000 });

    // Python: log(38.333 / 1961.667) − log(28.333 / 5971.667), sqrt(1 / 38.333 + 1 / 28.333)
    expect(found.logOdds).toBeCloseTo(1.4155124819176113, 10);
    expect(found.standardError).toBeCloseTo(0.2477520417046002, 10);
    expect(() => logOddsRatio({ count: 1, rows: 2 }, { count: 1, rows: 2 }, { weight: 0, share: 0.5 })).toThrow(RangeError);
  });

  test('a new name is found, common words are not, and one busy id is not enough', () => {
    const old = range(2000).map((row) => ['play', row % 3 === 0 ? 'song' : 'news']);
    const now = range(400).map((row) =>
      row < 30 ? ['play', 'zorblax'] : row < 60 ? ['play', 'secret'] : ['play', row % 3 === 0 ? 'song' : 'news'],
    );
    const ids = range(400).map((row) => (row >= 30 && row < 60 ? 'one-user' : `user-${row}`));
    const reference = countTerms(old, range(2000).map(String));

    const { tested, terms } = burstingTerms(reference, countTerms(now, ids), { minimumCount: 20 });

    expect(terms.map(({ term }) => term)).toEqual(['zorblax']);
    expect(terms[0]).toMatchObject({ current: 30, reference: 0 });
    expect(tested).toBe(3);
  });

  test('a term under the privacy count is never shown, however evident', () => {
    const reference = countTerms(
      range(5000).map(() => ['play']),
      range(5000).map(String),
    );
    const current = countTerms(
      range(50).map((row) => (row < 19 ? ['play', 'patient'] : ['play'])),
      range(50).map(String),
    );

    expect(burstingTerms(reference, current, { minimumCount: 20 }).terms).toEqual([]);
    expect(burstingTerms(reference, current, { minimumCount: 19 }).terms.map(({ term }) => term)).toEqual(['patient']);
  });
});

describe('out of vocabulary', () => {
  const folds = range(100).map((row) => row % 5);

  test('is equal on both sides for the same texts of several folds, and counts what the whole reference lacks', () => {
    const reference = range(100).map((row) => ['common', `pair${Math.floor(row / 2)}`]);

    const found = outOfVocabulary({
      reference,
      current: [
        ['common', 'new'],
        ['common', 'common'],
      ],
      folds,
    });

    expect(found?.reference).toBe(0);
    expect(found?.current).toBe(0.25);
    expect(found?.unseen).toBe(0.25);
  });

  test('a word of one fold is unknown to that fold, and to one vocabulary in five for a new text', () => {
    const reference = range(100).map((row) => (row === 0 ? ['rare'] : ['common']));

    const found = outOfVocabulary({ reference, current: [['rare'], ['common']], folds });

    expect(found?.reference).toBe(0.01);
    expect(found?.current).toBeCloseTo(0.1, 12);
    expect(found?.unseen).toBe(0);
  });

  test('has no value without words', () => {
    expect(outOfVocabulary({ reference: [['a'], ['b']], current: [[], []], folds: [0, 1] })).toBeNull();
  });
});

test('a classifier of texts finds a new phrase and no difference between like texts', () => {
  const texts = (from: number, phrase: string) => ({
    tokens: range(300).map((row) =>
      tokensOf(`call number ${(from + row) % 7} ${['mom', 'dad', 'home'][row % 3]} ${row % 2 === 0 ? phrase : 'please'}`),
    ),
    hashes: range(300).map((row) => fnv1a(`${from + row}`)),
  });

  const [same, changed] = [texts(300, 'now'), texts(300, 'on speaker')].map((current) => textDomainClassifier(texts(0, 'now'), current));

  expect(same?.pValue).toBeGreaterThan(0.05);
  expect(changed?.area).toBeGreaterThan(0.7);
  expect(changed?.pValue).toBeLessThan(1e-6);
});

import { describe, expect, test } from 'vitest';
import { type SeededRandom, seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';
import { foldsOf } from '../../pipelines/core/statistics/estimation/cross-fitted-area.ts';
import { twoProportions } from '../../pipelines/core/statistics/hypotheses/two-proportions.ts';
import { burstingTerms, countTerms } from '../../pipelines/core/statistics/text/bursting-terms.ts';
import { fnv1a } from '../../pipelines/core/statistics/text/fnv-1a.ts';
import { outOfVocabulary } from '../../pipelines/core/statistics/text/out-of-vocabulary.ts';
import { textDomainClassifier } from '../../pipelines/core/statistics/text/text-domain-classifier.ts';
import { tokensOf } from '../../pipelines/core/statistics/text/tokens.ts';
import { titlesOf, titlesPresent } from '../oracles/arxiv-titles.ts';
import { expectInBand, expectNotAbove } from './binomial-band.ts';

describe.skipIf(!titlesPresent())('titles before 2012, split at random: nothing drifts', () => {
  const titles = titlesPresent() ? titlesOf('2007-01-01', '2012-01-01') : [];
  const words = new Map<string, string>();
  // One string a word: equal words of many titles are found in a table without comparing their letters.
  function interned(word: string): string {
    const known = words.get(word);
    if (known === undefined) words.set(word, word);
    return known ?? word;
  }
  const rows = titles.map(({ id, title }) => ({ id, tokens: tokensOf(title).map(interned), hash: fnv1a(id) }));
  const order = Uint32Array.from(rows, (_, place) => place);

  /** Two samples without a common title: the end of a shuffle, which starts from where the one before left off. */
  function split(random: SeededRandom, first: number, second: number) {
    const drawn: (typeof rows)[number][] = [];
    for (let last = order.length - 1; drawn.length < first + second; last -= 1) {
      const other = random.below(last + 1);
      [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
      const row = rows[order[last] ?? 0];
      if (row === undefined) throw new RangeError('more titles are drawn than there are');
      drawn.push(row);
    }
    return [drawn.slice(0, first), drawn.slice(first)].map((part) => ({
      ids: part.map(({ id }) => id),
      tokens: part.map(({ tokens }) => tokens),
      hashes: part.map(({ hash }) => hash),
    }));
  }

  test.each([
    [5000, 500],
    [5000, 2000],
    [500, 500],
  ])('the share of unknown words, %i against %i titles; a test of two proportions on words alarms more often', (first, second) => {
    const random = seededRandom(first + second);
    const looks = 1500;
    const alarms = { ours05: 0, ours01: 0, words: 0 };

    for (let look = 0; look < looks; look += 1) {
      const [reference, current] = split(random, first, second);
      if (reference === undefined || current === undefined) continue;
      const folds = foldsOf(
        Uint32Array.from(reference.ids, () => random.uint32()),
        5,
      );
      const found = outOfVocabulary({ reference: reference.tokens, current: current.tokens, folds });
      if ((found?.pValue ?? 1) <= 0.05) alarms.ours05 += 1;
      if ((found?.pValue ?? 1) <= 0.01) alarms.ours01 += 1;
      const [before, now] = [reference, current].map(({ tokens }) => tokens.reduce((sum, words) => sum + words.length, 0));
      const plain = twoProportions(
        { successes: Math.round((found?.reference ?? 0) * (before ?? 0)), trials: before ?? 1 },
        { successes: Math.round((found?.current ?? 0) * (now ?? 0)), trials: now ?? 1 },
      );
      if (plain.difference > 0 && plain.pValue <= 0.1) alarms.words += 1;
    }

    console.log(
      `unknown words, ${first} against ${second}: ours ${alarms.ours05 / looks} at .05, ${alarms.ours01 / looks} at .01; two proportions ${alarms.words / looks} at .05`,
    );
    expectNotAbove({ alarms: alarms.ours05, looks, nominal: 0.05, what: 'unknown words at .05' });
    expectNotAbove({ alarms: alarms.ours01, looks, nominal: 0.01, what: 'unknown words at .01' });
  });

  test('bursting terms: any term at all in at most a tenth of the splits', () => {
    const random = seededRandom(3);
    const looks = 400;
    let [any, tested] = [0, 0];

    for (let look = 0; look < looks; look += 1) {
      const [reference, current] = split(random, 5000, 1000).map(({ tokens, ids }) => countTerms(tokens, ids));
      if (reference === undefined || current === undefined) continue;
      const found = burstingTerms(reference, current, { minimumCount: 20 });
      tested += found.tested / looks;
      if (found.terms.length > 0) any += 1;
    }

    console.log(`bursting terms: ${any} of ${looks} splits show any, of ${tested.toFixed(0)} tested`);
    expectNotAbove({ alarms: any, looks, nominal: 0.1, what: 'splits with a bursting term' });
    expect(tested).toBeGreaterThan(100);
  });

  test('classifier of texts: its p value is as small as it says', () => {
    const random = seededRandom(4);
    const looks = 120;
    const pValues: number[] = [];

    for (let look = 0; look < looks; look += 1) {
      const [reference, current] = split(random, 600, 300);
      if (reference === undefined || current === undefined) continue;
      pValues.push(textDomainClassifier(reference, current)?.pValue ?? Number.NaN);
    }

    const below = (level: number) => pValues.filter((p) => p <= level).length;
    console.log(
      `classifier of texts: below .1/.05/.01 in ${[0.1, 0.05, 0.01].map((level) => (below(level) / looks).toFixed(3)).join('/')} of ${looks}`,
    );
    for (const nominal of [0.1, 0.05, 0.01]) expectInBand({ alarms: below(nominal), looks, nominal, what: 'classifier of texts' });
  });

  test('finds one new word in 1 % of 2,000 titles by its name, hardly by the share of unknown words', () => {
    const random = seededRandom(5);
    const [reference, current] = split(random, 5000, 2000);
    const tokens = (current?.tokens ?? []).map((words, row) => (row % 80 === 0 ? [...words, 'zorblax'] : words));

    const { terms } = burstingTerms(countTerms(reference?.tokens ?? [], reference?.ids ?? []), countTerms(tokens, current?.ids ?? []), {
      minimumCount: 20,
    });

    expect(terms.map(({ term }) => term)).toEqual(['zorblax']);
  });
});

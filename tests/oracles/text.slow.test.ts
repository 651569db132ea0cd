import { describe, expect, test } from 'vitest';
import { foldsOf } from '../../pipelines/core/statistics/estimation/cross-fitted-area.ts';
import { burstingTerms, countTerms } from '../../pipelines/core/statistics/text/bursting-terms.ts';
import { fnv1a } from '../../pipelines/core/statistics/text/fnv-1a.ts';
import { outOfVocabulary } from '../../pipelines/core/statistics/text/out-of-vocabulary.ts';
import { textDomainClassifier } from '../../pipelines/core/statistics/text/text-domain-classifier.ts';
import { tokensOf } from '../../pipelines/core/statistics/text/tokens.ts';
import { type Title, titlesOf, titlesPresent } from './arxiv-titles.ts';

const foldOf = (titles: readonly Title[]) =>
  foldsOf(
    titles.map(({ id }) => fnv1a(id)),
    5,
  );
const countsOf = (titles: readonly Title[]) =>
  countTerms(
    titles.map(({ title }) => tokensOf(title)),
    titles.map(({ id }) => id),
  );
const textsOf = (titles: readonly Title[]) => ({
  tokens: titles.map(({ title }) => tokensOf(title)),
  hashes: titles.map(({ id }) => fnv1a(id)),
});

describe.skipIf(!titlesPresent())('titles of computer science, reference before 2012', () => {
  const reference = titlesPresent() ? titlesOf('2007-01-01', '2012-01-01') : [];

  test.each([
    // scikit-learn 1.9.1, CountVectorizer() fitted on the reference: tokens of the range, of which unknown. Without its English stop words: 7.8 % and 12.7 %.
    ['2012-01-01', '2012-07-01', 1134 / 18_578],
    ['2018-01-01', '2018-07-01', 6664 / 66_874],
  ])('unknown words from %s to %s as by scikit-learn, with its words', (from, to, expected) => {
    const words = ({ title }: Title) => title.toLowerCase().match(/(?<![\p{L}\p{N}_])[\p{L}\p{N}_]{2,}(?![\p{L}\p{N}_])/gu) ?? [];

    const found = outOfVocabulary({ reference: reference.map(words), current: titlesOf(from, to).map(words), folds: foldOf(reference) });

    expect(Math.abs((found?.unseen ?? 0) / expected - 1)).toBeLessThan(0.001);
  });

  test('with our words the share rises from .061 to .105, and the rise in the first half year is small but evident', () => {
    const tokens = reference.map(({ title }) => tokensOf(title));
    const folds = foldOf(reference);
    const [early, late] = [
      ['2012-01-01', '2012-07-01'],
      ['2018-01-01', '2018-07-01'],
    ].map(([from = '', to = '']) =>
      outOfVocabulary({ reference: tokens, current: titlesOf(from, to).map(({ title }) => tokensOf(title)), folds }),
    );

    expect([early?.reference, early?.current, late?.current].map((rate) => rate?.toFixed(3))).toEqual(['0.061', '0.066', '0.105']);
    expect(early?.pValue).toBeLessThan(0.05);
    expect(late?.pValue).toBeLessThan(1e-50);
  });

  test('the terms that burst in 2018 are those of its new subjects', () => {
    const { terms, tested } = burstingTerms(countsOf(reference), countsOf(titlesOf('2018-01-01', '2019-01-01')), { minimumCount: 20 });

    const found = new Map(terms.map((each) => [each.term, each]));
    for (const term of ['iot', 'blockchain', 'convolutional', 'lstm', 'adversarial', 'deep'])
      expect(found.get(term)?.adjusted, term).toBeLessThan(1e-6);
    // Common words of the reference that did not change.
    for (const term of ['the', 'of', 'algorithm', '#']) expect(found.has(term), term).toBe(false);
    expect(terms.every(({ current }) => current >= 20)).toBe(true);
    expect(terms.length / tested).toBeLessThan(0.3);
  });

  test('a classifier tells the titles of 2018 from the reference, and one half of the reference not from the other', () => {
    const third = (titles: readonly Title[], rest: number) => titles.filter(({ id }) => fnv1a(`${id}/part`) % 6 === rest);
    const [a, b] = [third(reference, 0), third(reference, 1)];

    const [same, later] = [b, third(titlesOf('2018-01-01', '2018-07-01'), 1)].map((current) =>
      textDomainClassifier(textsOf(a), textsOf(current)),
    );

    expect(same?.area).toBeLessThan(0.54);
    expect(same?.pValue).toBeGreaterThan(0.01);
    expect(later?.area).toBeGreaterThan(0.65);
    expect(later?.pValue).toBeLessThan(1e-12);
  });
});

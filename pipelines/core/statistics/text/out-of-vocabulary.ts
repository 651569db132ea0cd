import { normalQuantile } from '../distributions/normal-quantile.ts';
import { normalUpperTail } from '../distributions/normal-upper-tail.ts';
import type { Bounds } from '../intervals/bounds.ts';

/** Share of unknown words, current against reference. */
export interface OutOfVocabulary {
  /** Share of the reference's words that its other folds do not know. */
  readonly reference: number;
  /** Share of the current words that the same vocabularies do not know, on average. */
  readonly current: number;
  /** Share of the current words that the whole reference does not know. */
  readonly unseen: number;
  /** Of current − reference. */
  readonly interval: Bounds;
  /** One-sided: more unknown words than before. */
  readonly pValue: number;
  /** Standard normal without drift; the p value is its upper tail. 0 without any spread. */
  readonly statistic: number;
}

/** Tokens of each text; `folds` is the fold of each reference text, 0 … K − 1. */
export interface VocabularyProblem {
  readonly reference: readonly (readonly string[])[];
  readonly current: readonly (readonly string[])[];
  readonly folds: ArrayLike<number>;
}

/**
 * Are there more words that the reference does not know? A reference knows all of its own words, so its own rate is found by folds: each
 * text against the vocabulary of the other folds, and the current texts against the same vocabularies, which makes the two rates equal on
 * average without drift.
 *
 * Rates are per word, but texts are the independent unit: variance of a ratio of sums over texts (Cochran, Sampling Techniques, section
 * 6.4; https://en.wikipedia.org/wiki/Ratio_estimator). A test of two proportions on words would take the words of a text for independent,
 * which they are not: a name has two, a foreign title ten. null when a sample has fewer than two texts or no word. O(words).
 */
export function outOfVocabulary({ reference, current, folds }: VocabularyProblem): OutOfVocabulary | null {
  const known = knownIn(reference, folds);
  const count = foldCount(folds);
  const before = ratio(
    reference.map((tokens, row) => [unknownTo(tokens, (token) => isNew(known.get(token), folds[row] ?? 0)), tokens.length]),
  );
  const now = ratio(current.map((tokens) => [unknownTo(tokens, (token) => shareOfFolds(known.get(token), count)), tokens.length]));
  if (before === null || now === null) return null;
  const unseen = ratio(current.map((tokens) => [unknownTo(tokens, (token) => (known.has(token) ? 0 : 1)), tokens.length]));
  const spread = Math.sqrt(before.variance + now.variance);
  const difference = now.rate - before.rate;
  const half = normalQuantile(0.975) * spread;
  return {
    reference: before.rate,
    current: now.rate,
    unseen: unseen?.rate ?? 0,
    interval: { lower: difference - half, upper: difference + half, level: 0.95 },
    statistic: spread === 0 ? 0 : difference / spread,
    pValue: spread === 0 ? (difference > 0 ? 0 : 1) : normalUpperTail(difference / spread),
  };
}

/** The fold of every known term; −1 for a term of several folds. */
function knownIn(texts: readonly (readonly string[])[], folds: ArrayLike<number>): Map<string, number> {
  const known = new Map<string, number>();
  for (const [row, tokens] of texts.entries()) {
    const fold = folds[row] ?? 0;
    for (const token of tokens) {
      const own = known.get(token);
      if (own === undefined) known.set(token, fold);
      else if (own !== fold && own >= 0) known.set(token, -1);
    }
  }
  return known;
}

function foldCount(folds: ArrayLike<number>): number {
  let most = 0;
  for (let row = 0; row < folds.length; row += 1) most = Math.max(most, (folds[row] ?? 0) + 1);
  return most;
}

/** 1 when only the token's own fold knows it. */
function isNew(fold: number | undefined, own: number): number {
  return fold === own ? 1 : 0;
}

/** Share of the leave-one-fold-out vocabularies that do not know a token. */
function shareOfFolds(fold: number | undefined, count: number): number {
  if (fold === undefined) return 1;
  return fold < 0 ? 0 : 1 / count;
}

function unknownTo(tokens: readonly string[], unknown: (token: string) => number): number {
  return tokens.reduce((sum, token) => sum + unknown(token), 0);
}

/** Ratio of two sums over rows with the variance of its linear approximation. */
function ratio(rows: readonly (readonly [number, number])[]): { rate: number; variance: number } | null {
  const total = rows.reduce((sum, [, words]) => sum + words, 0);
  if (rows.length < 2 || total === 0) return null;
  const rate = rows.reduce((sum, [unknown]) => sum + unknown, 0) / total;
  const squares = rows.reduce((sum, [unknown, words]) => sum + (unknown - rate * words) ** 2, 0);
  return { rate, variance: (squares * rows.length) / (rows.length - 1) / total ** 2 };
}

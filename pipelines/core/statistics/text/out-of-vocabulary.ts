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
  const found = currentRows(current, known, foldCount(folds));
  const before = ratio(referenceRows(reference, known, folds));
  const now = ratio(found.byFolds);
  if (before === null || now === null) return null;
  const unseen = ratio(found.byAll);
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

/** A known term: its fold, −1 for a term of several folds. */
interface KnownTerm {
  fold: number;
}

interface Known {
  readonly terms: ReadonlyMap<string, KnownTerm>;
  /** Of every word of the reference in turn: each is looked up once. */
  readonly ofWords: readonly KnownTerm[];
}

function knownIn(texts: readonly (readonly string[])[], folds: ArrayLike<number>): Known {
  const terms = new Map<string, KnownTerm>();
  const ofWords: KnownTerm[] = [];
  for (let row = 0; row < texts.length; row += 1) {
    const fold = folds[row] ?? 0;
    for (const token of texts[row] ?? []) {
      let term = terms.get(token);
      if (term === undefined) {
        term = { fold };
        terms.set(token, term);
      } else if (term.fold !== fold) term.fold = -1;
      ofWords.push(term);
    }
  }
  return { terms, ofWords };
}

/** Unknown words and words of a text. */
type TextRow = readonly [number, number];

/** Of each text of the reference: the words that only its own fold knows. */
function referenceRows(texts: readonly (readonly string[])[], { ofWords }: Known, folds: ArrayLike<number>): TextRow[] {
  let place = 0;
  return texts.map((tokens, row): TextRow => {
    const own = folds[row] ?? 0;
    let unknown = 0;
    for (let word = 0; word < tokens.length; word += 1) {
      if (ofWords[place]?.fold === own) unknown += 1;
      place += 1;
    }
    return [unknown, tokens.length];
  });
}

/** Of each current text: the words unknown to the vocabularies that leave a fold out, on average, and those unknown to the whole reference. */
function currentRows(texts: readonly (readonly string[])[], { terms }: Known, count: number) {
  const byFolds: TextRow[] = [];
  const byAll: TextRow[] = [];
  for (const tokens of texts) {
    let [shares, unseen] = [0, 0];
    for (const token of tokens) {
      const term = terms.get(token);
      if (term === undefined) {
        shares += 1;
        unseen += 1;
      } else if (term.fold >= 0) shares += 1 / count;
    }
    byFolds.push([shares, tokens.length]);
    byAll.push([unseen, tokens.length]);
  }
  return { byFolds, byAll };
}

function foldCount(folds: ArrayLike<number>): number {
  let most = 0;
  for (let row = 0; row < folds.length; row += 1) most = Math.max(most, (folds[row] ?? 0) + 1);
  return most;
}

/** Ratio of two sums over rows with the variance of its linear approximation. */
function ratio(rows: readonly (readonly [number, number])[]): { rate: number; variance: number } | null {
  const total = rows.reduce((sum, [, words]) => sum + words, 0);
  if (rows.length < 2 || total === 0) return null;
  const rate = rows.reduce((sum, [unknown]) => sum + unknown, 0) / total;
  const squares = rows.reduce((sum, [unknown, words]) => sum + (unknown - rate * words) ** 2, 0);
  return { rate, variance: (squares * rows.length) / (rows.length - 1) / total ** 2 };
}

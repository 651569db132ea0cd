import type { RowTable } from '../schema/row-table.ts';
import { foldsOf } from '../statistics/estimation/cross-fitted-area.ts';
import { fnv1a } from '../statistics/text/fnv-1a.ts';
import { type OutOfVocabulary, outOfVocabulary } from '../statistics/text/out-of-vocabulary.ts';
import { type TextDrift, textDomainClassifier } from '../statistics/text/text-domain-classifier.ts';
import { tokensOf } from '../statistics/text/tokens.ts';

const FOLDS = 5;

/** The words of some rows; null where a row has no text. Parallel arrays. */
export interface SampleWords {
  readonly ids: readonly string[];
  readonly tokens: readonly (readonly string[] | null)[];
}

/** What sets the words of two samples apart; null where a sample has too few texts. */
export interface WordsCompared {
  readonly vocabulary: OutOfVocabulary | null;
  readonly domain: TextDrift | null;
}

/** The words of a text column, row by row. O(characters). */
export function wordsOf({ ids, texts }: RowTable, name: string): SampleWords {
  const values = texts[name] ?? [];
  return {
    ids,
    tokens: ids.map((_, row) => {
      const text = values[row] ?? null;
      return text === null ? null : tokensOf(text);
    }),
  };
}

/** The words of some rows. */
export function takeWords({ ids, tokens }: SampleWords, positions: readonly number[]): SampleWords {
  return { ids: positions.map((row) => ids[row] ?? ''), tokens: positions.map((row) => tokens[row] ?? null) };
}

/** Rows that have a text. */
export function filledWords({ ids, tokens }: SampleWords): {
  readonly ids: readonly string[];
  readonly tokens: readonly (readonly string[])[];
} {
  const filled = tokens.flatMap((words, row) => (words === null ? [] : [{ id: ids[row] ?? '', words }]));
  return { ids: filled.map(({ id }) => id), tokens: filled.map(({ words }) => words) };
}

/** The share of unknown words and a classifier of texts; folds by hash of the id. O(characters · some 150). */
export function compareWords(reference: SampleWords, current: SampleWords): WordsCompared {
  const [before, now] = [filledWords(reference), filledWords(current)];
  const [oldHashes, newHashes] = [before, now].map(({ ids }) => Uint32Array.from(ids, fnv1a));
  if (oldHashes === undefined || newHashes === undefined) return { vocabulary: null, domain: null };
  return {
    vocabulary: outOfVocabulary({ reference: before.tokens, current: now.tokens, folds: foldsOf(oldHashes, FOLDS) }),
    domain: textDomainClassifier({ tokens: before.tokens, hashes: oldHashes }, { tokens: now.tokens, hashes: newHashes }),
  };
}

import { UserError } from '../errors/user-error.ts';
import type { InputEncoding } from '../schema/model-artifact.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { TrainingPolicy } from '../schema/training-policy.ts';
import { hashedWords } from '../statistics/text/hashed-n-grams.ts';
import { tokensOf } from '../statistics/text/tokens.ts';

/** A numeric column of at most this many distinct values, all whole, is a code (hour, weekday, number of stops): each value gets an input of its own. */
const MAXIMUM_CODES = 32;
/** Far more than the inputs that are kept, so that a run of words that training never met seldom passes for one that it did. */
const HASHES = 2 ** 20;
/** A run of words of one row only teaches nothing about others. */
const MINIMUM_TEXTS = 2;
/** A number may lie so many standard deviations from the mean, or as far as one of the training rows did; beyond, nothing was learnt, and a slipped unit would rule the answer. */
const FAR = 8;
/** A spread of less than this share of the mean is rounding: the column is constant. */
const ROUNDING = 1e-9;

type LearningPolicy = Pick<TrainingPolicy, 'minimumCategoryCount'> & {
  readonly hyperparameters: Pick<TrainingPolicy['hyperparameters'], 'textBuckets' | 'longestNGram'>;
};

/**
 * Learns how columns become inputs, from training rows only. Numbers are standardised (population standard deviation; a missing one counts as the mean) and
 * cut where training met nothing like them; a column that was constant in training says nothing, whatever it turns into.
 * Categories, and numbers that are codes, get one input per value with at least `minimumCategoryCount` rows, in text order, then `other` and `missing`.
 * Of texts, the `textBuckets` most frequent runs of words get one, as hashes: no word is kept.
 * A code is told by its values and not by the calendar flag of the contract, so that the rows alone decide and a code outside the calendar gains too.
 */
export function learnEncodings(table: RowTable, options: { readonly features: readonly string[] } & LearningPolicy): InputEncoding[] {
  const { textBuckets, longestNGram } = options.hyperparameters;
  return options.features.map((column) => {
    const words = table.texts[column];
    if (words !== undefined) return hashed(column, words, { textBuckets, longestNGram });
    const texts = table.categorical[column];
    if (texts !== undefined) return oneHot(column, countValues(texts), options.minimumCategoryCount);
    const numbers = table.numeric[column];
    if (numbers === undefined) throw featureMissing(column);
    const codes = countCodes(numbers);
    return codes === null ? standardised(column, numbers) : oneHot(column, codes, options.minimumCategoryCount);
  });
}

function countValues(values: readonly (string | null)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Rows by code, as text; null when the column is no code. */
function countCodes(values: Float64Array): ReadonlyMap<string, number> | null {
  const counts = new Map<number, number>();
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (!Number.isInteger(value)) return null;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MAXIMUM_CODES) return null;
  }
  return new Map([...counts].map(([value, rows]) => [String(value), rows]));
}

function oneHot(column: string, counts: ReadonlyMap<string, number>, minimum: number): InputEncoding {
  const frequent = [...counts].filter(([, rows]) => rows >= minimum).map(([value]) => value);
  return { kind: 'categorical', column, vocabulary: frequent.sort() };
}

function hashed(
  column: string,
  texts: readonly (string | null)[],
  { textBuckets, longestNGram }: LearningPolicy['hyperparameters'],
): InputEncoding {
  const counts = new Map<number, number>();
  for (const text of texts) {
    if (text === null) continue;
    for (const hash of hashedWords(tokensOf(text), { buckets: HASHES, longest: longestNGram }))
      counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  const met = [...counts].filter(([, rows]) => rows >= MINIMUM_TEXTS).sort(([a, more], [b, less]) => less - more || a - b);
  const buckets = met.slice(0, textBuckets).map(([hash]) => hash);
  return { kind: 'text', column, longestNGram, hashes: HASHES, buckets: buckets.sort((a, b) => a - b) };
}

function standardised(column: string, values: Float64Array): InputEncoding {
  const finite = values.filter((value) => Number.isFinite(value));
  const mean = finite.length === 0 ? 0 : finite.reduce((sum, value) => sum + value, 0) / finite.length;
  const variance = finite.length === 0 ? 0 : finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / finite.length;
  const deviation = Math.sqrt(variance);
  if (deviation <= ROUNDING * Math.abs(mean)) return { kind: 'numeric', column, mean, standardDeviation: 1, missingAs: 0, limit: 0 };
  const furthest = finite.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0) / deviation;
  return { kind: 'numeric', column, mean, standardDeviation: deviation, missingAs: 0, limit: Math.max(FAR, furthest) };
}

function featureMissing(column: string): UserError {
  return new UserError({
    code: 'TRAINING_COLUMN_MISSING',
    message: `the training rows have no column "${column}"`,
    hint: 'check the columns of model.yml against the prediction log',
  });
}

import { continueFnv1a, fnv1a } from './fnv-1a.ts';
import { packSparseRows, type SparseRow, type ValuedRows } from './sparse-rows.ts';

const BUCKETS = 2 ** 15;
const CHARACTERS = 4;

/**
 * Words, pairs of neighbouring words and runs of four characters (word ends marked) of every text, hashed into 32,768 buckets; each text
 * has length 1.
 *
 * The hashing trick (Weinberger et al. 2009, https://arxiv.org/abs/0902.2206) without signs: no vocabulary is learnt, nothing of a text
 * can be read back from a bucket with certainty. What occurs several times in a text counts once. Two n-grams that meet in a bucket
 * cannot be told apart. O(characters).
 *
 * @example hashedNGrams([['to', 'be']]).starts[1]; // => 5
 */
export function hashedNGrams(texts: readonly (readonly string[])[], buckets = BUCKETS): ValuedRows {
  const words = new Map<string, HashedWord>();
  // Words recur: each is taken apart once.
  const hashed = (word: string): HashedWord => {
    const known = words.get(word);
    if (known !== undefined) return known;
    const made = hashWord(word, buckets);
    words.set(word, made);
    return made;
  };
  return packSparseRows(
    texts.map((tokens) => hashedRow(tokens, buckets, hashed)),
    buckets,
  );
}

/** How runs of neighbouring words become buckets. */
export interface WordRuns {
  readonly buckets: number;
  /** Words of the longest run. */
  readonly longest: number;
}

/**
 * The buckets of all words and runs of neighbouring words of a text, ascending, each once: the hashing trick as in `hashedNGrams`, for
 * models that are kept (no characters, so that a bucket stands for few words). O(characters · longest).
 *
 * @example hashedWords(['to', 'be', 'to'], { buckets: 2 ** 20, longest: 2 }).length; // => 4
 */
export function hashedWords(tokens: readonly string[], { buckets, longest }: WordRuns): Uint32Array {
  const found = new Set<number>();
  for (let from = 0; from < tokens.length; from += 1) {
    let run = '';
    for (let to = from; to < Math.min(tokens.length, from + longest); to += 1) {
      run = to === from ? (tokens[to] ?? '') : `${run} ${tokens[to]}`;
      found.add(fnv1a(run) % buckets);
    }
  }
  return Uint32Array.from(found).sort();
}

/** The buckets of a word by itself, and the hash with which a pair that begins with it goes on. */
interface HashedWord {
  readonly begun: number;
  readonly buckets: readonly number[];
}

function hashWord(word: string, buckets: number): HashedWord {
  const marked = [...`<${word}>`];
  const runs = marked.slice(CHARACTERS - 1).map((_, from) => fnv1a(`:${marked.slice(from, from + CHARACTERS).join('')}`) % buckets);
  const hash = fnv1a(word);
  return { begun: continueFnv1a(hash, ' '), buckets: [hash % buckets, ...runs] };
}

function hashedRow(tokens: readonly string[], buckets: number, hashed: (word: string) => HashedWord): SparseRow {
  const found = new Set<number>();
  let before: HashedWord | null = null;
  for (const token of tokens) {
    const word = hashed(token);
    for (const bucket of word.buckets) found.add(bucket);
    if (before !== null) found.add(continueFnv1a(before.begun, token) % buckets);
    before = word;
  }
  const indices = Uint32Array.from(found).sort();
  return { indices, values: new Float64Array(indices.length).fill(1 / Math.sqrt(Math.max(1, indices.length))) };
}

import { fnv1a } from './fnv-1a.ts';
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
  return packSparseRows(
    texts.map((tokens) => hashedRow(tokens, buckets)),
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

function hashedRow(tokens: readonly string[], buckets: number): SparseRow {
  const found = new Set<number>();
  for (const [place, token] of tokens.entries()) {
    found.add(fnv1a(token) % buckets);
    if (place > 0) found.add(fnv1a(`${tokens[place - 1]} ${token}`) % buckets);
    const marked = [...`<${token}>`];
    for (let from = 0; from + CHARACTERS <= marked.length; from += 1) {
      found.add(fnv1a(`:${marked.slice(from, from + CHARACTERS).join('')}`) % buckets);
    }
  }
  const indices = Uint32Array.from(found).sort();
  return { indices, values: new Float64Array(indices.length).fill(1 / Math.sqrt(Math.max(1, indices.length))) };
}

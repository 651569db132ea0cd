import { hypergeometricUpperTail } from '../distributions/hypergeometric-upper-tail.ts';
import { benjaminiHochberg } from '../hypotheses/benjamini-hochberg.ts';
import { logOddsRatio } from '../metrics/log-odds.ts';

/** In how many rows each term occurs. */
export interface TermCounts {
  readonly rows: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** A term that occurs in more of the current rows than the reference explains. */
export interface BurstingTerm {
  readonly term: string;
  /** Rows with the term. */
  readonly current: number;
  readonly reference: number;
  readonly logOdds: number;
  readonly z: number;
  /** One-sided and exact, before the correction for many terms. */
  readonly pValue: number;
  /** After it: Benjamini and Hochberg. */
  readonly adjusted: number;
}

/** What may be shown, and what counts as evidence. */
export interface BurstRule {
  /** Fewest distinct ids in the current rows at which a term may be shown. */
  readonly minimumCount: number;
  readonly falseDiscoveryRate?: number;
}

/**
 * Counts in how many rows each term occurs. Rows of one id count as one row: a term is as private as the number of ids that use it.
 *
 * @example countTerms([['a', 'a'], ['a'], ['b']], ['x', 'x', 'y']).counts.get('a'); // => 1
 */
export function countTerms(tokens: readonly (readonly string[])[], ids: readonly string[]): TermCounts {
  const termsOfId = new Map<string, Set<string>>();
  for (const [row, words] of tokens.entries()) {
    const id = ids[row] ?? '';
    const terms = termsOfId.get(id) ?? new Set<string>();
    for (const word of words) terms.add(word);
    termsOfId.set(id, terms);
  }
  const counts = new Map<string, number>();
  for (const terms of termsOfId.values()) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return { rows: termsOfId.size, counts };
}

/**
 * The terms that burst: new names, new products. Most evident first, by the z of `logOddsRatio`; ties in code-unit order.
 *
 * Evidence: Fisher's exact test, one-sided, on rows with and without the term (not on tokens, which come in bunches), corrected over all
 * terms that occur in at least `minimumCount` of all rows. That choice looks at both samples together only, so that it does not spoil the
 * p values. The prior is the pooled share of each term, worth as many rows as the smaller sample. `tested` is the number of terms in the
 * correction. Needs rows drawn alike: a term of one busy id counts once. O(terms · occurrences).
 */
export function burstingTerms(
  reference: TermCounts,
  current: TermCounts,
  rule: BurstRule,
): { readonly tested: number; readonly terms: readonly BurstingTerm[] } {
  const population = reference.rows + current.rows;
  const weight = Math.min(reference.rows, current.rows);
  const candidates: Omit<BurstingTerm, 'adjusted'>[] = [];
  for (const term of new Set([...reference.counts.keys(), ...current.counts.keys()])) {
    const [before, now] = [reference.counts.get(term) ?? 0, current.counts.get(term) ?? 0];
    const marked = before + now;
    if (marked < rule.minimumCount || marked === population) continue;
    const { logOdds, z } = logOddsRatio(
      { count: now, rows: current.rows },
      { count: before, rows: reference.rows },
      { weight, share: marked / population },
    );
    const pValue = hypergeometricUpperTail({ population, marked, drawn: current.rows }, now);
    candidates.push({ term, current: now, reference: before, logOdds, z, pValue });
  }
  const adjusted = benjaminiHochberg(candidates.map(({ pValue }) => pValue));
  const terms = candidates
    .map((candidate, index) => ({ ...candidate, adjusted: adjusted[index] ?? 1 }))
    .filter((each) => each.adjusted <= (rule.falseDiscoveryRate ?? 0.1) && each.current >= rule.minimumCount)
    .sort((a, b) => b.z - a.z || (a.term < b.term ? -1 : 1));
  return { tested: candidates.length, terms };
}

import type { Difference } from './open-judge.ts';

/** A difference that stands, and why. `operation` may be `*`; `problem` may end in `*`. */
export interface KnownDifference extends Difference {
  readonly reason: string;
}

/** Differences that no entry of the list explains, as lines to read. */
export function unexplained(found: readonly Difference[], known: readonly KnownDifference[]): readonly string[] {
  const left = found.filter((difference) => !known.some((entry) => explains(entry, difference)));
  return left.map(({ operation, problem }) => `${operation}: ${problem}`).sort();
}

/** Entries that explain nothing any more. */
export function unused(found: readonly Difference[], known: readonly KnownDifference[]): readonly KnownDifference[] {
  return known.filter((entry) => !found.some((difference) => explains(entry, difference)));
}

function explains(entry: KnownDifference, difference: Difference): boolean {
  return fits(entry.operation, difference.operation) && fits(entry.problem, difference.problem);
}

function fits(pattern: string, text: string): boolean {
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : pattern === text;
}

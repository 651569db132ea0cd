import type { ColumnProfile } from '../schema/window-profile.ts';

/**
 * A folded profile whose rest tells of no few rows: where fewer than `minimumCount` rows are in `other`, it is told as that many, at the cost of the most frequent value, since where all but one value is named the rest is the number of
 * rows of that one. Where that would leave too few of the most frequent value, all are `other`. The rows of the column stay what they are. For what is told, not for what is merged: sums of such profiles
 * would raise what is rare each time.
 *
 * @example raiseRest({ kind: 'categorical', rows: 103, missing: 0, counts: { a: 100 }, other: 3, distinct: 2 }, 20); // => { kind: 'categorical', rows: 103, missing: 0, counts: { a: 83 }, other: 20, distinct: 2 }
 */
export function raiseRest(profile: ColumnProfile, minimumCount: number): ColumnProfile {
  if (profile.kind === 'numeric' || profile.other === 0 || profile.other >= minimumCount) return profile;
  const [largest] = Object.entries(profile.counts).toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  if (largest === undefined) return profile;
  const [value, rows] = largest;
  const left = rows - (minimumCount - profile.other);
  if (left >= minimumCount) return { ...profile, counts: { ...profile.counts, [value]: left }, other: minimumCount };
  const all = Object.values(profile.counts).reduce((sum, each) => sum + each, profile.other);
  return { ...profile, counts: {}, other: all };
}

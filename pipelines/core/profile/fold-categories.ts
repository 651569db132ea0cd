import type { Column } from '../schema/column.ts';
import type { ColumnProfile } from '../schema/window-profile.ts';

/** Values kept by name at most; a reference is committed, so it stays small. */
const MAXIMUM_VALUES = 1000;

/**
 * The profile as it may be committed: values of fewer than `minimumCount` rows, all but the 1,000 most frequent, and every value of a column
 * whose sensitivity is `personal` are added to `other`, without their names. Numeric columns pass unchanged.
 */
export function foldCategories(profile: ColumnProfile, column: Column | undefined, minimumCount: number): ColumnProfile {
  if (profile.kind === 'numeric') return profile;
  const personal = column?.sensitivity === 'personal';
  const ranked = Object.entries(profile.counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const kept = personal ? [] : ranked.slice(0, MAXIMUM_VALUES).filter(([, rows]) => rows >= minimumCount);
  const folded = ranked.slice(kept.length).reduce((sum, [, rows]) => sum + rows, 0);
  return { ...profile, counts: Object.fromEntries(kept), other: profile.other + folded };
}

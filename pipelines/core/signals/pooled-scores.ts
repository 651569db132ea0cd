import { mergeProfiles } from '../profile/merge-profiles.ts';
import type { Window } from '../schema/window.ts';
import { type NumericColumnProfile, SCORE_COLUMN, type WindowProfile } from '../schema/window-profile.ts';
import type { WindowEvidence } from './signal-of.ts';

/** Rows of other versions that may stand in a window before its scores no longer speak of one version. */
const MOST_OF_OTHERS = 0.05;

/** The scores of one version over the windows that its performance pools. */
export interface PooledScores {
  /** From the first window that was read to the last. */
  readonly window: Window;
  /** null when no window could be read. */
  readonly scores: NumericColumnProfile | null;
  /** Why these scores do not speak of the newest window; null when they do. */
  readonly obstacle: string | null;
}

/**
 * The scores of the trailing windows and of the window itself, merged. Windows in which more than 5 % of the rows name another version are left
 * out: a profile counts the scores of all versions together. Without a scored row in the newest window there is nothing new to say.
 */
export function pooledScores({
  profile,
  trailingProfiles,
  reference,
}: Pick<WindowEvidence, 'profile' | 'trailingProfiles' | 'reference'>): PooledScores {
  const others = shareOfOthers(profile, reference.version);
  const before = (trailingProfiles ?? []).filter(
    (each) => each.window.start < profile.window.start && shareOfOthers(each, reference.version) <= MOST_OF_OTHERS,
  );
  const pooled = [...before, profile].map(onlyScores).reduce(mergeProfiles);
  const scores = pooled.columns[SCORE_COLUMN];
  const none = (obstacle: string) => ({ window: profile.window, scores: null, obstacle });
  if (others > MOST_OF_OTHERS) {
    return none(
      `${Math.round(others * 100)} % of the rows were scored by other versions than ${reference.version}: scores of several versions cannot be told apart.`,
    );
  }
  if (rowsWithScore(profile) === 0) return none('The window holds no scored row.');
  if (scores?.kind !== 'numeric') return none('The window holds no scores.');
  return { window: pooled.window, scores, obstacle: null };
}

function shareOfOthers({ versions }: WindowProfile, version: string): number {
  const named = Object.values(versions).reduce((sum, rows) => sum + rows, 0);
  return named === 0 ? 0 : 1 - (versions[version] ?? 0) / named;
}

function rowsWithScore({ columns }: WindowProfile): number {
  const score = columns[SCORE_COLUMN];
  return score?.kind === 'numeric' ? score.cells.reduce((sum, [, rows]) => sum + rows, 0) : 0;
}

function onlyScores(profile: WindowProfile): WindowProfile {
  const score = profile.columns[SCORE_COLUMN];
  return { ...profile, columns: score === undefined ? {} : { [SCORE_COLUMN]: score } };
}

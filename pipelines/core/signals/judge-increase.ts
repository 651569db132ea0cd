import { type JudgedShare, judgeShare } from './judge-share.ts';

/** Bad rows of all rows. */
export interface Share {
  readonly bad: number;
  readonly rows: number;
}

/** A share that is held against the usual one plus what is tolerated. */
export interface JudgedIncrease extends JudgedShare {
  /** Usual share; null when it is not known. */
  readonly reference: number | null;
  readonly level: number;
}

/** Alert when even the lower Wilson bound lies above the usual share plus the tolerated one, warning when only the share does. The usual share of no rows is 0. */
export function judgeIncrease({ bad, rows }: Share, usual: Share, tolerated: number): JudgedIncrease {
  const reference = usual.rows === 0 ? null : usual.bad / usual.rows;
  const level = Math.min(1, (reference ?? 0) + tolerated);
  return { ...judgeShare(bad, rows, level), reference, level };
}

import { type JudgedShare, judgeShare, type Share } from './judge-share.ts';

/** A share that is held against the usual one plus what is tolerated. */
export interface JudgedIncrease extends JudgedShare {
  /** Usual share; null when it is not known. */
  readonly reference: number | null;
  readonly level: number;
}

/** How much more than the usual share is tolerated, and the chance of an alert where no more than that is there (see `alarmChance`). */
export interface IncreaseRule {
  readonly tolerated: number;
  readonly chance: number;
}

/** As `judgeShare`, against the usual share plus the tolerated one. The usual share of no rows is 0. */
export function judgeIncrease(share: Share, usual: Share, { tolerated, chance }: IncreaseRule): JudgedIncrease {
  const reference = usual.rows === 0 ? null : usual.bad / usual.rows;
  const level = Math.min(1, (reference ?? 0) + tolerated);
  return { ...judgeShare(share, level, chance), reference, level };
}

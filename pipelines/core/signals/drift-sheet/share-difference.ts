import type { SheetShare } from '../../schema/drift-sheet.ts';
import { fisherExact } from '../../statistics/hypotheses/fisher-exact.ts';
import { type Proportion, twoProportions } from '../../statistics/hypotheses/two-proportions.ts';

const SMALLEST_EXPECTED = 5;

/** A share on both sides with the interval of its change; the p value is Fisher's where an outcome expects fewer than 5 rows on a side, else of the z test. */
export function shareDifference(before: Proportion, now: Proportion): SheetShare {
  const shareOf = ({ successes, trials }: Proportion) => (trials === 0 ? 0 : successes / trials);
  const shares = { reference: shareOf(before), current: shareOf(now) };
  if (before.trials === 0 || now.trials === 0) return { ...shares, interval: null, pValue: null };
  const { interval, pValue } = twoProportions(before, now);
  const rows = before.trials + now.trials;
  const rarer = Math.min(before.successes + now.successes, rows - before.successes - now.successes);
  const isThin = (rarer * Math.min(before.trials, now.trials)) / rows < SMALLEST_EXPECTED;
  return { ...shares, interval, pValue: isThin ? exact(before, now) : pValue };
}

function exact(before: Proportion, now: Proportion): number {
  const outcomes = ({ successes, trials }: Proportion): [number, number] => [successes, trials - successes];
  return fisherExact({ first: outcomes(before), second: outcomes(now) });
}

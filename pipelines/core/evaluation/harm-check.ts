import type { GroupEstimate } from '../schema/group-report.ts';
import { phraseNumber, phraseQuantity } from '../schema/phrase-number.ts';
import { type WeighedCheck, weighCheck } from './weighed-check.ts';

const DIGITS = 4;

/** One place where a challenger may do harm, and by how much: positive is worse. */
export interface Harm {
  readonly where: string;
  readonly estimate: GroupEstimate;
}

/**
 * A check that no harm goes beyond what is tolerated, on the worst of several. Beyond it for sure (the interval's lower bound): fail. Beyond it by the estimate only: a person must decide.
 */
export function harmCheck(of: {
  readonly name: string;
  readonly metric: string;
  readonly tolerated: number;
  readonly harms: readonly Harm[];
  /** Said when there is none. */
  readonly missing: string;
}): WeighedCheck {
  const { name, metric, tolerated, harms, missing } = of;
  const base = { name, metric, operator: '<=' as const, expected: tolerated };
  const worst = worstOf(harms, tolerated);
  if (worst === null) return weighCheck({ ...base, actual: null, otherwise: 'needs-human', why: missing });
  const { value, interval, sampleSize } = worst.estimate;
  const isSure = interval !== null && interval.lower > tolerated;
  const range =
    interval === null
      ? ''
      : ` (${(interval.level * 100).toFixed(0)} % interval ${phraseNumber(interval.lower, DIGITS)} to ${phraseNumber(interval.upper, DIGITS)})`;
  const verdict =
    value !== null && value > tolerated ? (isSure ? ' It is more for sure.' : ' It may be chance: a person must decide.') : '';
  return weighCheck({
    ...base,
    actual: value,
    interval,
    otherwise: isSure ? 'fail' : 'needs-human',
    why: `${harms.length === 1 ? '' : `Worst of ${harms.length}: `}${worst.where}: ${phraseNumber(value ?? 0, DIGITS)}${range} on ${phraseQuantity(sampleSize, 'row')}.${verdict}`,
  });
}

/** What is beyond the limit for sure goes before what only looks larger. */
function worstOf(harms: readonly Harm[], tolerated: number): Harm | null {
  const measured = harms.filter(({ estimate }) => estimate.value !== null);
  const sure = measured.filter(({ estimate }) => estimate.interval !== null && estimate.interval.lower > tolerated);
  const order = (sure.length > 0 ? sure : measured).toSorted((a, b) => (b.estimate.value ?? 0) - (a.estimate.value ?? 0));
  return order[0] ?? null;
}

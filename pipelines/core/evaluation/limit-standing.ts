import { FAIRNESS_SCALE } from '../schema/fairness-measures.ts';
import type { FairnessMeasure } from '../schema/fairness-policy.ts';
import type { Disparity } from '../schema/group-report.ts';

/** How a distance between groups stands to a limit, in production as at the gate. */
export type LimitStanding = 'kept' | 'beyond by the estimate' | 'beyond for sure';

/** On which side of a limit harm lies: ratios are kept from below, differences from above. */
export function limitSide(measure: FairnessMeasure): '<' | '>' {
  return FAIRNESS_SCALE[measure] === 'ratio' ? '<' : '>';
}

/** For sure: the whole interval, which allows for the choice of the groups that differ most, lies beyond the limit. */
export function limitStanding(
  measure: FairnessMeasure,
  { value, interval }: Pick<Disparity, 'value' | 'interval'>,
  limit: number,
): LimitStanding {
  const side = limitSide(measure);
  const isBeyond = (figure: number) => (side === '<' ? figure < limit : figure > limit);
  if (interval !== null && isBeyond(side === '<' ? interval.upper : interval.lower)) return 'beyond for sure';
  return value !== null && isBeyond(value) ? 'beyond by the estimate' : 'kept';
}

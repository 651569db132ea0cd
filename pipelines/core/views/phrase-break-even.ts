import type { BusinessReport } from '../schema/business-report.ts';
import { addSeconds, type Instant } from '../schema/instant.ts';
import { phraseDay } from './phrase-instant.ts';
import { phraseMoney } from './phrase-number.ts';

const DAY = 86_400;
/** A retraining that pays for itself later than this does not pay for itself in any plan. */
const LONGEST_DAYS = 3650;

/**
 * The day from which on waiting has cost more than a retraining, counted from `from`: with the interval of the cost of waiting, or the reason why no day
 * can be named. It takes for granted that the retraining wins back all that is lost.
 */
export function phraseBreakEven(
  business: BusinessReport | null,
  { cost, from }: { readonly cost: number; readonly from: Instant | null },
): string {
  const none = (reason: string) => `Break-even day not shown: ${reason}`;
  if (business === null || from === null) return none('no window with labels has been reported yet.');
  const { costOfWaitingPerDay: perDay, waiting, currency } = business;
  if (perDay === null || perDay <= 0) return none('there is no measurable cost of waiting.');
  if (cost <= 0) return none('model.yml states no cost of a retraining (retraining.cost).');
  const on = (costADay: number) =>
    costADay > 0 && cost / costADay <= LONGEST_DAYS ? phraseDay(addSeconds(from, Math.ceil(cost / costADay) * DAY)) : null;
  const day = on(perDay);
  if (day === null) return none('waiting costs so little that a retraining would not pay for itself within ten years.');
  const interval = waiting?.interval ?? null;
  const [earliest, latest] = interval === null ? [null, null] : [on(interval.upper), on(interval.lower)];
  const range = earliest === null ? '' : ` (95 %: ${earliest} to ${latest ?? 'never'})`;
  return `Waiting from ${phraseDay(from)} on costs as much as a retraining (${phraseMoney(cost, currency, 0)}) by ${day}${range}, if the retraining wins all of it back.`;
}

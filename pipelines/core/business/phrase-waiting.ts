import type { BusinessReport } from '../schema/business-report.ts';
import type { Interval } from '../schema/interval.ts';
import { phraseMoney, phraseNumber } from '../schema/phrase-number.ts';

/**
 * What waiting costs, in one sentence: the figure with its interval and what it means for a retraining, or the one reason why there is no
 * figure. Whole units of money: nobody decides by less, and the report holds the exact figures.
 */
export function phraseWaiting(business: BusinessReport | null): string {
  if (business === null) return 'Cost of waiting not shown: no labelled row has a value in money yet.';
  const { costOfWaitingPerDay: perDay, breakEvenDays, currency, waiting } = business;
  const interval = waiting?.interval ?? null;
  const money = (value: number) => phraseMoney(value, currency, 0);
  if (perDay === null) {
    if (interval === null) return waiting?.why ?? `Cost of waiting not shown: ${business.why}`;
    return `No measurable cost of waiting: its ${levelOf(interval)} interval reaches from ${money(interval.lower)} to ${money(interval.upper)} a day.`;
  }
  const range = interval === null ? '' : ` (${levelOf(interval)} interval ${money(interval.lower)} to ${money(interval.upper)})`;
  const pays =
    breakEvenDays === null ? '' : `; a retraining that won it all back would pay for itself in ${phraseNumber(breakEvenDays, 1)} days`;
  return `Waiting costs about ${money(perDay)} a day${range}${pays}.`;
}

const WAIT = 'Wait. ';

/** Waiting as one of the alternatives of a decision, with its cost at that moment. */
export function renderWaiting(business: BusinessReport | null): string {
  return `${WAIT}${phraseWaiting(business)}`;
}

/** The sentence that a decision gave as the cost of waiting, so that later texts tell the same figure; null when it gave none. */
export function parseWaiting(alternatives: readonly string[]): string | null {
  return alternatives.find((alternative) => alternative.startsWith(WAIT))?.slice(WAIT.length) ?? null;
}

function levelOf({ level }: Interval): string {
  return `${phraseNumber(level * 100, 0)} %`;
}

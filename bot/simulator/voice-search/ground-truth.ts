import { addSeconds, type Instant } from '../../../pipelines/core/schema/instant.ts';
import { ACCENT_GROWTH, AWARD_SEASON, BROKEN_UPSTREAM, FIRST_DAY, NEW_NAMES } from './world.ts';

/** Something that happens in the simulated world, and what a watcher should make of it. */
export interface WorldEvent {
  readonly name: string;
  readonly what: string;
  readonly from: Instant;
  /** End of the last day. */
  readonly to: Instant;
  /** Harm: should open an incident. Harmless: should open none that asks for a retraining. */
  readonly nature: 'harm' | 'broken-data' | 'harmless';
}

/** All events, by time. The watcher never sees this list: it scores the watcher. */
export function groundTruth(): readonly WorldEvent[] {
  const days = [...new Set(NEW_NAMES.map(({ from }) => from))];
  const first = days.filter((day) => day < BROKEN_UPSTREAM.from);
  const second = days.filter((day) => day >= BROKEN_UPSTREAM.from);
  return [
    event('award season', 'Films are asked for more often; nothing else changes.', AWARD_SEASON, 'harmless'),
    event('new names', 'A politician and a singer whom no training row named are asked for.', span(first), 'harm'),
    event('broken upstream', 'The region is always unknown, and half of the transcripts break off.', BROKEN_UPSTREAM, 'broken-data'),
    event('accent growth', 'People whom the recogniser understands badly become a third of all.', ACCENT_GROWTH, 'harm'),
    event('new film and club', 'A film and a club that no training row named are asked for.', span(second), 'harm'),
  ];
}

/** New names are watched for over so many days, by when most people know them. */
const DAYS_TO_SPREAD = 27;

function span(days: readonly number[]): { readonly from: number; readonly to: number } {
  const from = Math.min(...days);
  return { from, to: from + DAYS_TO_SPREAD };
}

function event(name: string, what: string, days: { readonly from: number; readonly to: number }, nature: WorldEvent['nature']): WorldEvent {
  return { name, what, from: dayStart(days.from), to: dayStart(days.to + 1), nature };
}

function dayStart(day: number): Instant {
  return addSeconds(FIRST_DAY, day * 86_400);
}

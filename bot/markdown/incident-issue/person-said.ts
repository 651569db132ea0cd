import { isSnoozed } from '../../../pipelines/core/decisions/wants-issue.ts';
import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import type { Instant } from '../../../pipelines/core/schema/instant.ts';
import { phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { markdownText } from '../markdown-text.ts';
import type { IncidentFacts } from './incident-facts.ts';

/** Until when the issue of a snoozed incident is left alone; the body of a snoozed issue holds exactly this. Empty while it is not snoozed. */
export function snoozeLine(incident: Pick<Incident, 'snoozedUntil'>, now: Instant): string {
  if (!isSnoozed(incident, now)) return '';
  return `⏸ Snoozed until ${phraseDay(incident.snoozedUntil ?? now)}: what stands here is left as it is until then.`;
}

/** What a person said of the incident: at the top, because it explains why the bot is silent. */
export function personSaid({ incident, now }: IncidentFacts): string {
  const { acknowledged } = incident;
  const heard =
    acknowledged === undefined
      ? ''
      : `✔ Acknowledged by ${markdownText(acknowledged.by, 60)} on ${phraseDay(acknowledged.at)}: no comments until its severity rises.`;
  const snoozed = now === undefined ? '' : snoozeLine(incident, now);
  return [heard, snoozed].filter((line) => line !== '').join('\n\n');
}

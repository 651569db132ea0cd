import { durationSeconds } from '../../../pipelines/core/schema/duration.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { bullets, section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import type { IncidentFacts } from './incident-facts.ts';
import { phraseRetraining } from './phrase-retraining.ts';

/** What the bot did about an incident that is over, and what happens if it comes back. */
export function whatWasDone(facts: IncidentFacts): string {
  const { incident, retrainings } = facts;
  const ended = `It closed by itself: ${markdownText(incident.resolution ?? 'its signal is healthy again.', 300)}`;
  return section(
    'What was done?',
    bullets([...retrainings.map(phraseRetraining), withoutRetraining(facts), ended, relapse(facts)].filter((line) => line !== '')),
  );
}

function withoutRetraining({ retrainings, refusal }: IncidentFacts): string {
  if (retrainings.some(({ outcome }) => outcome === 'promoted')) return '';
  if (retrainings.length > 0) return 'No new version was promoted because of it.';
  return refusal === null
    ? 'Nothing was retrained because of it.'
    : `Nothing was retrained (${phraseDay(refusal.at)}): ${markdownText(refusal.reason, 300)}`;
}

function relapse({ definition, incident }: IncidentFacts): string {
  const until = addSeconds(incident.latest.window.end, durationSeconds(definition.retraining.cooldown));
  return `If it comes back before ${phraseDay(until)}, this issue is opened again; after that a new one is made.`;
}

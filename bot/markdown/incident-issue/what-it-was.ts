import { secondsOpen } from '../../../pipelines/core/views/incident-stretches.ts';
import { phraseDay, phraseSeconds } from '../../../pipelines/core/views/phrase-instant.ts';
import { phraseQuantity } from '../../../pipelines/core/views/phrase-number.ts';
import { markdownText } from '../markdown-text.ts';
import { figuresOf } from './figures.ts';
import type { IncidentFacts } from './incident-facts.ts';
import { membersTable } from './members-table.ts';

/** What an incident that is over was, and how long it lasted: one sentence, then the figures. */
export function whatItWas(facts: IncidentFacts): string {
  const { incident, stretches } = facts;
  const { worst, latest, badWindows, severity } = incident;
  const end = incident.resolvedAt ?? incident.updatedAt;
  const times = stretches.map(({ from, until }) => `${phraseDay(from)} to ${phraseDay(until ?? end)}`).join(', again ');
  const rows = [
    { name: 'at its worst', signal: worst },
    { name: 'when it closed', signal: latest },
  ];
  return [
    `**Over since ${phraseDay(end)}.** It was open for ${phraseSeconds(secondsOpen(stretches, end))} (${times}), with ${phraseQuantity(badWindows, 'bad window')} since ${phraseDay(incident.firstWindow.start)}; severity ${severity}.`,
    `At its worst: ${markdownText(worst.why, 400)}`,
    incident.members === undefined ? figuresOf(rows, facts) : membersTable(incident),
  ].join('\n\n');
}

import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import { type IncidentStretch, secondsOpen } from '../../../pipelines/core/views/incident-stretches.ts';
import { phraseBetween, phraseDay, phraseSeconds } from '../../../pipelines/core/views/phrase-instant.ts';
import { markdownText } from '../markdown-text.ts';
import { phraseMeasurement } from '../phrase-signal.ts';

/** The comment that closes an incident's issue. */
export function renderRecoveryComment(incident: Incident, stretches: readonly IncidentStretch[]): string {
  const end = incident.resolvedAt ?? incident.updatedAt;
  const opened = stretches.at(-1)?.from ?? incident.openedAt;
  const again = stretches.length > 1 ? `, ${phraseSeconds(secondsOpen(stretches, end))} in all` : '';
  return [
    `**Recovered.** ${markdownText(incident.resolution ?? 'The signal is healthy again.', 300)}`,
    `Now ${phraseMeasurement(incident.latest)}; at its worst ${phraseMeasurement(incident.worst)}. Open from ${phraseDay(opened)} to ${phraseDay(end)} (${phraseBetween(opened, end)}${again}).`,
  ].join('\n\n');
}

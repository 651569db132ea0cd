import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import { phraseBetween, phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { markdownText } from '../markdown-text.ts';
import { phraseMeasurement } from '../phrase-signal.ts';

/** The comment that closes an incident's issue. */
export function renderRecoveryComment(incident: Incident): string {
  const end = incident.resolvedAt ?? incident.updatedAt;
  return [
    `**Recovered.** ${markdownText(incident.resolution ?? 'The signal is healthy again.', 300)}`,
    `Now ${phraseMeasurement(incident.latest)}; at its worst ${phraseMeasurement(incident.worst)}. Open from ${phraseDay(incident.openedAt)} to ${phraseDay(end)} (${phraseBetween(incident.openedAt, end)}).`,
  ].join('\n\n');
}

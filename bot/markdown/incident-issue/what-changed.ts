import { phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { phraseQuantity } from '../../../pipelines/core/views/phrase-number.ts';
import { markdownText } from '../markdown-text.ts';
import { figuresOf } from './figures.ts';
import type { IncidentFacts } from './incident-facts.ts';

/** What changed, since when: one sentence, then the figures. */
export function whatChanged(facts: IncidentFacts): string {
  const { incident, stretches } = facts;
  const { latest, worst } = incident;
  const recovered = stretches.at(-2)?.until ?? null;
  const again = recovered === null ? '' : ` It was over on ${phraseDay(recovered)} and came back.`;
  const since = `Since ${phraseDay(incident.firstWindow.start)}, ${phraseQuantity(incident.badWindows, 'bad window')} so far, severity ${incident.severity}.${again}`;
  const rows = [{ name: 'latest', signal: latest }, ...(latest.id === worst.id ? [] : [{ name: 'worst', signal: worst }])];
  return [`**${markdownText(latest.why, 400)}**`, since, figuresOf(rows, facts)].join('\n\n');
}

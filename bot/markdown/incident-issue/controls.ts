import { codeSpan } from '../code-span.ts';
import type { IncidentFacts } from './incident-facts.ts';

/** How to ask the bot, how to silence it, and where the reasoning is. */
export function incidentControls({ decision, incident }: IncidentFacts): string {
  const explain = decision === null ? '' : ` · why: ${codeSpan(`/holdfast explain ${decision}`)}`;
  const status = `---\n\nComment ${codeSpan('/holdfast status')} for the figures`;
  if (incident.status === 'resolved') return `${status} of today${explain}.`;
  return `${status} or ${codeSpan('/holdfast retrain')} to ask for a retraining${explain}. ${codeSpan('/holdfast acknowledge')} or ${codeSpan('/holdfast snooze 7d')} for silence here; close as *not planned* to mute.`;
}

import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import { incidentTitle } from '../../../pipelines/core/views/incident-view.ts';
import { phraseDay, phraseWindow } from '../../../pipelines/core/views/phrase-instant.ts';
import { phraseQuantity } from '../../../pipelines/core/views/phrase-number.ts';
import { markdownText } from '../markdown-text.ts';
import { phraseMeasurement, phraseSignalValue, phraseThreshold } from '../phrase-signal.ts';
import { table } from '../table.ts';
import type { IncidentFacts } from './incident-facts.ts';

/** What changed, since when: one sentence, then the figures. */
export function whatChanged({ incident, champion }: IncidentFacts): string {
  const { latest, worst } = incident;
  const since = `Since ${phraseDay(incident.firstWindow.start)}, ${phraseQuantity(incident.badWindows, 'bad window')} so far, severity ${incident.severity}.`;
  const rows = [
    ['latest', phraseWindow(latest.window), phraseMeasurement(latest), referenceOf(latest), latest.status],
    ['worst', phraseWindow(worst.window), phraseMeasurement(worst), referenceOf(worst), worst.status],
  ];
  const figures = table(
    [
      { title: '' },
      { title: 'rows of' },
      { title: 'measured', align: 'right' },
      { title: 'reference', align: 'right' },
      { title: 'status' },
    ],
    latest.id === worst.id ? rows.slice(0, 1) : rows,
  );
  const method = `<sub>${markdownText(incidentTitle(incident))}: ${markdownText(latest.method, 120)}; ${phraseThreshold(latest)}; scored by ${latest.modelVersion ?? champion ?? 'several versions'}.</sub>`;
  return [`**${markdownText(latest.why, 400)}**`, since, figures, method].join('\n\n');
}

function referenceOf(signal: Signal): string {
  return signal.reference === null ? '–' : phraseSignalValue(signal, signal.reference);
}

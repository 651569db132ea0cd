import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import { incidentTitle } from '../../../pipelines/core/views/incident-title.ts';
import { phraseWindow } from '../../../pipelines/core/views/phrase-instant.ts';
import { markdownText } from '../markdown-text.ts';
import { phraseMeasurement, phraseSignalValue, phraseThreshold } from '../phrase-signal.ts';
import { table } from '../table.ts';
import type { IncidentFacts } from './incident-facts.ts';

/** Signals of an incident as a table, and how they were measured. */
export function figuresOf(
  rows: readonly { readonly name: string; readonly signal: Signal }[],
  { incident, champion }: Pick<IncidentFacts, 'incident' | 'champion'>,
): string {
  const { latest } = incident;
  const figures = table(
    [
      { title: '' },
      { title: 'rows of' },
      { title: 'measured', align: 'right' },
      { title: 'reference', align: 'right' },
      { title: 'status' },
    ],
    rows.map(({ name, signal }) => [name, phraseWindow(signal.window), phraseMeasurement(signal), referenceOf(signal), signal.status]),
  );
  const method = `<sub>${markdownText(incidentTitle(incident))}: ${markdownText(latest.method, 120)}; ${phraseThreshold(latest)}; scored by ${latest.modelVersion ?? champion ?? 'several versions'}.</sub>`;
  return `${figures}\n\n${method}`;
}

function referenceOf(signal: Signal): string {
  return signal.reference === null ? '–' : phraseSignalValue(signal, signal.reference);
}

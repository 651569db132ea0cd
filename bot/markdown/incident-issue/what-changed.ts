import { membersOf } from '../../../pipelines/core/schema/incident.ts';
import type { Signal } from '../../../pipelines/core/schema/signal.ts';
import { partTable } from '../../../pipelines/core/views/drift-details.ts';
import { incidentSentence } from '../../../pipelines/core/views/incident-title.ts';
import { phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { phraseQuantity } from '../../../pipelines/core/views/phrase-number.ts';
import { markdownText } from '../markdown-text.ts';
import { table } from '../table.ts';
import { figuresOf } from './figures.ts';
import type { IncidentFacts } from './incident-facts.ts';
import { membersTable } from './members-table.ts';

/** What changed, since when: one sentence, then the figures. */
export function whatChanged(facts: IncidentFacts): string {
  const { incident, stretches } = facts;
  const { latest, worst } = incident;
  const recovered = stretches.at(-2)?.until ?? null;
  const again = recovered === null ? '' : ` It was over on ${phraseDay(recovered)} and came back.`;
  const since = `Since ${phraseDay(incident.firstWindow.start)}, ${phraseQuantity(incident.badWindows, 'bad window')} so far, severity ${incident.severity}.${again}`;
  const rows = [{ name: 'latest', signal: latest }, ...(latest.id === worst.id ? [] : [{ name: 'worst', signal: worst }])];
  const members = membersTable(incident);
  if (members !== '') return [`**${markdownText(incidentSentence(incident), 800)}**`, since, members, ...latestParts(facts)].join('\n\n');
  const parts = partsOf(latest);
  return [`**${markdownText(latest.why, 600)}**`, since, figuresOf(rows, facts), ...(parts === '' ? [] : [parts])].join('\n\n');
}

/** Of several statements: the words and columns that those speak of which are still bad. */
function latestParts({ incident }: IncidentFacts): string[] {
  const bad = membersOf(incident).filter(({ status }) => status === 'bad');
  return bad.map(({ latest }) => partsOf(latest)).filter((text) => text !== '');
}

/** Which columns differ together, or which words burst; empty for other statements. */
function partsOf(signal: Signal): string {
  const parts = partTable(signal);
  if (parts === null) return '';
  const columns = parts.columns.map((title, place) => (place === 0 ? { title } : { title, align: 'right' as const }));
  const rows = parts.rows.map(([name = '', ...figures]) => [markdownText(name), ...figures]);
  return `${markdownText(parts.title)}:\n\n${table(columns, rows)}`;
}

import { incidentTitle } from '../../../pipelines/core/views/incident-title.ts';
import { phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { section } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import type { IncidentFacts } from './incident-facts.ts';
import { membersTable } from './members-table.ts';

const SHOWN = 6;

/** On the issue of harm: what moved at the same time, by impact. Moved inputs have no issue of their own beside it, or a quiet one that is named. */
export function likelyCauses({ causes = [] }: IncidentFacts): string {
  const parts = causes.flatMap(({ incident, number }) => {
    const where = number === null ? '' : ` (#${number})`;
    const head = `${markdownText(incidentTitle(incident))}${where}, since ${phraseDay(incident.firstWindow.start)}: ${markdownText(incident.latest.why, 300)}`;
    const members = membersTable(incident, SHOWN);
    return [`**${head}**`, ...(members === '' ? [] : [members])];
  });
  return section('Likely causes', ...parts);
}

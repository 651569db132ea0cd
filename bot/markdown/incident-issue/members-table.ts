import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import { memberViews } from '../../../pipelines/core/views/incident-members.ts';
import { phraseDay } from '../../../pipelines/core/views/phrase-instant.ts';
import { markdownText } from '../markdown-text.ts';
import { phraseSignalValue } from '../phrase-signal.ts';
import { table } from '../table.ts';

/** Rows of the table that are shown: nobody reads more, and the dashboard has all. */
const SHOWN = 12;

/** What an incident gathers, most important first, as a table; empty for an incident of one statement. */
export function membersTable(incident: Pick<Incident, 'members'>, shown = SHOWN): string {
  const members = memberViews(incident);
  const isWeighed = members.some(({ shareOfDrop }) => shareOfDrop !== '–');
  const rows = members
    .slice(0, shown)
    .map(({ name, since, signal, shareOfDrop, status }) => [
      markdownText(name, 80),
      phraseDay(since),
      phraseSignalValue(signal, signal.value),
      signal.threshold === null ? '–' : `${signal.threshold.operator} ${phraseSignalValue(signal, signal.threshold.level)}`,
      ...(isWeighed ? [shareOfDrop] : []),
      status === 'recovered' ? 'recovered' : signal.status,
    ]);
  const share = isWeighed ? [{ title: 'explains of the drop', align: 'right' as const }] : [];
  const columns = [
    { title: '' },
    { title: 'since' },
    { title: 'now', align: 'right' as const },
    { title: 'bad when', align: 'right' as const },
    ...share,
    { title: 'status' },
  ];
  const hidden = members.length - shown;
  return hidden > 0 ? `${table(columns, rows)}\n\n<sub>${hidden} more are on the dashboard.</sub>` : table(columns, rows);
}

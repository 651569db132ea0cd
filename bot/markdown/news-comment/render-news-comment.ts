import type { Incident } from '../../../pipelines/core/schema/incident.ts';
import { membersOf } from '../../../pipelines/core/schema/incident.ts';
import { incidentSentence, statementTitle } from '../../../pipelines/core/views/incident-title.ts';
import { bullets } from '../join-sections.ts';
import { markdownText } from '../markdown-text.ts';
import { phraseMeasurement } from '../phrase-signal.ts';

/** The comment on the issue of an incident that got graver, or that something of weight has joined. Empty without news. */
export function renderNewsComment(incident: Incident): string {
  const { news } = incident;
  if (news === undefined) return '';
  const rose = news.roseFrom === null ? [] : [`Severity rose from ${news.roseFrom} to **${incident.severity}**.`];
  const joined = news.joined.flatMap(({ kind, subject }) => {
    const member = membersOf(incident).find((one) => one.kind === kind && one.subject === subject);
    return member === undefined
      ? []
      : [`${markdownText(statementTitle(member), 80)}: ${phraseMeasurement(member.latest)}. ${markdownText(member.latest.why, 300)}`];
  });
  const listed = joined.length === 0 ? [] : ['Joined since:', bullets(joined)];
  return [...rose, ...listed, markdownText(incidentSentence(incident), 600)].join('\n\n');
}

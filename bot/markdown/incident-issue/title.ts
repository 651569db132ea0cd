import { incidentTitle } from '../../../pipelines/core/views/incident-title.ts';
import { plainText } from '../markdown-text.ts';
import type { IncidentFacts } from './incident-facts.ts';

const TITLE_CHARACTERS = 200;

/** 'flight-delay: Realised AUC' : the problem, without figures that would change. */
export function incidentIssueTitle({ incident }: Pick<IncidentFacts, 'incident'>): string {
  return plainText(`${incident.model}: ${incidentTitle(incident)}`, TITLE_CHARACTERS);
}

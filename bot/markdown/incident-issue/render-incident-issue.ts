import { codeSpan } from '../code-span.ts';
import { joinSections } from '../join-sections.ts';
import { noticeOf } from '../notice.ts';
import { UNTRUSTED_NOTE } from '../untrusted-note.ts';
import { incidentControls } from './controls.ts';
import { didItHurt, doesItHurt } from './does-it-hurt.ts';
import type { IncidentFacts } from './incident-facts.ts';
import { likelyCauses } from './likely-causes.ts';
import { personSaid } from './person-said.ts';
import { whatAnEstimateIs } from './what-an-estimate-is.ts';
import { whatChanged } from './what-changed.ts';
import { whatIsDone } from './what-is-done.ts';
import { whatItWas } from './what-it-was.ts';
import { whatWasDone } from './what-was-done.ts';

/**
 * The body of an incident's issue. While it goes on: what changed, since when, does it hurt, what is being done, what should I do. When it
 * is over, the same in the past tense: a closed issue must not promise what will not come.
 */
export function renderIncidentIssue(facts: IncidentFacts): string {
  if (facts.incident.gatheredInto !== undefined) return joinSections([noticeOf(facts.definition), goesOnElsewhere(facts), UNTRUSTED_NOTE]);
  const parts =
    facts.incident.status === 'resolved'
      ? [whatItWas(facts), didItHurt(facts), whatWasDone(facts)]
      : [personSaid(facts), whatChanged(facts), doesItHurt(facts), likelyCauses(facts), whatIsDone(facts), whatAnEstimateIs(facts)];
  return joinSections([noticeOf(facts.definition), ...parts, incidentControls(facts), UNTRUSTED_NOTE]);
}

/** An incident that was opened before those of moved inputs were gathered into one. */
function goesOnElsewhere({ incident, successor = null }: IncidentFacts): string {
  const where = successor === null ? `incident ${codeSpan(incident.gatheredInto ?? '')}` : `#${successor}`;
  return `**Goes on in ${where}**, which holds everything that has moved in the inputs of ${incident.model}. This issue is closed for that reason alone: nothing has recovered.`;
}

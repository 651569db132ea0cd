import { joinSections } from '../join-sections.ts';
import { noticeOf } from '../notice.ts';
import { UNTRUSTED_NOTE } from '../untrusted-note.ts';
import { incidentControls } from './controls.ts';
import { didItHurt, doesItHurt } from './does-it-hurt.ts';
import type { IncidentFacts } from './incident-facts.ts';
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
  const parts =
    facts.incident.status === 'resolved'
      ? [whatItWas(facts), didItHurt(facts), whatWasDone(facts)]
      : [whatChanged(facts), doesItHurt(facts), whatIsDone(facts), whatAnEstimateIs(facts)];
  return joinSections([noticeOf(facts.definition), ...parts, incidentControls(facts), UNTRUSTED_NOTE]);
}

import { joinSections } from '../join-sections.ts';
import { UNTRUSTED_NOTE } from '../untrusted-note.ts';
import { incidentControls } from './controls.ts';
import { doesItHurt } from './does-it-hurt.ts';
import type { IncidentFacts } from './incident-facts.ts';
import { whatChanged } from './what-changed.ts';
import { whatIsDone } from './what-is-done.ts';

/** The body of an incident's issue: what changed, since when, does it hurt, what is being done, what should I do. */
export function renderIncidentIssue(facts: IncidentFacts): string {
  return joinSections([whatChanged(facts), doesItHurt(facts), whatIsDone(facts), incidentControls(facts), UNTRUSTED_NOTE]);
}

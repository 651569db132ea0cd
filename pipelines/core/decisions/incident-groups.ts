import { shortKey } from '../digest/sha256.ts';
import { type Incident, type IncidentMember, membersOf } from '../schema/incident.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { DRIFT_KINDS, type Signal, type SignalKind } from '../schema/signal.ts';
import { isBrokenData } from './incident-kinds.ts';
import { distanceBeyond } from './step-incident.ts';

/**
 * Which statements belong to one incident. `drift`: everything that says the world has moved, one incident a model, since one change moves many columns
 * and asks the same person the same question. `breach`: columns that break the contract from the same window on and come from the same upstream. null: harm,
 * and whatever concerns the log as a whole, stand alone: they ask for other people.
 */
export type IncidentGroup = 'drift' | 'breach';

type Statement = Pick<Signal, 'kind' | 'subject'>;

/** Values that the model does not know are drift wherever the contract leaves the vocabulary open. */
const NEW_VALUES: ReadonlySet<SignalKind> = new Set(['unseen-values', 'folded-values']);

/** The group of a statement; null: it stands alone. */
export function groupOf(statement: Statement, definition: ModelDefinition): IncidentGroup | null {
  if (DRIFT_KINDS.has(statement.kind)) return 'drift';
  const isBreach = isBrokenData(statement, definition);
  if (NEW_VALUES.has(statement.kind) && !isBreach) return 'drift';
  return isBreach && definition.columns.some(({ name }) => name === statement.subject) ? 'breach' : null;
}

/** Whether an incident says that the world has moved. */
export function isDrift(incident: Incident): boolean {
  return membersOf(incident).some(({ kind }) => DRIFT_KINDS.has(kind));
}

/** Whether it is the incident of moved inputs: of drift, of values that the model does not know, or of both. */
export function isOfInputs(incident: Incident, definition: ModelDefinition): boolean {
  return groupOf(incident, definition) === 'drift';
}

/** Key of the one incident of moved inputs that a model has: no column in it, so that it stays the same whatever moves. */
export function driftKey(model: string): string {
  return shortKey({ model, gathered: 'drift' });
}

/** Where a column comes from; '' for a column whose source is not stated. */
export function sourceOf(subject: string, definition: ModelDefinition): string {
  return definition.columns.find(({ name }) => name === subject)?.source ?? '';
}

const SEVERITIES: readonly Incident['severity'][] = ['low', 'medium', 'high'];

/** Whether one severity is above another. */
export function isGraver(one: Incident['severity'], other: Incident['severity']): boolean {
  return SEVERITIES.indexOf(one) > SEVERITIES.indexOf(other);
}

/** The gravest of several. */
export function gravest(severities: readonly Incident['severity'][]): Incident['severity'] {
  return severities.reduce<Incident['severity']>((found, each) => (isGraver(each, found) ? each : found), 'low');
}

/**
 * Members by what they mean for the model: those that are still bad first; then by their share of the drop that drift explains, by the rank of their impact, by how
 * many times they exceed their threshold, by name.
 */
export function byImpact(members: readonly IncidentMember[]): IncidentMember[] {
  return members.toSorted(
    (a, b) =>
      Number(a.status === 'recovered') - Number(b.status === 'recovered') ||
      (b.latest.impact?.shareOfDrop ?? 0) - (a.latest.impact?.shareOfDrop ?? 0) ||
      (a.latest.impact?.rank ?? 1000) - (b.latest.impact?.rank ?? 1000) ||
      excessOf(b.latest) - excessOf(a.latest) ||
      (nameOf(a) < nameOf(b) ? -1 : 1),
  );
}

/** How far beyond its threshold a signal lies, in thresholds; 0 where there is nothing to compare. */
export function excessOf(signal: Signal): number {
  const beyond = distanceBeyond(signal);
  const level = Math.abs(signal.threshold?.level ?? 0);
  return beyond === null || level === 0 ? 0 : beyond / level;
}

function nameOf({ kind, subject }: Statement): string {
  return `${kind}/${subject}`;
}

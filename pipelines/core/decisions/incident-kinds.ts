import { durationSeconds } from '../schema/duration.ts';
import type { Incident } from '../schema/incident.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { SECONDS_PER_WEEK } from '../schema/place-in-week.ts';
import type { SignalKind } from '../schema/signal.ts';

/** high: the model or its data is broken; medium: it may break; low: the world moved, no harm shown. */
export const SEVERITY: Readonly<Record<SignalKind, Incident['severity']>> = {
  'realised-performance': 'high',
  'business-value': 'high',
  'data-quality': 'high',
  schema: 'high',
  'unit-slip': 'high',
  'serving-skew': 'high',
  freshness: 'high',
  duplicates: 'medium',
  clock: 'medium',
  'folded-values': 'low',
  'missing-values': 'medium',
  'out-of-range': 'medium',
  'unseen-values': 'medium',
  volume: 'medium',
  latency: 'medium',
  errors: 'medium',
  'estimated-performance': 'medium',
  'slice-performance': 'medium',
  fairness: 'medium',
  'label-agreement': 'medium',
  'data-drift': 'low',
  'prediction-drift': 'low',
  'multivariate-drift': 'low',
  vocabulary: 'low',
};

const DATA_QUALITY: ReadonlySet<SignalKind> = new Set([
  'data-quality',
  'schema',
  'unit-slip',
  'duplicates',
  'clock',
  'freshness',
  'serving-skew',
  'missing-values',
  'out-of-range',
  'volume',
]);
const HARM: ReadonlySet<SignalKind> = new Set(['realised-performance']);
const ACTIVE: ReadonlySet<Incident['status']> = new Set(['open', 'acknowledged']);

/** Breaches that one window proves: a file either has the column or not. They open an incident at once. */
const PROVEN_AT_ONCE: ReadonlySet<SignalKind> = new Set(['schema', 'unit-slip', 'serving-skew', 'freshness']);

/**
 * Alert windows in a row that open an incident of this kind. Measured harm over windows of a week or more needs one: its evidence is of all windows since the
 * promotion and keeps its budget without waiting, which is for a storm that is over in a day, and three quarters of a year would be lost.
 */
export function openAfterOf(kind: SignalKind, { monitoring }: Pick<ModelDefinition, 'monitoring'>): number {
  if (PROVEN_AT_ONCE.has(kind)) return 1;
  return HARM.has(kind) && durationSeconds(monitoring.window) >= SECONDS_PER_WEEK ? 1 : monitoring.incident.openAfter;
}

/** Still going on: every status but resolved. */
export function isOngoing(incident: Incident): boolean {
  return incident.status !== 'resolved';
}

/**
 * Broken data that must be repaired before anything is trained on it. A muted incident does not block: a person has judged it.
 * Unseen values block only where the data contract lists the allowed `values`: there they are a breach. In an open vocabulary (agents, airports)
 * new values are the world moving, and a retraining is what teaches them to the model.
 */
export function blocksRetraining(incident: Incident, definition: ModelDefinition): boolean {
  if (!isOngoing(incident) || incident.status === 'muted') return false;
  return isBrokenData(incident, definition);
}

/** Whether a statement of this kind about this subject, once it alerts, means that the data is not fit to train on. */
export function isBrokenData({ kind, subject }: Pick<Incident, 'kind' | 'subject'>, definition: ModelDefinition): boolean {
  if (kind !== 'unseen-values') return DATA_QUALITY.has(kind);
  return definition.columns.find(({ name }) => name === subject)?.values !== undefined;
}

/**
 * Measured harm that nobody treats yet and that is not already passing. Incidents in retraining, in verification or muted ask for nothing
 * more, nor does one whose newest window is healthy.
 */
export function asksForRetraining(incident: Incident): boolean {
  return HARM.has(incident.kind) && isUntreated(incident);
}

/** The same of harm that is only estimated. It asks for a retraining while labels are silent, and is treated along with measured harm. */
export function fearsHarm(incident: Incident): boolean {
  return incident.kind === 'estimated-performance' && isUntreated(incident);
}

function isUntreated({ status, healthyWindows }: Incident): boolean {
  return ACTIVE.has(status) && healthyWindows === 0;
}

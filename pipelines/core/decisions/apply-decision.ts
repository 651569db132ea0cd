import type { Decision } from '../schema/decision.ts';
import type { Incident } from '../schema/incident.ts';
import type { ModelState, OpenRetraining } from '../schema/model-state.ts';
import { asksForRetraining, fearsHarm, isOngoing } from './incident-kinds.ts';
import { reopened, withStatus } from './observe-facts.ts';
import type { PromotionFacts } from './observed-facts.ts';

const KEPT_DECISIONS = 200;
const KEPT_RESOLVED = 200;

type Of<Kind extends Decision['kind']> = Extract<Decision, { kind: Kind }>;

/** The branch of the one retraining pull request that a model may have. */
export function retrainingBranch(model: string): string {
  return `retrain/${model}`;
}

/** The state after one decision. A decision that the state already holds changes nothing. */
export function applyDecision(state: ModelState, decision: Decision, promotion: PromotionFacts | null): ModelState {
  if (state.decisions.some(({ id }) => id === decision.id)) return state;
  return remember(effectOn(state, decision, promotion), decision);
}

function effectOn(state: ModelState, decision: Decision, promotion: PromotionFacts | null): ModelState {
  switch (decision.kind) {
    case 'open-incident':
    case 'update-incident':
    case 'resolve-incident':
      return { ...state, incidents: replaceIncident(state.incidents, decision.incident) };
    case 'request-retraining':
      return requested(state, decision);
    case 'record-promotion':
      return promoted(state, decision, promotion);
    case 'verify-promotion':
      return verified(state, decision);
    case 'refuse-retraining':
    case 'propose-rollback':
      return state;
  }
}

function requested(state: ModelState, decision: Of<'request-retraining'>): ModelState {
  const retraining: OpenRetraining = {
    decision: decision.id,
    version: decision.spec.version,
    branch: retrainingBranch(decision.model),
    requestedAt: decision.at,
    pullRequest: null,
    dispatchedRun: null,
    gateRun: null,
    incidents: decision.incidents,
  };
  return {
    ...state,
    retraining,
    incidents: withStatus(state.incidents, decision.incidents, { status: 'retraining', asOf: decision.at }),
    proposals: [
      ...state.proposals,
      { at: decision.at, version: decision.spec.version, outcome: 'open', pullRequest: null, evidence: null },
    ],
  };
}

/** The first champion of a model was promised to nobody: it is recorded, but not verified. */
function promoted(state: ModelState, decision: Of<'record-promotion'>, facts: PromotionFacts | null): ModelState {
  const known = facts?.version === decision.version ? facts : null;
  const retraining = state.retraining?.version === decision.version ? state.retraining : null;
  const pullRequest = known?.pullRequest ?? retraining?.pullRequest ?? null;
  const { version, previous } = decision;
  const at = known?.promotedAt ?? decision.at;
  const mergeSha = known?.mergeSha ?? 'unknown';
  const evidence = known?.evidence ?? null;
  const treated =
    retraining?.incidents ?? state.incidents.filter((incident) => asksForRetraining(incident) || fearsHarm(incident)).map(({ id }) => id);
  const verification = previous === null ? null : { version, previous, pullRequest, promotedAt: at, mergeSha, incidents: treated };
  return {
    ...state,
    champion: version,
    verification,
    retraining: retraining === null ? state.retraining : null,
    promotions: [...state.promotions, { version, previous, at, pullRequest, mergeSha, mergedBy: known?.mergedBy ?? 'unknown', evidence }],
    incidents:
      verification === null
        ? state.incidents
        : withStatus(state.incidents, treated, { status: 'verifying', asOf: decision.at }).map(freshlyCounted),
    proposals: state.proposals.map((proposal) =>
      proposal.version === version && proposal.outcome === 'open' ? { ...proposal, outcome: 'promoted', pullRequest, evidence } : proposal,
    ),
  };
}

// Healthy windows of the old champion say nothing about the recovery under the new one.
function freshlyCounted(incident: Incident): Incident {
  return incident.status === 'verifying' ? { ...incident, healthyWindows: 0 } : incident;
}

function verified(state: ModelState, decision: Of<'verify-promotion'>): ModelState {
  if (decision.outcome === 'insufficient-data') return state;
  const waiting = state.incidents.filter(({ status }) => status === 'verifying').map(({ id }) => id);
  return { ...state, verification: null, incidents: reopened(state.incidents, waiting, decision.at) };
}

function replaceIncident(incidents: readonly Incident[], incident: Incident): Incident[] {
  const known = incidents.some(({ id }) => id === incident.id);
  const next = known ? incidents.map((other) => (other.id === incident.id ? incident : other)) : [...incidents, incident];
  const resolved = next.filter((other) => !isOngoing(other));
  const dropped = new Set(resolved.slice(0, Math.max(0, resolved.length - KEPT_RESOLVED)).map(({ id }) => id));
  return next.filter(({ id }) => !dropped.has(id));
}

/** Keeps the newest decisions, and of the updates of one incident only the newest: each holds the whole incident. */
function remember(state: ModelState, decision: Decision): ModelState {
  const kept = state.decisions.filter((other) => !isOlderUpdate(other, decision));
  return { ...state, decisions: [...kept, decision].slice(-KEPT_DECISIONS) };
}

function isOlderUpdate(other: Decision, decision: Decision): boolean {
  return other.kind === 'update-incident' && decision.kind === 'update-incident' && other.incident.id === decision.incident.id;
}

import { shortKey } from '../digest/sha256.ts';
import type { Decision } from '../schema/decision.ts';
import type { ModelState } from '../schema/model-state.ts';
import { applyDecision } from './apply-decision.ts';
import { becauseOfPolicy, becauseOfSignal } from './because.ts';
import { decideRetraining } from './decide-retraining.ts';
import type { DecisionInput } from './decision-input.ts';
import { isDrift } from './incident-groups.ts';
import { changeIncidents, type IncidentChange } from './incident-life-cycle.ts';
import { observeFacts } from './observe-facts.ts';
import { NOTHING_OBSERVED } from './observed-facts.ts';
import { verifyPromotion } from './verify-promotion.ts';

/**
 * The policy of one run, in this order: a promotion that happened is recorded, a pending promotion is verified, incidents live on,
 * a retraining is requested or refused, unless a rollback was just proposed: the retraining would be judged against the champion that is about to go. Each step sees the
 * state that the steps before it leave behind. Reduce the decisions into the state with `reduceState`; the same input gives the same decisions with the same ids.
 */
export function decide(input: DecisionInput): Decision[] {
  const observed = input.observed ?? NOTHING_OBSERVED;
  const steps = [recordPromotion, verifyPromotion, changeOfIncidents, decideRetraining];
  const decisions: Decision[] = [];
  let state = observeFacts(input.state, observed, input.report.asOf);
  for (const step of steps) {
    if (step === decideRetraining && decisions.some(({ kind }) => kind === 'propose-rollback')) continue;
    const made = step(input, state);
    decisions.push(...made);
    state = made.reduce((reduced, decision) => applyDecision(reduced, decision, observed.promotion), state);
  }
  return decisions;
}

function recordPromotion({ definition, deployment, report }: DecisionInput, state: ModelState): Decision[] {
  const { production } = deployment;
  if (production === state.champion) return [];
  const because = [
    becauseOfPolicy('deployment.production', `deployment.yml names ${production}, recorded was ${state.champion ?? 'nothing'}`),
  ];
  const id = shortKey({ model: definition.name, kind: 'record-promotion', version: production, at: report.asOf });
  return [
    { id, model: definition.name, at: report.asOf, because, kind: 'record-promotion', version: production, previous: state.champion },
  ];
}

function changeOfIncidents({ definition, report }: DecisionInput, state: ModelState): Decision[] {
  const changes = changeIncidents({ definition, incidents: state.incidents, past: state.windows, report });
  const { closeAfter } = definition.monitoring.incident;
  return changes.map((change) => incidentDecision(change, closeAfter, report.asOf));
}

function incidentDecision({ kind, incident }: IncidentChange, closeAfter: number, at: Decision['at']): Decision {
  const drift = isDrift(incident);
  const rule = kind === 'resolve-incident' ? 'monitoring.incident.closeAfter' : 'monitoring.incident.openAfter';
  // Over without healthy windows: labels denied an estimate, or another incident goes on in its place.
  const endedOtherwise = kind === 'resolve-incident' && incident.healthyWindows < closeAfter ? incident.resolution : null;
  const because = [
    becauseOfSignal(kind === 'open-incident' ? incident.worst : incident.latest),
    becauseOfPolicy(rule, endedOtherwise ?? ruleText(kind, incident.badWindows, incident.healthyWindows)),
    ...(drift
      ? [becauseOfPolicy('retraining', 'Drift alone never retrains: a retraining waits for measured harm or for the maximum age')]
      : []),
  ];
  return { id: shortKey({ kind, incident: incident.id, at }), model: incident.model, at, because, kind, incident };
}

function ruleText(kind: IncidentChange['kind'], bad: number, healthy: number): string {
  if (kind === 'resolve-incident') return `${healthy} healthy windows in a row`;
  return kind === 'open-incident' ? `${bad} alert windows` : `${bad} alert windows so far, ${healthy} healthy ones in a row`;
}

import type { Incident, IncidentStatus } from '../schema/incident.ts';
import type { Instant } from '../schema/instant.ts';
import type { ModelState } from '../schema/model-state.ts';
import { isOngoing } from './incident-kinds.ts';
import type { ClosedRetraining, ObservedFacts } from './observed-facts.ts';

/** Takes into the state what people and CI did outside: a retraining that was closed, incidents that were muted. Observing twice changes nothing. */
export function observeFacts(state: ModelState, observed: ObservedFacts, asOf: Instant): ModelState {
  const muted = withStatus(state.incidents, observed.muted, { status: 'muted', asOf });
  const closed = observed.closedRetraining;
  if (closed === null || state.retraining?.version !== closed.version) return { ...state, incidents: muted };
  const treated = muted.filter(({ status }) => status === 'retraining').map(({ id }) => id);
  return {
    ...state,
    retraining: null,
    incidents: reopened(muted, treated, asOf),
    proposals: state.proposals.map((proposal) =>
      proposal.version === closed.version && proposal.outcome === 'open'
        ? { ...proposal, ...endOf(closed), pullRequest: closed.pullRequest ?? proposal.pullRequest, evidence: closed.evidence }
        : proposal,
    ),
  };
}

function endOf({ abandoned }: ClosedRetraining): Pick<ModelState['proposals'][number], 'outcome' | 'abandoned'> {
  return abandoned === undefined ? { outcome: 'refused' } : { outcome: 'abandoned', abandoned };
}

/** Incidents whose treatment has ended: open again, or acknowledged as they were before. */
export function reopened(incidents: readonly Incident[], ids: readonly string[], asOf: Instant): Incident[] {
  const known = new Set(incidents.filter(({ acknowledged }) => acknowledged !== undefined).map(({ id }) => id));
  const open = withStatus(
    incidents,
    ids.filter((id) => !known.has(id)),
    { status: 'open', asOf },
  );
  return withStatus(
    open,
    ids.filter((id) => known.has(id)),
    { status: 'acknowledged', asOf },
  );
}

/** Moves ongoing incidents with these ids to a status; all others stay as they are. */
export function withStatus(
  incidents: readonly Incident[],
  ids: readonly string[],
  change: { readonly status: IncidentStatus; readonly asOf: Instant },
): Incident[] {
  const chosen = new Set(ids);
  return incidents.map((incident) =>
    chosen.has(incident.id) && isOngoing(incident) && incident.status !== change.status
      ? { ...incident, status: change.status, updatedAt: change.asOf }
      : incident,
  );
}

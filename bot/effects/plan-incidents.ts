import type { Incident } from '../../pipelines/core/schema/incident.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { IncidentFacts } from '../markdown/incident-issue/incident-facts.ts';
import { renderIncidentIssue } from '../markdown/incident-issue/render-incident-issue.ts';
import { incidentIssueTitle } from '../markdown/incident-issue/title.ts';
import { renderRecoveryComment } from '../markdown/recovery-comment/render-recovery-comment.ts';
import { newestPerformance } from '../markdown/status-comment/render-status-comment.ts';
import type { GitHubEffect } from './github-effect.ts';
import { intentKey } from './intents.ts';
import { fingerprintOf, parseMarker } from './marker.ts';
import type { PlanInput } from './plan-input.ts';

/** The label by which the bot's issues are found at one glance. */
export const INCIDENT_LABEL = 'holdfast';

/** One issue for each incident that goes on and is not muted: made, edited when its text changed, reopened on a relapse. */
export function planIncidentIssues(input: PlanInput): GitHubEffect[] {
  return input.state.incidents
    .filter(({ status }) => status !== 'resolved' && status !== 'muted')
    .flatMap((incident) => ensureIssue(incident, input));
}

/** Issues of incidents that are over: one comment, then closed. */
export function planRecoveries({ state }: PlanInput): GitHubEffect[] {
  return state.incidents.flatMap((incident): GitHubEffect[] => {
    const key = intentKey.recovery(incident.id);
    const number = state.issues[incident.id];
    if (state.pending[key] === undefined || number === undefined || incident.status !== 'resolved') return [];
    const text = renderRecoveryComment(incident);
    const commentKey = `${key}/${fingerprintOf(incident.resolvedAt ?? '')}`;
    return [
      { kind: 'ensure-comment', key: commentKey, fingerprint: fingerprintOf(text), number, text, settles: null },
      { kind: 'close-issue', key, fingerprint: 'closed', number, settles: key },
    ];
  });
}

function ensureIssue(incident: Incident, input: PlanInput): GitHubEffect[] {
  const { state, facts } = input;
  const key = intentKey.incident(incident.id);
  const number = state.issues[incident.id] ?? null;
  const intent = number === null ? (state.pending[key] ?? null) : null;
  if (number === null && intent === null) return [];
  const content = incidentFacts(incident, input);
  const title = incidentIssueTitle(content);
  const text = renderIncidentIssue(content);
  const fingerprint = fingerprintOf(`${title}\n${text}`);
  const live = number === null ? undefined : facts.issues.get(number);
  if (live !== undefined && live.state === 'open' && live.title === title && hasText(live.body, text, input)) return [];
  return [{ kind: 'ensure-issue', key, fingerprint, incident: incident.id, number, title, text, labels: [INCIDENT_LABEL], intent }];
}

function hasText(body: string, text: string, { signing }: PlanInput): boolean {
  return parseMarker(body, signing)?.fingerprint === fingerprintOf(text);
}

function incidentFacts(incident: Incident, { definition, state }: PlanInput): IncidentFacts {
  const opened = state.decisions.find((decision) => decision.kind === 'open-incident' && decision.incident.id === incident.id);
  const { retraining } = state;
  return {
    definition,
    incident,
    champion: state.champion,
    performance: newestPerformance(state, definition.monitoring.performance.metric),
    business: state.windows.findLast(({ business }) => business !== null)?.business ?? null,
    retraining: retraining?.incidents.includes(incident.id) === true ? retraining : null,
    refusal: refusalFor(incident, state),
    abandonment: abandonmentFor(incident, state),
    decision: opened?.id ?? null,
  };
}

function abandonmentFor(incident: Incident, { decisions, proposals }: ModelState): IncidentFacts['abandonment'] {
  const request = decisions.findLast((decision) => decision.kind === 'request-retraining' && decision.incidents.includes(incident.id));
  if (request?.kind !== 'request-retraining') return null;
  const proposal = proposals.findLast(({ version, at }) => version === request.spec.version && at === request.at);
  if (proposal?.abandoned === undefined) return null;
  return { version: proposal.version, pullRequest: proposal.pullRequest, work: proposal.abandoned };
}

function refusalFor(incident: Incident, { decisions }: ModelState): IncidentFacts['refusal'] {
  const last = decisions.findLast(
    (decision) =>
      (decision.kind === 'refuse-retraining' && decision.because.some(({ ref }) => ref === incident.id)) ||
      decision.kind === 'request-retraining',
  );
  return last?.kind === 'refuse-retraining' ? last : null;
}

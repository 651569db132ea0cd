import { isOfInputs } from '../../pipelines/core/decisions/incident-groups.ts';
import { isOngoing } from '../../pipelines/core/decisions/incident-kinds.ts';
import { isOngoingHarm, isSnoozed } from '../../pipelines/core/decisions/wants-issue.ts';
import { FOUND_SLICES } from '../../pipelines/core/evaluation/slice-signals.ts';
import type { Incident } from '../../pipelines/core/schema/incident.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { estimateRecord } from '../../pipelines/core/signals/estimate-record.ts';
import { incidentStretches } from '../../pipelines/core/views/incident-stretches.ts';
import type { IncidentFacts } from '../markdown/incident-issue/incident-facts.ts';
import { snoozeLine } from '../markdown/incident-issue/person-said.ts';
import { renderIncidentIssue } from '../markdown/incident-issue/render-incident-issue.ts';
import { incidentIssueTitle } from '../markdown/incident-issue/title.ts';
import { renderNewsComment } from '../markdown/news-comment/render-news-comment.ts';
import { renderRecoveryComment } from '../markdown/recovery-comment/render-recovery-comment.ts';
import { newestPerformance } from '../markdown/status-comment/render-status-comment.ts';
import type { HostIssue } from './code-host.ts';
import type { GitHubEffect } from './github-effect.ts';
import { coolingUntil, incidentRetrainings } from './incident-retrainings.ts';
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

/** What a run noticed about an incident that goes on, as one comment: it got graver, or something of weight joined it. */
export function planNews(input: PlanInput): GitHubEffect[] {
  const { state } = input;
  return state.incidents.flatMap((incident): GitHubEffect[] => {
    const key = intentKey.news(incident.id);
    const number = state.issues[incident.id];
    if (state.pending[key] === undefined || number === undefined || incident.news === undefined) return [];
    const text = renderNewsComment(incident);
    const commentKey = `${key}/${fingerprintOf(incident.news.at)}`;
    return [{ kind: 'ensure-comment', key: commentKey, fingerprint: fingerprintOf(text), number, text, settles: key }];
  });
}

/** Issues of incidents that are over, unless they are snoozed: one comment, then closed, with a text that says so. */
export function planRecoveries(input: PlanInput): GitHubEffect[] {
  const { state } = input;
  return state.incidents.flatMap((incident): GitHubEffect[] => {
    const key = intentKey.recovery(incident.id);
    const number = state.issues[incident.id];
    if (state.pending[key] === undefined || number === undefined || incident.status !== 'resolved') return [];
    if (isSnoozed(incident, input.asOf)) return [];
    const content = incidentFacts(incident, input);
    const comment = renderRecoveryComment(incident, content.stretches);
    const [title, text] = [incidentIssueTitle(content), renderIncidentIssue(content)];
    const commentKey = `${key}/${fingerprintOf(incident.resolvedAt ?? '')}`;
    const isQuiet = incident.gatheredInto !== undefined || incident.acknowledged !== undefined;
    const told: GitHubEffect[] = isQuiet
      ? []
      : [{ kind: 'ensure-comment', key: commentKey, fingerprint: fingerprintOf(comment), number, text: comment, settles: null }];
    return [
      ...told,
      { kind: 'close-issue', key, fingerprint: fingerprintOf(text), incident: incident.id, number, title, text, settles: key },
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
  if (live !== undefined && isLeftAlone(incident, live, input)) return [];
  return [{ kind: 'ensure-issue', key, fingerprint, incident: incident.id, number, title, text, labels: [INCIDENT_LABEL], intent }];
}

/** Snoozed, and its issue says so: nothing is written until the snooze ends. */
function isLeftAlone(incident: Incident, live: HostIssue, { asOf }: PlanInput): boolean {
  const line = snoozeLine(incident, asOf);
  return line !== '' && live.body.includes(line);
}

function hasText(body: string, text: string, { signing }: PlanInput): boolean {
  return parseMarker(body, signing)?.fingerprint === fingerprintOf(text);
}

function incidentFacts(incident: Incident, input: PlanInput): IncidentFacts {
  const { definition, state } = input;
  const opened = state.decisions.find((decision) => decision.kind === 'open-incident' && decision.incident.id === incident.id);
  const { retraining } = state;
  return {
    definition,
    incident,
    champion: state.champion,
    performance: newestPerformance(state, definition.monitoring.performance.metric),
    slices: state.windows.at(-1)?.signals.find(({ subject }) => subject === FOUND_SLICES) ?? null,
    business: state.windows.findLast(({ business }) => business !== null)?.business ?? null,
    retraining: retraining?.incidents.includes(incident.id) === true ? retraining : null,
    refusal: refusalFor(incident, state),
    retrainings: incidentRetrainings(incident, input),
    coolingUntil: coolingUntil(input),
    stretches: incidentStretches(incident, state.decisions),
    estimates: estimateRecord(definition, state),
    decision: opened?.id ?? null,
    now: input.asOf,
    ...relatedTo(incident, input),
    successor: incident.gatheredInto === undefined ? null : (state.issues[incident.gatheredInto] ?? null),
  };
}

/** Harm names the moved inputs that may be its cause; they name the harm. */
function relatedTo(incident: Incident, { definition, state }: PlanInput): Pick<IncidentFacts, 'causes' | 'harm'> {
  const numbered = (other: Incident) => ({ incident: other, number: state.issues[other.id] ?? null });
  const ongoing = state.incidents.filter((other) => other !== incident && isOngoing(other));
  if (isOngoingHarm(incident)) return { causes: ongoing.filter((other) => isOfInputs(other, definition)).map(numbered) };
  return isOfInputs(incident, definition) ? { harm: ongoing.filter(isOngoingHarm).map(numbered) } : {};
}

function refusalFor(incident: Incident, { decisions }: ModelState): IncidentFacts['refusal'] {
  const last = decisions.findLast(
    (decision) =>
      (decision.kind === 'refuse-retraining' && decision.because.some(({ ref }) => ref === incident.id)) ||
      decision.kind === 'request-retraining',
  );
  return last?.kind === 'refuse-retraining' ? last : null;
}

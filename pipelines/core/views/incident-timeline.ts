import type { Decision } from '../schema/decision.ts';
import type { Incident } from '../schema/incident.ts';
import type { Instant } from '../schema/instant.ts';
import type { ModelState } from '../schema/model-state.ts';
import type { IncidentStretch } from './incident-stretches.ts';
import { phraseBetween, phraseDay } from './phrase-instant.ts';
import { phraseRefusal } from './phrase-refusal.ts';
import { issueUrl, pullRequestUrl } from './repository-links.ts';
import type { ModelSource, SiteSource } from './site-source.ts';

export interface TimelineStep {
  readonly at: Instant | null;
  readonly what: string;
  /** Time since the step before it that has happened; null for the first and for what is still to come. */
  readonly after: string | null;
  readonly url: string | null;
}

interface TimelineSource {
  readonly incident: Incident;
  readonly stretches: readonly IncidentStretch[];
  readonly model: ModelSource;
  readonly site: SiteSource;
}

interface Milestone {
  readonly at: Instant;
  readonly what: string;
  readonly url: string | null;
}

type Request = Extract<Decision, { kind: 'request-retraining' }>;

/** What happened in an incident, oldest first: every opening and recovery, every retraining with its end, every refusal; what is to come last. */
export function incidentTimeline(source: TimelineSource): TimelineStep[] {
  const { incident, stretches, model } = source;
  const milestones: Milestone[] = [
    { at: incident.firstWindow.start, what: 'First bad window begins', url: null },
    ...(incident.acknowledged === undefined
      ? []
      : [{ at: incident.acknowledged.at, what: `Acknowledged by ${incident.acknowledged.by}`, url: null }]),
    ...stretches.flatMap((stretch) => stretchMilestones(stretch, source)),
    ...(model.state?.decisions ?? []).flatMap((decision) => decisionMilestones(decision, source)),
  ];
  const ordered = milestones.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const steps = ordered.map((milestone, index): TimelineStep => {
    const before = ordered[index - 1];
    return {
      ...milestone,
      after:
        before === undefined ? null : before.at === milestone.at ? 'at the same time' : `${phraseBetween(before.at, milestone.at)} later`,
    };
  });
  return incident.status === 'resolved' ? steps : [...steps, { at: null, what: nextStep(incident, model), after: null, url: null }];
}

function stretchMilestones(stretch: IncidentStretch, { incident, stretches, model, site }: TimelineSource): Milestone[] {
  const { from, until, resolution } = stretch;
  const bad = Math.min(incident.badWindows, model.definition.monitoring.incident.openAfter);
  const what = stretch === stretches[0] ? `Detected and opened after ${bad} bad windows` : 'Came back: opened again';
  const url = issueUrl(site.repositoryUrl, model.state?.issues[incident.id] ?? null);
  return [{ at: from, what, url }, ...(until === null ? [] : [{ at: until, what: resolution ?? 'Recovered', url: null }])];
}

function decisionMilestones(decision: Decision, { incident: { id }, model, site }: TimelineSource): Milestone[] {
  if (decision.kind === 'refuse-retraining') {
    const isAbout = decision.because.some(({ ref }) => ref === id);
    return isAbout ? [{ at: decision.at, what: `Retraining not proposed: ${decision.reason}`, url: null }] : [];
  }
  if (decision.kind !== 'request-retraining' || !decision.incidents.includes(id)) return [];
  return model.state === null ? [] : retrainingMilestones(decision, model.state, site);
}

function retrainingMilestones(decision: Request, state: ModelState, site: SiteSource): Milestone[] {
  const { version } = decision.spec;
  const proposal = state.proposals.find((candidate) => candidate.version === version && candidate.at === decision.at);
  const url = pullRequestUrl(site.repositoryUrl, proposal?.pullRequest ?? null);
  const asked = { at: decision.at, what: `Retraining of ${version} proposed`, url };
  if (proposal?.outcome === 'refused' || proposal?.outcome === 'abandoned') return [asked, endOf(proposal, decision, site)];
  const promotion = state.promotions.find((candidate) => candidate.version === version && candidate.at >= decision.at);
  const verified = state.decisions.find((candidate) => candidate.kind === 'verify-promotion' && candidate.version === version);
  return [
    asked,
    ...(promotion === undefined ? [] : [{ at: promotion.at, what: `${version} approved and merged by ${promotion.mergedBy}`, url }]),
    ...(verified?.kind === 'verify-promotion'
      ? [{ at: verified.at, what: `Promise of ${version} ${OUTCOME_WORDS[verified.outcome]}`, url }]
      : []),
  ];
}

/** A retraining that was not promoted: at the time that the audit trail gives, else when the gate judged, else when it was asked for. */
function endOf(proposal: ModelState['proposals'][number], decision: Request, site: SiteSource): Milestone {
  const { version, abandoned, evidence, pullRequest } = proposal;
  const verdict = site.verdicts.find(({ evidenceDigest, model }) => evidenceDigest === evidence && model === decision.model) ?? null;
  const closed = site.events.find(({ action, cause }) => action === 'retraining-closed' && cause === decision.id);
  const at = closed?.at ?? verdict?.judgedAt ?? decision.at;
  return abandoned === undefined
    ? { at, what: `${version} was not promoted: ${phraseRefusal(verdict)}`, url: pullRequestUrl(site.repositoryUrl, pullRequest) }
    : { at, what: `${version} was not judged: ${abandoned.problem}`, url: abandoned.run };
}

export const OUTCOME_WORDS = { kept: 'kept', broken: 'broken', 'insufficient-data': 'not judged yet' } as const;

function nextStep(incident: Incident, model: ModelSource): string {
  const { closeAfter } = model.definition.monitoring.incident;
  const healthy = `${incident.healthyWindows} of ${closeAfter} healthy windows needed to close it`;
  if (incident.status === 'retraining') return `Next: the retraining is reviewed (${healthy})`;
  if (incident.status === 'verifying') return `Next: the promotion is verified (${healthy})`;
  if (incident.status === 'muted') return `Muted by a person; ${healthy}`;
  return `Still open at ${phraseDay(incident.updatedAt)}: ${healthy}`;
}

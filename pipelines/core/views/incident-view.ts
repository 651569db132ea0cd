import type { Because } from '../schema/decision.ts';
import type { Incident } from '../schema/incident.ts';
import type { Instant } from '../schema/instant.ts';
import type { Signal, SignalKind } from '../schema/signal.ts';
import { phraseBetween, phraseDay } from './phrase-instant.ts';
import { metricName } from './phrase-metric.ts';
import { issueUrl, pullRequestUrl } from './repository-links.ts';
import type { ModelSource, SiteSource } from './site-source.ts';

export const SIGNAL_KIND_WORDS: Readonly<Record<SignalKind, string>> = {
  'data-drift': 'Drift of',
  'prediction-drift': 'Drift of the predictions',
  'missing-values': 'Missing values in',
  'unseen-values': 'Unseen values in',
  'out-of-range': 'Values out of range in',
  'data-quality': 'Data quality of',
  volume: 'Volume of',
  latency: 'Latency of',
  errors: 'Errors of',
  'realised-performance': 'Realised',
  'business-value': 'Business value',
};

export interface TimelineStep {
  readonly at: Instant | null;
  readonly what: string;
  /** Time since the step before it that has happened; null for the first and for what is still to come. */
  readonly after: string | null;
  readonly url: string | null;
}

export interface IncidentView {
  readonly id: string;
  /** Last part of the page's address: the issue's number, or the id before there is one. */
  readonly slug: string;
  readonly number: number | null;
  readonly model: string;
  readonly title: string;
  readonly status: Incident['status'];
  readonly open: boolean;
  readonly severity: Incident['severity'];
  readonly sentence: string;
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly badWindows: number;
  readonly healthyWindows: number;
  readonly closeAfter: number;
  readonly worst: Signal;
  readonly latest: Signal;
  readonly resolution: string | null;
  readonly because: readonly Because[];
  readonly timeline: readonly TimelineStep[];
  readonly url: string | null;
}

/** The incidents of a model, unresolved and newest first. */
export function incidentViews(model: ModelSource, site: SiteSource): IncidentView[] {
  const views = (model.state?.incidents ?? []).map((incident) => incidentView(incident, model, site));
  return views.sort((a, b) => Number(b.open) - Number(a.open) || (a.openedAt < b.openedAt ? 1 : -1));
}

/** 'Realised AUC', 'Drift of distance', 'Volume of predictions'. */
export function incidentTitle(incident: Pick<Incident, 'kind' | 'subject'>): string {
  const words = SIGNAL_KIND_WORDS[incident.kind];
  if (incident.kind === 'prediction-drift' || incident.kind === 'business-value') return words;
  const subject = incident.kind === 'realised-performance' ? metricName(incident.subject) : incident.subject;
  return `${words} ${subject}`;
}

function incidentView(incident: Incident, model: ModelSource, site: SiteSource): IncidentView {
  const number = model.state?.issues[incident.id] ?? null;
  const opened = model.state?.decisions.find((decision) => decision.kind === 'open-incident' && decision.incident.id === incident.id);
  const { id, status, severity, openedAt, updatedAt, resolvedAt, badWindows, healthyWindows, worst, latest, resolution } = incident;
  return {
    id,
    slug: number === null ? id : String(number),
    number,
    model: incident.model,
    title: incidentTitle(incident),
    status,
    open: status !== 'resolved',
    severity,
    sentence: status === 'resolved' ? (resolution ?? 'Resolved.') : latest.why,
    openedAt,
    updatedAt,
    resolvedAt,
    badWindows,
    healthyWindows,
    closeAfter: model.definition.monitoring.incident.closeAfter,
    worst,
    latest,
    resolution,
    because: opened?.because ?? [],
    timeline: timelineOf(incident, model, site),
    url: issueUrl(site.repositoryUrl, number),
  };
}

interface Milestone {
  readonly at: Instant;
  readonly what: string;
  readonly url: string | null;
}

function timelineOf(incident: Incident, model: ModelSource, site: SiteSource): TimelineStep[] {
  const milestones: Milestone[] = [
    { at: incident.firstWindow.start, what: 'First bad window begins', url: null },
    {
      at: incident.openedAt,
      what: `Detected and opened after ${incident.badWindows >= model.definition.monitoring.incident.openAfter ? model.definition.monitoring.incident.openAfter : incident.badWindows} bad windows`,
      url: issueUrl(site.repositoryUrl, model.state?.issues[incident.id] ?? null),
    },
    ...retrainingMilestones(incident, model, site),
    ...(incident.resolvedAt === null ? [] : [{ at: incident.resolvedAt, what: incident.resolution ?? 'Resolved', url: null }]),
  ];
  const ordered = milestones.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const steps = ordered.map((milestone, index): TimelineStep => {
    const before = ordered[index - 1];
    return { ...milestone, after: before === undefined ? null : `${phraseBetween(before.at, milestone.at)} later` };
  });
  return incident.status === 'resolved' ? steps : [...steps, { at: null, what: nextStep(incident, model), after: null, url: null }];
}

function retrainingMilestones(incident: Incident, model: ModelSource, site: SiteSource): Milestone[] {
  const state = model.state;
  if (state === null) return [];
  const milestones: Milestone[] = [];
  for (const decision of state.decisions) {
    if (decision.kind === 'refuse-retraining' && decision.because.some((because) => because.ref === incident.id)) {
      milestones.push({ at: decision.at, what: `Retraining not proposed: ${decision.reason}`, url: null });
    }
    if (decision.kind !== 'request-retraining' || !decision.incidents.includes(incident.id)) continue;
    const proposal = state.proposals.find((candidate) => candidate.version === decision.spec.version && candidate.at === decision.at);
    const number = proposal?.pullRequest ?? null;
    const url = pullRequestUrl(site.repositoryUrl, number);
    milestones.push({ at: decision.at, what: `Retraining of ${decision.spec.version} proposed`, url });
    if (proposal?.abandoned !== undefined)
      milestones.push({
        at: decision.at,
        what: `${proposal.version} was not judged: ${proposal.abandoned.problem}`,
        url: proposal.abandoned.run,
      });
    const promotion = state.promotions.find((candidate) => candidate.version === decision.spec.version);
    if (promotion !== undefined)
      milestones.push({ at: promotion.at, what: `${promotion.version} approved and merged by ${promotion.mergedBy}`, url });
    const verified = state.decisions.find(
      (candidate) => candidate.kind === 'verify-promotion' && candidate.version === decision.spec.version,
    );
    if (verified?.kind === 'verify-promotion')
      milestones.push({ at: verified.at, what: `Promise of ${verified.version} ${OUTCOME_WORDS[verified.outcome]}`, url });
  }
  return milestones;
}

export const OUTCOME_WORDS = { kept: 'kept', broken: 'broken', 'insufficient-data': 'could not be checked' } as const;

function nextStep(incident: Incident, model: ModelSource): string {
  const { closeAfter } = model.definition.monitoring.incident;
  const healthy = `${incident.healthyWindows} of ${closeAfter} healthy windows needed to close it`;
  if (incident.status === 'retraining') return `Next: the retraining is reviewed (${healthy})`;
  if (incident.status === 'verifying') return `Next: the promotion is verified (${healthy})`;
  if (incident.status === 'muted') return `Muted by a person; ${healthy}`;
  return `Still open at ${phraseDay(incident.updatedAt)}: ${healthy}`;
}

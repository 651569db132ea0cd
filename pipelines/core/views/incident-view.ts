import type { Because } from '../schema/decision.ts';
import type { Incident } from '../schema/incident.ts';
import type { Instant } from '../schema/instant.ts';
import type { Signal, SignalKind } from '../schema/signal.ts';
import { PREDICTION_COLUMN } from '../schema/window-profile.ts';
import { type IncidentStretch, incidentStretches, secondsOpen } from './incident-stretches.ts';
import { incidentTimeline, type TimelineStep } from './incident-timeline.ts';
import { phraseSeconds } from './phrase-instant.ts';
import { metricName } from './phrase-metric.ts';
import { issueUrl } from './repository-links.ts';
import type { ModelSource, SiteSource } from './site-source.ts';

export const SIGNAL_KIND_WORDS: Readonly<Record<SignalKind, string>> = {
  'data-drift': 'Drift of',
  'prediction-drift': 'Drift of the predictions',
  'multivariate-drift': 'Joint drift of',
  vocabulary: 'New words in',
  'missing-values': 'Missing values in',
  'unseen-values': 'Unseen values in',
  'out-of-range': 'Values out of range in',
  'data-quality': 'Data quality of',
  schema: 'Schema of',
  'unit-slip': 'Changed unit of',
  duplicates: 'Duplicates in',
  clock: 'Clock of',
  freshness: 'Freshness of',
  'serving-skew': 'Served and logged values differ in',
  'folded-values': 'Values the model does not know in',
  volume: 'Volume of',
  latency: 'Latency of',
  errors: 'Errors of',
  'realised-performance': 'Realised',
  'estimated-performance': 'Estimated',
  'slice-performance': 'Loss in the slice',
  fairness: 'Fairness:',
  'label-agreement': 'Agreement of',
  'business-value': 'Business value',
};

/** Kinds of one subject only, which their words name. */
const SPEAKS_FOR_ITSELF: ReadonlySet<SignalKind> = new Set(['prediction-drift', 'business-value']);

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
  /** When it was open, oldest first: a relapse within the cooldown opens it again. */
  readonly stretches: readonly IncidentStretch[];
  /** How long in all, in words. */
  readonly openFor: string;
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
  if (incident.kind === 'prediction-drift' && incident.subject === PREDICTION_COLUMN) return 'Drift of the called class';
  const words = SIGNAL_KIND_WORDS[incident.kind];
  if (SPEAKS_FOR_ITSELF.has(incident.kind)) return words;
  const ofMetric = incident.kind === 'realised-performance' || incident.kind === 'estimated-performance';
  const subject = ofMetric ? metricName(incident.subject) : incident.subject;
  return `${words} ${subject}`;
}

function incidentView(incident: Incident, model: ModelSource, site: SiteSource): IncidentView {
  const number = model.state?.issues[incident.id] ?? null;
  const opened = model.state?.decisions.find((decision) => decision.kind === 'open-incident' && decision.incident.id === incident.id);
  const { id, status, severity, openedAt, updatedAt, resolvedAt, badWindows, healthyWindows, worst, latest, resolution } = incident;
  const stretches = incidentStretches(incident, model.state?.decisions ?? []);
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
    stretches,
    openFor: phraseSeconds(secondsOpen(stretches, updatedAt)),
    because: opened?.because ?? [],
    timeline: incidentTimeline({ incident, stretches, model, site }),
    url: issueUrl(site.repositoryUrl, number),
  };
}

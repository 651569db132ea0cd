import type { Because } from '../schema/decision.ts';
import type { Incident } from '../schema/incident.ts';
import type { Instant } from '../schema/instant.ts';
import type { Signal } from '../schema/signal.ts';
import { type MemberView, memberViews } from './incident-members.ts';
import { type IncidentStretch, incidentStretches, secondsOpen } from './incident-stretches.ts';
import { incidentTimeline, type TimelineStep } from './incident-timeline.ts';
import { incidentSentence, incidentTitle } from './incident-title.ts';
import { phraseDay, phraseSeconds } from './phrase-instant.ts';
import { issueUrl } from './repository-links.ts';
import type { ModelSource, SiteSource } from './site-source.ts';

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
  /** What it gathers, by impact; empty for an incident of one statement. */
  readonly members: readonly MemberView[];
  /** What a person said of it, in sentences. */
  readonly notes: readonly string[];
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
    sentence: status === 'resolved' ? (resolution ?? 'Resolved.') : incidentSentence(incident),
    openedAt,
    updatedAt,
    resolvedAt,
    badWindows,
    healthyWindows,
    closeAfter: model.definition.monitoring.incident.closeAfter,
    worst,
    latest,
    resolution,
    members: memberViews(incident),
    notes: notesOf(incident, model.state?.watermark ?? incident.updatedAt),
    stretches,
    openFor: phraseSeconds(secondsOpen(stretches, updatedAt)),
    because: opened?.because ?? [],
    timeline: incidentTimeline({ incident, stretches, model, site }),
    url: issueUrl(site.repositoryUrl, number),
  };
}

/** That somebody took note of it, and until when its issue is left alone. */
function notesOf({ acknowledged, snoozedUntil, status }: Incident, now: Instant): string[] {
  if (status === 'resolved') return [];
  return [
    ...(acknowledged === undefined ? [] : [`Acknowledged by ${acknowledged.by} on ${phraseDay(acknowledged.at)}.`]),
    ...(snoozedUntil === undefined || snoozedUntil <= now ? [] : [`Snoozed until ${phraseDay(snoozedUntil)}: its issue is left alone.`]),
  ];
}

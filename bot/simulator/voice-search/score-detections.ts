import type { Decision } from '../../../pipelines/core/schema/decision.ts';
import { type Incident, type IncidentMember, membersOf } from '../../../pipelines/core/schema/incident.ts';
import { addSeconds, epochSeconds, type Instant } from '../../../pipelines/core/schema/instant.ts';
import type { SignalKind } from '../../../pipelines/core/schema/signal.ts';
import type { WorldEvent } from './ground-truth.ts';

/** What the watcher made of one event. */
export interface EventScore {
  readonly event: WorldEvent;
  /** Incidents that began while it lasted, or that something joined which did, by the first bad window. */
  readonly incidents: readonly Incident[];
  /** Days from the event to the first bad window of an incident of a fitting kind; null when there is none. */
  readonly delayDays: number | null;
  /** Retrainings that were asked for while it lasted. */
  readonly retrainings: readonly Instant[];
}

export interface DetectionScore {
  readonly events: readonly EventScore[];
  /** What incidents gather that began while nothing was going on. */
  readonly falseAlarms: readonly IncidentMember[];
  /** Retrainings that were asked for while nothing harmful was going on. */
  readonly needlessRetrainings: readonly Instant[];
}

/** What a broken upstream has to show in. */
const DATA_KINDS: readonly SignalKind[] = [
  'data-quality',
  'missing-values',
  'unseen-values',
  'out-of-range',
  'schema',
  'volume',
  'freshness',
];
/** Labels come days late and performance pools a week: what harm did may begin to show so long after its end. */
const AFTERMATH_DAYS = 10;
const DAY = 86_400;

/** Holds what the watcher opened against what really happened. An incident may belong to several events that overlap. */
export function scoreDetections(
  truth: readonly WorldEvent[],
  watched: { readonly incidents: readonly Incident[]; readonly decisions: readonly Decision[] },
): DetectionScore {
  const requests = watched.decisions.filter(({ kind }) => kind === 'request-retraining').map(({ at }) => at);
  const events = truth.map((event): EventScore => {
    const incidents = watched.incidents.filter((incident) => membersOf(incident).some((member) => isDuring(event, began(member))));
    const during = incidents.flatMap(membersOf).filter((member) => isDuring(event, began(member)));
    const fitting = during.filter(({ kind }) => event.nature !== 'broken-data' || DATA_KINDS.includes(kind));
    const first = fitting.map(began).sort()[0];
    return {
      event,
      incidents,
      delayDays: first === undefined ? null : Math.floor((epochSeconds(first) - epochSeconds(event.from)) / DAY),
      retrainings: requests.filter((at) => isDuring(event, at)),
    };
  });
  const harm = truth.filter(({ nature }) => nature === 'harm');
  return {
    events,
    falseAlarms: watched.incidents.flatMap(membersOf).filter((member) => !truth.some((event) => isDuring(event, began(member)))),
    needlessRetrainings: requests.filter((at) => !harm.some((event) => isDuring(event, at))),
  };
}

/** A member began when it was first bad, whenever the incident that gathers it did. */
function began({ firstWindow }: IncidentMember): Instant {
  return firstWindow.start;
}

function isDuring({ from, to, nature }: WorldEvent, at: Instant): boolean {
  return at >= from && at < addSeconds(to, nature === 'harmless' ? 0 : AFTERMATH_DAYS * DAY);
}

/** A table of the score, a line an event. */
export function phraseDetections(score: DetectionScore): readonly string[] {
  const lines = score.events.map(({ event, incidents, delayDays, retrainings }) => {
    const during = incidents.flatMap(membersOf).filter((member) => isDuring(event, began(member)));
    const kinds = [...new Set(during.map(({ kind, subject }) => `${kind} of ${subject}`))].sort().join(', ');
    const seen = delayDays === null ? (event.nature === 'harmless' ? 'no incident' : 'not seen') : `seen from day ${delayDays + 1}`;
    const asked =
      retrainings.length === 0 ? 'no retraining' : `${retrainings.length} retraining${retrainings.length === 1 ? '' : 's'} asked for`;
    return `  ${event.from.slice(0, 10)} to ${event.to.slice(0, 10)}  ${event.name} (${event.nature}): ${seen}; ${asked}${kinds === '' ? '' : `; ${kinds}`}`;
  });
  const falseAlarms = score.falseAlarms.map(
    ({ kind, subject, firstWindow }) => `${kind} of ${subject} from ${firstWindow.start.slice(0, 10)}`,
  );
  return [
    'what really happened, and what was seen of it',
    ...lines,
    `  incidents while nothing happened: ${falseAlarms.length === 0 ? 'none' : falseAlarms.join(', ')}`,
    `  retrainings that nothing harmful called for: ${score.needlessRetrainings.length === 0 ? 'none' : score.needlessRetrainings.map((at) => at.slice(0, 10)).join(', ')}`,
  ];
}

import type { Instant } from '../schema/instant.ts';
import type { ModelView } from './model-view.ts';
import { phraseEstimate } from './phrase-metric.ts';

/** One entry of the feed. `path` is the page's address from the root of the site, without a slash in front. */
export interface FeedEntry {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly updated: Instant;
  readonly path: string;
}

const MAXIMUM = 50;

/** Incidents and decisions of all models, newest change first. An incident's entry keeps its id when it is resolved; only `updated` moves. */
export function feedEntries(models: readonly ModelView[]): FeedEntry[] {
  const entries = models.flatMap((model) => [...incidentEntries(model), ...decisionEntries(model)]);
  return entries.toSorted((a, b) => (a.updated < b.updated ? 1 : a.updated > b.updated ? -1 : 0)).slice(0, MAXIMUM);
}

function incidentEntries(model: ModelView): FeedEntry[] {
  return model.incidents.map((incident) => ({
    id: `incident:${incident.id}`,
    title: `${model.name}: ${incident.title} (${incident.status})`,
    summary: incident.sentence,
    updated: incident.resolvedAt ?? incident.updatedAt,
    path: `incidents/${incident.slug}/index.html`,
  }));
}

function decisionEntries(model: ModelView): FeedEntry[] {
  return model.decisions.map((decision) => {
    const main = decision.table.find((row) => row.metric === model.performance.metric)?.challenger ?? null;
    return {
      id: `decision:${model.name}:${decision.at}:${decision.version ?? 'none'}`,
      title: `${model.name}: ${decision.version === null ? 'retraining not proposed' : `${decision.version} ${decision.outcome}`}`,
      summary: main === null ? decision.recommendation : `${decision.recommendation} ${model.performance.name} ${phraseEstimate(main)}.`,
      updated: decision.trail.at(-1)?.at ?? decision.at,
      path: decision.slug === null ? 'decisions/index.html' : `decisions/${decision.slug}/index.html`,
    };
  });
}

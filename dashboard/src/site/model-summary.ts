import type { ModelView } from '../../../pipelines/core/views/model-view.ts';

/** A model in a few fields, as the portfolio shows it. */
export function modelSummary(model: ModelView) {
  const { name, health, reasons, sentence, nextStep, champion, freshness, performance, drift, value } = model;
  const { metric, now, promised, target } = performance;
  return {
    name,
    health,
    reasons,
    sentence,
    nextStep,
    champion,
    freshness,
    performance: { metric, now, promised, target },
    drift: { drifting: drift.drifting, watched: drift.watched },
    value: { latest: value.latest, currency: value.currency },
    openIncidents: model.incidents.filter((incident) => incident.open).map((incident) => incident.id),
  };
}

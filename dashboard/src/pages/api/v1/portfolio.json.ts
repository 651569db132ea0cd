import { jsonResponse } from '../../../site/json-response.ts';
import { modelSummary } from '../../../site/model-summary.ts';
import { sitePortfolio } from '../../../site/site.ts';

export function GET(): Response {
  const { health, sentence, counts, builtAt, dataUntil, expectedBy, clock, models } = sitePortfolio();
  return jsonResponse({
    schemaVersion: 1,
    health,
    sentence,
    counts,
    builtAt,
    dataUntil,
    expectedBy,
    clock,
    models: models.map(modelSummary),
  });
}

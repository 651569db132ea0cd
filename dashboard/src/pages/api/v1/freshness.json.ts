import { jsonResponse } from '../../../site/json-response.ts';
import { sitePortfolio } from '../../../site/site.ts';

export function GET(): Response {
  const { builtAt, dataUntil, expectedBy, clock, models } = sitePortfolio();
  return jsonResponse({
    schemaVersion: 1,
    builtAt,
    dataUntil,
    expectedBy,
    clock,
    models: models.map(({ name, freshness }) => ({ name, ...freshness })),
  });
}
